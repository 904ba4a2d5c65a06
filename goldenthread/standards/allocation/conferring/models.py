"""Meetings about children: who should come, who came, what was decided, and what was sent. Only the verbs (`actions`, `holding`,
`care`, `corrections`) write them. What a conference decides of plans is told in `assessment.protection`, through its verbs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models

from goldenthread.cases.facts import Fact, Standing, standing
from goldenthread.cases.models import CaseFile, Child, Involvement
from goldenthread.cases.records import FactOnFile, NamedOnFile, OnFileQuerySet
from goldenthread.core.clock import Moment
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.conferring.choices import (
    AGENCIES,
    CONFERENCES,
    NOT_AGENCIES,
    Basis,
    MeetingKind,
    Move,
    Part,
    Reply,
    ReportMove,
    Sent,
    There,
    Way,
    WhyLeftCare,
    WhyMoved,
)
from goldenthread.standards.assessment.protection.models import (
    ConferenceDate,
    CoreGroup,
    ProtectionPlan,
    ReviewConference,
    StrategyDiscussion,
)

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Meeting(NamedOnFile):
    """A meeting about children was convened. convened_at is when, planned_for the time that was first set: `MeetingMove`
    says where it was put off to. discussion and plans: what it is about, in the room of protection; tie: what opens the
    file to its chair."""

    letters, page = "MT", "meeting"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="meetings")
    children = models.ManyToManyField(Child, related_name="meetings")
    kind = models.CharField(max_length=20, choices=MeetingKind)
    convened_at = models.DateTimeField()
    planned_for = models.DateTimeField()
    place = models.CharField(max_length=200)
    chair = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    tie = models.ForeignKey(Involvement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    discussion = models.ForeignKey(
        StrategyDiscussion, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    plans = models.ManyToManyField(ProtectionPlan, related_name="meetings", blank=True)

    objects = OnFileQuerySet["Meeting"].as_manager()
    if TYPE_CHECKING:
        invitees: RelatedManager["Invitee"]
        invitations: RelatedManager["Invitation"]
        replies: RelatedManager["InvitationReply"]
        reports: RelatedManager["ReportStep"]
        presences: RelatedManager["Presence"]
        parts: RelatedManager["TookPart"]
        helds: RelatedManager["MeetingHeld"]
        decisions: RelatedManager["MeetingDecision"]
        dissents: RelatedManager["Dissent"]
        sendings: RelatedManager["MeetingSent"]
        moves: RelatedManager["MeetingMove"]
        told: RelatedManager["MeetingTold"]

    class Meta:
        ordering = ["-planned_for", "-pk"]

    @property
    def convened(self) -> Moment:
        """When it was convened, and when that was recorded."""
        return Moment(self.convened_at, self.recorded_at)

    @property
    def is_conference(self) -> bool:
        """Whether agencies together decide at it whether a child is safe."""
        return self.kind in CONFERENCES

    @property
    def held(self) -> Standing["MeetingHeld"] | None:
        """That it was held, as it stands."""
        return next(iter(standing(self.helds.all())), None)


class OfMeeting(Fact):
    """A fact that hangs on a meeting."""

    if TYPE_CHECKING:
        meeting: Meeting
        meeting_id: int

    class Meta(Fact.Meta):
        abstract = True


class Invitee(OfMeeting):
    """Somebody who should come; occurred_at is when that was said. officer: one of ours; in_touch: their agency has been in
    touch with the child, and counts towards a quorum; reports: they are asked for a report."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitees")
    agency = models.CharField(max_length=20, choices=AGENCIES)
    role = models.CharField("their part", max_length=120)
    name = models.CharField(max_length=120, blank=True)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    in_touch = models.BooleanField("in touch with the child", default=True)
    reports = models.BooleanField("asked for a report", default=True)

    @property
    def who(self) -> str:
        """“Ms Lodge, head teacher”."""
        return f"{self.name}, {self.role}" if self.name else self.role

    @property
    def is_agency(self) -> bool:
        """Whether they answer for another agency."""
        return self.agency not in NOT_AGENCIES


class OfInvitee(OfMeeting):
    """A fact about somebody who should come. invitee: the first row of them."""

    if TYPE_CHECKING:
        invitee: Invitee
        invitee_id: int

    class Meta(Fact.Meta):
        abstract = True


class Invitation(OfInvitee):
    """Somebody was invited; occurred_at is when."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations")
    invitee = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=20, choices=Way)


class InvitationReply(OfInvitee):
    """What somebody answered; instead: whom they send, or why they cannot come."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="replies")
    invitee = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20, choices=Reply)
    instead = models.CharField("whom they send, or why they cannot come", max_length=300, blank=True)

    class Meta(OfInvitee.Meta):
        verbose_name_plural = "invitation replies"


