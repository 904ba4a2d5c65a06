"""Allocations: who works with the children of a case file, for what, and what is expected of whom; and who has been told
that a file has nobody. Only the verbs (`actions`) write them. Which worker held a file when is its holdings' to say."""

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile, Holding
from goldenthread.cases.records import NamedOnFile, OnFileQuerySet
from goldenthread.core.clock import Moment
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.allocating.choices import Answer, Period, Risk, Told

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Allocation(NamedOnFile):
    """A manager gave a case file to a worker: what the intervention is for, and what is expected of the worker.

    allocated_at and recorded_at: when it was given, and when that was written down. holding: from when on the worker holds
    the file; one allocation states the purpose of one holding, and a later one of the same holding states it anew.
    """

    letters, page = "AL", "allocation"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="allocations")
    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="allocations")
    worker = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="allocations")
    purpose = models.TextField()
    expected = models.TextField()
    allocated_at = models.DateTimeField()

    objects = OnFileQuerySet["Allocation"].as_manager()
    if TYPE_CHECKING:
        expectations: RelatedManager["Expectation"]
        answers: RelatedManager["AllocationAnswer"]
        rulings: RelatedManager["RefusalRuling"]
        discussions: RelatedManager["AllocationDiscussed"]

    class Meta:
        ordering = ["-allocated_at", "-pk"]

    @property
    def allocated(self) -> Moment:
        """When it was given, on both clocks."""
        return Moment(self.allocated_at, self.recorded_at)


class Expectation(models.Model):
    """What is expected of somebody else who works with the family. officer: one of ours; else who names them."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="expectations")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    who = models.CharField(max_length=120, blank=True)
    what = models.CharField(max_length=300)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"expectation {self.pk}"


class AllocationAnswer(Fact):
    """The worker accepted it, or cannot take it on and says why. Until a manager has ruled, the file stays theirs."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=20, choices=Answer)
    words = models.TextField(blank=True)


class RefusalRuling(Fact):
    """A manager heard why the worker cannot take it on, and the allocation stands: why, and what is done to make it possible.
    (Where it does not stand, the manager allocates the file to somebody else.)"""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="rulings")
    words = models.TextField()


class AllocationDiscussed(Fact):
    """The allocation was talked over in supervision: what became clearer, or was agreed."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="discussions")
    words = models.TextField()


class WaitTold(Fact):
    """Somebody of the chain was told that a file has no worker: the receipt. holding: the first one of the wait; to: who was
    told (the executive member is told numbers, without names); risk and words: how it stands with the children, as whoever told
    it saw it."""

    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="waits_told")
    rank = models.CharField(max_length=20, choices=Told)
    to = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    risk = models.CharField(max_length=20, choices=Risk)
    words = models.TextField()


class WaitHeard(Fact):
    """Whoever was told that a file has no worker has it, and says what they will do."""

    told = models.ForeignKey(WaitTold, on_delete=models.PROTECT, related_name="heard")
    words = models.TextField("what will be done")


class WaitCycle(models.Model):
    """The duty to report files without a worker each week to the head of service and each month to the executive member, from
    `started_on`; and the officer who keeps it."""

    started_on = models.DateField()
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    only = models.BooleanField(
        default=True, unique=True, editable=False
    )  # there is one at most, whoever begins it at once
    if TYPE_CHECKING:
        sent: RelatedManager["WaitReportSent"]

    def __str__(self) -> str:
        return f"reports of case files without a worker from {self.started_on:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """The page of those reports, where each is sent."""
        return reverse("unallocated-reports")


class WaitReportSent(Fact):
    """The report as at the end of one week or month went out. as_at: the last day of it; to: who has it."""

    cycle = models.ForeignKey(WaitCycle, on_delete=models.PROTECT, related_name="sent")
    period = models.CharField(max_length=20, choices=Period)
    as_at = models.DateField()
    to = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
