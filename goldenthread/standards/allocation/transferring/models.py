"""Transfers from team to team: what was asked, what stood in the way, what was handed over and seen together, and how it ended.

Only the verbs (`actions`, `obstacles`, `handing`, `corrections`) write them. Which team holds the file is not said here: its
holdings say it, and only a transfer that is done adds one. A record that hangs on a fact hangs on the fact's first row.
"""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile, Child, Holding
from goldenthread.cases.records import NamedOnFile, OnFileQuerySet
from goldenthread.core.clock import Moment
from goldenthread.people.models import Officer, Team
from goldenthread.standards.allocation.transferring.choices import ObstacleKind, Reply, Side, Verdict

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class TransferQuerySet(OnFileQuerySet["Transfer"]):
    """Transfers. Whether one has ended is asked of its rows: nothing is kept beside them."""

    def under_way(self) -> Self:
        """Neither done, nor withdrawn, nor ruled to stay."""
        return self.filter(~Exists(_done()), ~Exists(_standing(TransferWithdrawn)), ~Exists(_stays()))

    def with_ends(self) -> Self:
        """Each with `end`: “done”, “stopped” or nothing."""
        stopped = Q(Exists(_standing(TransferWithdrawn))) | Q(Exists(_stays()))
        return self.annotate(
            end=Case(When(Exists(_done()), then=Value("done")), When(stopped, then=Value("stopped")), default=Value(""))
        )


class Transfer(NamedOnFile):
    """One team asked another to take a case file on. asked_at and recorded_at: when, and when that was written down.

    from_team: whose the file is until the transfer is done. asked_of: who answered for the receiving team when it was asked,
    and so owes the answer. asked: what the receiving team is to do for the children.
    """

    letters, page = "TF", "transfer"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="transfers")
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="transfers_out")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="transfers_in")
    asked_of = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    why = models.TextField()
    asked = models.TextField()

    objects = TransferQuerySet.as_manager()
    if TYPE_CHECKING:
        end: str  # of `with_ends`
        from_team_id: int
        to_team_id: int
        asked_of_id: int | None
        answers: RelatedManager["TransferAnswer"]
        obstacles: RelatedManager["TransferObstacle"]
        handovers: RelatedManager["HandoverRecord"]
        joint_visits: RelatedManager["JointVisit"]
        rulings: RelatedManager["TransferRuling"]
        completions: RelatedManager["TransferDone"]
        withdrawals: RelatedManager["TransferWithdrawn"]

    class Meta:
        ordering = ["-asked_at", "-pk"]

    @property
    def requested(self) -> Moment:
        """When it was asked for, on both clocks."""
        return Moment(self.asked_at, self.recorded_at)


class TransferAnswer(Fact):
    """The receiving team accepted, from a day on and with the worker if one is known; or it does not agree, and says why.
    to_rule: who above both teams is to rule on a disagreement."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="answers")
    reply = models.CharField(max_length=20, choices=Reply)
    starts_on = models.DateField("from when on", null=True, blank=True)
    worker = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField("what was said", blank=True)
    to_rule = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    if TYPE_CHECKING:
        to_rule_id: int | None

    class Meta(Fact.Meta):
        verbose_name = "answer to a transfer"
        verbose_name_plural = "answers to transfers"


class TransferObstacle(Fact):
    """Something stands in the way: what, named by which side, who has to clear it, and by when. The owner and the day may be
    moved (`ObstacleMove`); what was said first stays.

    team: of which of the two teams the owner is a manager; None: the owner is the worker who holds the case, and what is to
    be cleared goes with the case to whoever holds it next.
    """

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="obstacles")
    side = models.CharField(max_length=20, choices=Side)
    kind = models.CharField(max_length=20, choices=ObstacleKind)
    what = models.TextField("what exactly stands in the way")
    owner = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField()
    if TYPE_CHECKING:
        team_id: int | None
        moves: RelatedManager["ObstacleMove"]
        clearings: RelatedManager["ObstacleCleared"]

    class Meta(Fact.Meta):
        verbose_name = "obstacle to a transfer"
        verbose_name_plural = "obstacles to transfers"


class ObstacleMove(Fact):
    """Another day, or another owner, for an obstacle, and why. team: as of the obstacle."""

    obstacle = models.ForeignKey(TransferObstacle, on_delete=models.PROTECT, related_name="moves")
    owner = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField()
    why = models.TextField("why it is moved")

    class Meta(Fact.Meta):
        verbose_name = "moved obstacle"


class ObstacleCleared(Fact):
    """An obstacle is out of the way, and how."""

    obstacle = models.ForeignKey(TransferObstacle, on_delete=models.PROTECT, related_name="clearings")
    how = models.TextField("how it was cleared")

    class Meta(Fact.Meta):
        verbose_name = "cleared obstacle"


class HandoverRecord(Fact):
    """What whoever hands the case over writes for whoever takes it on. What was outstanding stands beside it (`HandoverItem`):
    listed from what was owed on the file when it was recorded, and not typed."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="handovers")
    where = models.TextField("where the work stands")
    risks = models.TextField("what may put the children at risk")
    told = models.TextField("what the children and the family were told")
    if TYPE_CHECKING:
        items: RelatedManager["HandoverItem"]

    class Meta(Fact.Meta):
        verbose_name = "handover record"


class HandoverItem(models.Model):
    """One thing that was owed on the file when it was handed over: which requirement, on which record, since when and by
    when. It stays as it was, whatever became of it."""

    record = models.ForeignKey(HandoverRecord, on_delete=models.PROTECT, related_name="items")
    requirement = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    key = models.CharField(max_length=60, blank=True)
    since_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "item of a handover"
        verbose_name_plural = "items of handovers"

    def __str__(self) -> str:
        return f"{self.requirement} on {self.subject_type}:{self.subject_id}"


class JointVisit(Fact):
    """Somebody of each team visited the children together; or (made=False) they did not, and a manager says why. That they did
    not is no visit: one stays owed until it is made or excused."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="joint_visits")
    made = models.BooleanField(default=True)
    sender = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    receiver = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    children = models.ManyToManyField(Child, related_name="joint_visits")
    words = models.TextField("what was seen and said, or why there was no visit")

    class Meta(Fact.Meta):
        verbose_name = "joint visit"


class TransferRuling(Fact):
    """A manager above both teams ruled where they disagreed, in words."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="rulings")
    verdict = models.CharField(max_length=20, choices=Verdict)
    words = models.TextField("why")

    class Meta(Fact.Meta):
        verbose_name = "ruling on a transfer"
        verbose_name_plural = "rulings on transfers"


class TransferDone(Fact):
    """The file went over; holding: from when on, to the receiving team and to which worker (None: nobody is named yet)."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="completions")
    holding = models.OneToOneField(Holding, on_delete=models.PROTECT, related_name="transfer_done")
    worker = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    if TYPE_CHECKING:
        holding_id: int

    class Meta(Fact.Meta):
        verbose_name = "completed transfer"


class TransferWithdrawn(Fact):
    """The sending team does not ask for it any more, and why."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="withdrawals")
    words = models.TextField("why it is withdrawn")

    class Meta(Fact.Meta):
        verbose_name = "withdrawn transfer"


def _standing(model: Any) -> Any:
    return model.objects.filter(transfer=OuterRef("pk"), withdrawn=False, superseded_by=None)


def _done() -> Any:
    return _standing(TransferDone)


def _stays() -> Any:
    return _standing(TransferRuling).filter(verdict=Verdict.STAYS)