class ReportStep(OfInvitee):
    """An agency's report came, or was asked for again because it had not come."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="reports")
    invitee = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=20, choices=ReportMove)
    words = models.CharField("a word about it", max_length=300, blank=True)

    class Meta(OfInvitee.Meta):
        verbose_name = "report to a conference"
        verbose_name_plural = "reports to conferences"


class Presence(OfInvitee):
    """Whether somebody was there; occurred_at is the time of the meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="presences")
    invitee = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField("were they there", max_length=20, choices=There)

    class Meta(OfInvitee.Meta):
        verbose_name = "attendance at a meeting"
        verbose_name_plural = "attendances at meetings"

    @property
    def was_there(self) -> bool:
        """Whether their agency was heard."""
        return self.outcome != There.ABSENT


class TookPart(OfMeeting):
    """How a child (or, without one, the family) took part, and what they think."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="parts")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    how = models.CharField("how they took part", max_length=20, choices=Part)
    words = models.TextField("what they think, or why they took no part")

    class Meta(OfMeeting.Meta):
        verbose_name = "part in a meeting"
        verbose_name_plural = "parts in meetings"


class MeetingHeld(OfMeeting):
    """The meeting was held. words: what came of it, on the whole; why_on: why it went ahead where it was not quorate."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="helds")
    words = models.TextField("what was decided")
    why_on = models.TextField("why it went ahead without a quorum", blank=True)

    class Meta(OfMeeting.Meta):
        verbose_name = "held meeting"


class MeetingDecision(OfMeeting):
    """What is to be done, by whom and by when."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    what = models.TextField("what is to be done")
    who = models.CharField("who does it", max_length=200)
    by_when = models.DateField("by when", null=True, blank=True)


class Dissent(OfMeeting):
    """Somebody does not agree with what was decided, and why."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="dissents")
    who = models.CharField("who does not agree", max_length=200)
    why = models.TextField("why they do not agree")


class MeetingSent(OfMeeting):
    """The minutes, or what was decided, went out. to: to whom."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sendings")
    what = models.CharField("what was sent", max_length=20, choices=Sent)
    to = models.TextField("to whom")

    class Meta(OfMeeting.Meta):
        verbose_name = "sending of minutes"
        verbose_name_plural = "sendings of minutes"


class MeetingMove(OfMeeting):
    """It was put off, to another time where there is one yet, or cancelled; and why."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="moves")
    what = models.CharField("what became of it", max_length=20, choices=Move)
    why = models.CharField("why", max_length=20, choices=WhyMoved)
    words = models.TextField("what is done about it")
    new_at = models.DateTimeField("the new time", null=True, blank=True)

    class Meta(OfMeeting.Meta):
        verbose_name = "change of a meeting"
        verbose_name_plural = "changes of meetings"


class MeetingTold(models.Model):
    """A fact in the room of protection that this meeting told of: one truth, and the way from either to the other. Each is the
    first row of the fact."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="told")
    conference = models.OneToOneField(
        ConferenceDate, on_delete=models.PROTECT, null=True, blank=True, related_name="told_by"
    )
    core_group = models.OneToOneField(
        CoreGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="told_by"
    )
    review = models.OneToOneField(
        ReviewConference, on_delete=models.PROTECT, null=True, blank=True, related_name="told_by"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = "fact told by a meeting"
        verbose_name_plural = "facts told by meetings"

    def __str__(self) -> str:
        return f"told by meeting {self.meeting_id}"

    @property
    def fact(self) -> ConferenceDate | CoreGroup | ReviewConference:
        """The fact."""
        found = self.conference or self.core_group or self.review
        assert found is not None  # noqa: S101 (one of them is written)
        return found


class LookedAfter(FactOnFile):
    """A child is looked after by the council; occurred_at is since when."""

    page = "care"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="looked_after")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="looked_after")
    basis = models.CharField("by what law", max_length=20, choices=Basis)

    objects = OnFileQuerySet["LookedAfter"].as_manager()
    if TYPE_CHECKING:
        ends: RelatedManager["CareEnd"]

    class Meta(Fact.Meta):
        verbose_name = "looked-after child"
        verbose_name_plural = "looked-after children"

    @property
    def ended(self) -> Standing["CareEnd"] | None:
        """How it ended; None while it goes on. Ask it of the first row."""
        return next(iter(standing(self.ends.all())), None)


class CareEnd(Fact):
    """A child is no longer looked after."""

    care = models.ForeignKey(LookedAfter, on_delete=models.PROTECT, related_name="ends")
    reason = models.CharField("why", max_length=20, choices=WhyLeftCare)
    words = models.TextField("where the child lives now, and who helps")

    class Meta(Fact.Meta):
        verbose_name = "end of being looked after"
        verbose_name_plural = "ends of being looked after"


def of_each(rows: Iterable["OfInvitee"]) -> dict[int, list[Standing["OfInvitee"]]]:
    """Facts as they stand, by the first row of whom they are about."""
    found: dict[int, list[Standing[OfInvitee]]] = {}
    for one in standing(rows):
        found.setdefault(one.fact.invitee_id, []).append(one)
    return found
