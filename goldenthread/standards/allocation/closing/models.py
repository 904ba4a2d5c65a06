"""Closing case files: what was asked, who was told, and what a manager said. Only the verbs (`actions`, `signing`,
`corrections`) write them. That a file is closed is `CaseFile.closed_at`, which signing off sets and opening again clears."""

from typing import TYPE_CHECKING

from django.db import models

from goldenthread.cases.facts import Fact, Standing, standing
from goldenthread.cases.models import AgencyInvolved, CaseFile
from goldenthread.cases.records import NamedOnFile, OnFileQuerySet
from goldenthread.core.clock import Moment
from goldenthread.people.models import Officer, Team
from goldenthread.standards.allocation.closing.choices import Answer, Reason, State, Told

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


def state_of(*, signed: bool, reopened: bool, dropped: bool, answered: int, again: int) -> State:
    """How a closure stands. answered: how often a manager answered; again: how often it was asked after the first time."""
    if signed:
        return State.REOPENED if reopened else State.CLOSED
    if dropped:
        return State.DROPPED
    return State.RETURNED if answered > again else State.ASKED


class Closure(NamedOnFile):
    """A worker asks that a case file be closed. asked_at and recorded_at: when, and when that was written down.

    changed: what has changed for the children; support: who supports them from now on. team and manager: who was to answer
    when it was asked; without a manager, the team.
    """

    letters, page = "CL", "closure"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="closures")
    reason = models.CharField(max_length=20, choices=Reason)
    changed = models.TextField()
    support = models.TextField()
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()

    objects = OnFileQuerySet["Closure"].as_manager()
    if TYPE_CHECKING:
        agencies: RelatedManager["AgencyToTell"]
        family_told: RelatedManager["ClosureFamilyTold"]
        agencies_told: RelatedManager["ClosureAgencyTold"]
        asked_again: RelatedManager["ClosureAskedAgain"]
        answers: RelatedManager["ClosureAnswer"]
        drops: RelatedManager["ClosureDropped"]
        reopenings: RelatedManager["ClosureReopened"]

    class Meta:
        ordering = ["-asked_at", "-pk"]

    @property
    def asked(self) -> Moment:
        """When it was first asked, on both clocks."""
        return Moment(self.asked_at, self.recorded_at)

    def last_asked(self) -> Moment:
        """When it was asked last."""
        again = standing(self.asked_again.all())
        return again[-1].moment if again else self.asked

    def signed_off(self) -> Standing["ClosureAnswer"] | None:
        """The sign-off, if there is one."""
        return next((s for s in standing(self.answers.all()) if s.fact.answer == Answer.SIGNED_OFF), None)

    def dropped(self) -> Standing["ClosureDropped"] | None:
        """That the file is not closed after all, if somebody said so."""
        return next(iter(standing(self.drops.all())), None)

    @property
    def state(self) -> State:
        """How it stands. Reads its answers, reopenings, drops and askings."""
        return state_of(
            signed=bool(self.signed_off()), reopened=bool(standing(self.reopenings.all())), dropped=bool(self.dropped()),
            answered=len(standing(self.answers.all())), again=len(standing(self.asked_again.all())),
        )  # fmt: skip

    @property
    def is_running(self) -> bool:
        """Whether it still waits for something."""
        return self.state in {State.ASKED, State.RETURNED}


class AgencyToTell(models.Model):
    """An agency that had to do with a child of the file when the closure was asked, and so is to be told. involved: the
    first row of what says so; name: what it was called then; since_at and recorded_at: from when it is to be told."""

    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="agencies")
    involved = models.ForeignKey(AgencyInvolved, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    since_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = "agency to tell"
        verbose_name_plural = "agencies to tell"

    def __str__(self) -> str:
        return f"agency to tell {self.pk}"


class ClosureFamilyTold(Fact):
    """The family was told that we end our work, and what they said; or why they were not told."""

    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="family_told")
    how = models.CharField(max_length=20, choices=Told)
    words = models.TextField("what was said, or why they were not told")

    class Meta(Fact.Meta):
        verbose_name = "family told"


class ClosureAgencyTold(Fact):
    """An agency was told, and what it said; or why it was not."""

    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="agencies_told")
    agency = models.ForeignKey(AgencyToTell, on_delete=models.PROTECT, related_name="told")
    how = models.CharField(max_length=20, choices=Told)
    words = models.TextField("what was said, or why it was not told")

    class Meta(Fact.Meta):
        verbose_name = "agency told"


class ClosureAskedAgain(Fact):
    """After it was returned, the worker asks again: what was done since."""

    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="asked_again")
    words = models.TextField("what was done since")


class ClosureAnswer(Fact):
    """A manager signed the closure off, and the file was closed at that moment; or returned it. words: why."""

    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=20, choices=Answer)
    words = models.TextField()


class ClosureDropped(Fact):
    """The file is not closed after all, and why."""

    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="drops")
    words = models.TextField()

    class Meta(Fact.Meta):
        verbose_name = "file kept open"


class ClosureReopened(Fact):
    """A file that was closed was opened again, and why."""

    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="reopenings")
    words = models.TextField()

    class Meta(Fact.Meta):
        verbose_name = "file opened again"
