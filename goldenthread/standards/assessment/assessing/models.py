"""Assessments, and what hangs on them. Only the verbs (`actions`) write them."""

from django.db import models
from django.urls import reverse

from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.records import OnFile, OnFileQuerySet
from goldenthread.core.clock import Moment
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.assessing.choices import Kind
from goldenthread.standards.referrals.models import Referral


class Assessment(OnFile):
    """An assessment of one or more children, from its start. started_at is when it was true, recorded_at when known.

    purpose: what it is to find out; expectations: who is expected to do what, and who expects it of them. referral: the
    one that it follows, where there is one.
    """

    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="assessments")
    children = models.ManyToManyField(Child, related_name="assessments")
    kind = models.CharField(max_length=20, choices=Kind)
    purpose = models.TextField()
    expectations = models.TextField()
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments")
    started_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=40, null=True, blank=True, unique=True)

    objects = OnFileQuerySet["Assessment"].as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How people name it: A000123."""
        return f"A{self.pk:06d}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("assessment", args=[self.pk])

    @property
    def started(self) -> Moment:
        """When it began, and when that was recorded."""
        return Moment(self.started_at, self.recorded_at)
