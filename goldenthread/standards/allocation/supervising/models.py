"""Supervision: pairs and their sessions, which are on no case file; and what was said of each case, which is on the child's
file and opens like it. Of the worker nothing is kept here. Only the verbs (`pairs`, `actions`, `agreed`) write them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from goldenthread.cases.facts import Fact, standing
from goldenthread.cases.models import CaseFile
from goldenthread.cases.records import FactOnFile, NamedOnFile, OnFileQuerySet
from goldenthread.core.clock import Moment
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.supervising.choices import Answer, Question

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class PairQuerySet(models.QuerySet["SupervisionPair"]):
    def visible_to(self, officer: Officer) -> Self:
        """Those of the worker themselves, of the supervisor, and of the line of management of the worker's team."""
        if not officer.may(Permission.READ_RECORDS):
            return self.none()
        teams = officer.line_team_ids()
        if teams is None:
            return self
        return self.filter(Q(worker=officer) | Q(supervisor=officer) | Q(team__in=list(teams)))

    def led_by(self, officer: Officer) -> Self:
        """Those that they may write to: as the supervisor, or in the line. Nobody leads their own supervision."""
        return self.visible_to(officer).exclude(worker=officer)

    def running_at(self, instant: datetime) -> Self:
        """Those in force at an instant."""
        return self.filter(since_at__lte=instant).filter(Q(until_at=None) | Q(until_at__gt=instant))


class SupervisionPair(models.Model):
    """Who supervises whom, from when until when. team: that the worker was in when it began. until_known_at: when its end
    was recorded. token: names one submission of a form."""

    worker = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="supervised")
    supervisor = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="supervises")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    until_at = models.DateTimeField(null=True, blank=True)
    until_known_at = models.DateTimeField(null=True, blank=True)
    until_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    token = models.CharField(max_length=40, null=True, blank=True, unique=True)

    objects = PairQuerySet.as_manager()
    if TYPE_CHECKING:
        sessions: RelatedManager["SupervisionSession"]

    class Meta:
        ordering = ["-since_at", "-pk"]
        verbose_name = "supervision pair"

    def __str__(self) -> str:
        return f"supervision {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("supervision-pair", args=[self.pk])

    @property
    def begun(self) -> Moment:
        """When it began, on both clocks."""
        return Moment(self.since_at, self.recorded_at)


class SupervisionSession(Fact):
    """A session was held; or (held False) the one planned for occurred_at was missed, and why. next_at: when the next is planned."""

    pair = models.ForeignKey(SupervisionPair, on_delete=models.PROTECT, related_name="sessions")
    held = models.BooleanField(default=True)
    why_missed = models.TextField(blank=True)
    next_at = models.DateTimeField("when the next one is planned", null=True, blank=True)

    class Meta(Fact.Meta):
        verbose_name = "supervision session"


class CaseSupervision(FactOnFile):
    """What was said of one case in supervision, and decided; occurred_at is when. worker: who held the file then; session: the
    one in which it was said, where it was said in one."""

    page = "discussion"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="case_supervisions")
    session = models.ForeignKey(
        SupervisionSession, on_delete=models.PROTECT, null=True, blank=True, related_name="case_supervisions"
    )
    worker = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    discussed = models.TextField("what was talked about")
    decisions = models.TextField("what was decided")

    objects = OnFileQuerySet["CaseSupervision"].as_manager()
    if TYPE_CHECKING:
        answers: RelatedManager["SupervisionAnswer"]
        agreed: RelatedManager["SupervisionAction"]

    class Meta(Fact.Meta):
        verbose_name = "case supervision"


class SupervisionAnswer(models.Model):
    """The answer to one of the questions about a case, and a word about it."""

    supervision = models.ForeignKey(CaseSupervision, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=20, choices=Question)
    answer = models.CharField(max_length=20, choices=Answer)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["supervision", "question"], name="one_answer_to_a_question")]

    def __str__(self) -> str:
        return f"supervision answer {self.pk}"


class SupervisionAction(NamedOnFile):
    """Something agreed in supervision about a case: what, by which officer, by which day. supervision: the first row of what it
    was agreed in; agreed_at: when."""

    letters, page = "SA", "discussion"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="supervision_actions")
    supervision = models.ForeignKey(CaseSupervision, on_delete=models.PROTECT, related_name="agreed")
    what = models.TextField()
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="supervision_actions")
    due = models.DateField()
    agreed_at = models.DateTimeField()

    objects = OnFileQuerySet["SupervisionAction"].as_manager()
    if TYPE_CHECKING:
        done: RelatedManager["AgreedDone"]
        moves: RelatedManager["AgreedMoved"]
        taken_back: RelatedManager["AgreedTakenBack"]

    class Meta:
        ordering = ["due", "pk"]

    def get_absolute_url(self) -> str:
        """The page of what it was agreed in."""
        return reverse(self.page, args=[self.supervision_id])

    def owed_now(self) -> tuple[Officer, date]:
        """Who is to do it by when, after what was moved. Reads `moves`, with their officers."""
        moved = standing(self.moves.all())
        last = moved[-1].fact if moved else None
        return (last.officer, last.due) if last else (self.officer, self.due)

    @property
    def is_open(self) -> bool:
        """Neither done nor taken back. Reads both."""
        return not standing(self.done.all()) and not standing(self.taken_back.all())


class AgreedDone(Fact):
    """It was done, and how."""

    action = models.ForeignKey(SupervisionAction, on_delete=models.PROTECT, related_name="done")
    words = models.TextField("how it was done")

    class Meta(Fact.Meta):
        verbose_name = "supervision action done"


class AgreedMoved(Fact):
    """It is given another day, or to somebody else, and why."""

    action = models.ForeignKey(SupervisionAction, on_delete=models.PROTECT, related_name="moves")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    words = models.TextField("why it is moved")

    class Meta(Fact.Meta):
        verbose_name = "supervision action moved"


class AgreedTakenBack(Fact):
    """It need not be done any more, and why."""

    action = models.ForeignKey(SupervisionAction, on_delete=models.PROTECT, related_name="taken_back")
    words = models.TextField("why it need not be done")

    class Meta(Fact.Meta):
        verbose_name = "supervision action taken back"
