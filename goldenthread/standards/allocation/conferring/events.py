"""What of conferences, reviews and other meetings, and of children who are looked after, is told in the chronology of a case file:
that a meeting was convened, put off, held, what was decided and not agreed, what the child thinks, and that the minutes went out.

What a meeting tells the room of protection (`telling`), that a conference is arranged, or that it, a review or a core group was held,
is one event with that of the meeting, and what is said there. Who should come and who came is on the meeting's page, where its events lead.
"""

from typing import Any

from django.db.models import Prefetch

from goldenthread.cases.events import Significance, Source, by_file, leaves_out, page, tells
from goldenthread.core.templatetags.words import moment
from goldenthread.standards.allocation.conferring.choices import FAMILY, SOCIAL_CARE, MeetingKind, ReportMove
from goldenthread.standards.allocation.conferring.models import (
    CareEnd,
    Dissent,
    Invitation,
    InvitationReply,
    Invitee,
    LookedAfter,
    Meeting,
    MeetingDecision,
    MeetingHeld,
    MeetingMove,
    MeetingSent,
    MeetingTold,
    Presence,
    ReportStep,
    TookPart,
)
from goldenthread.standards.allocation.conferring.timeline import said
from goldenthread.standards.assessment.household.events import from_agency
from goldenthread.standards.assessment.protection.choices import Step
from goldenthread.standards.assessment.protection.models import ConferenceDate

Told = tuple[str, tuple[str, ...]]
_KEY, _SIGNIFICANT, _ROUTINE = Significance.KEY, Significance.SIGNIFICANT, Significance.ROUTINE


def _convened(row: Meeting) -> Told:
    words = f"For {moment(row.planned_for)}", f"At {row.place}", f"To be chaired by {row.chair.name}"
    return f"{row.get_kind_display()} convened: {row.reference}", words


def _held(row: MeetingHeld) -> Told:
    why = f"Without a quorum, because: {row.why_on}" if row.why_on else ""
    return f"{row.meeting.get_kind_display()} held: {row.meeting.reference}", (row.words, why)


def _at_it(row: Any) -> Told:
    what, words = said(row)
    return f"{row.meeting.get_kind_display()} {row.meeting.reference}: {what[0].lower()}{what[1:]}", words


def _part(row: TookPart) -> Told:
    what, words = said(row)
    return f"{row.meeting.get_kind_display()} {row.meeting.reference}: {what}", words


def _report(row: ReportStep) -> Told:
    came = "came" if row.step == ReportMove.RECEIVED else "had not come, and was asked for again"
    meeting = f"{row.meeting.get_kind_display().lower()} {row.meeting.reference}"
    return f"The report of {row.invitee.who} for {meeting} {came}", (row.words,)


def _cared_for(row: LookedAfter) -> Told:
    return f"{row.child.name} is looked after: {row.get_basis_display().lower()}", ()


def _left_care(row: CareEnd) -> Told:
    return f"{row.care.child.name} is no longer looked after: {row.get_reason_display().lower()}", (row.words,)


def _matters(row: MeetingHeld) -> str:
    if row.meeting.kind == MeetingKind.INITIAL:
        return _KEY
    return _ROUTINE if row.meeting.kind == MeetingKind.CORE_GROUP else _SIGNIFICANT


def _moved(row: MeetingMove) -> str:
    return _SIGNIFICANT if row.meeting.is_conference else _ROUTINE


def _reported(row: ReportStep) -> str:
    agency = row.invitee.agency
    own = {SOCIAL_CARE: Source.OURS, FAMILY: Source.FAMILY}
    return own.get(agency) or from_agency(agency)


def _in_protection(meeting: Meeting, *, arranged: bool) -> tuple[str, ...]:
    """The same meeting, as the room of protection has it: that it was held, or that it is arranged."""
    facts = [told.fact for told in meeting.told.all()]
    found = [one for one in facts if (isinstance(one, ConferenceDate) and one.step == Step.ARRANGED) == arranged]
    return tuple(f"{fact._meta.label_lower}:{fact.pk}" for fact in found)


def _beside(path: str) -> Any:
    return lambda: Prefetch(path, MeetingTold.objects.select_related("conference", "core_group", "review"))


_ON: dict[str, Any] = {
    "on": by_file("meeting__case_file"), "url": page("meeting", "meeting_id"), "whose": ("meeting", "children"),
    "with_": ("meeting",),
}  # fmt: skip
_AT_IT: dict[str, Any] = _ON | {"said": _at_it}
tells(
    Meeting, said=_convened, on=by_file(), when="convened_at", url=page("meeting"), whose=("", "children"), with_=("chair",),
    also=lambda row: _in_protection(row, arranged=True), beside=_beside("told"),
)  # fmt: skip
tells(
    MeetingHeld, said=_held, significance=_matters, also=lambda row: _in_protection(row.meeting, arranged=False),
    beside=_beside("meeting__told"), **_ON,
)  # fmt: skip
tells(
    MeetingMove, significance=_moved, also=lambda row: _in_protection(row.meeting, arranged=True),
    beside=_beside("meeting__told"), **_AT_IT,
)  # fmt: skip
tells(MeetingDecision, **_AT_IT)
tells(Dissent, significance=_SIGNIFICANT, **_AT_IT)
tells(MeetingSent, **_AT_IT)
tells(ReportStep, said=_report, source=_reported, **(_ON | {"with_": ("meeting", "invitee")}))
tells(
    TookPart, said=_part, source=Source.FAMILY, significance=_SIGNIFICANT,
    **(_ON | {"whose": ("child", ""), "with_": ("meeting", "child")}),
)  # fmt: skip
tells(
    LookedAfter, said=_cared_for, on=by_file(), url=page("care", "first_id"), whose=("child", ""), with_=("child",),
    significance=_KEY,
)  # fmt: skip
tells(
    CareEnd, said=_left_care, on=by_file("care__case_file"), url=page("care", "care_id"), whose=("care.child", ""),
    with_=("care__child",), significance=_KEY,
)  # fmt: skip
_PREPARED = "How a meeting was prepared stands on its page: that it was convened, and that it was held, are events and lead there."
leaves_out(Invitee, _PREPARED)
leaves_out(Invitation, _PREPARED)
leaves_out(InvitationReply, _PREPARED)
leaves_out(
    Presence, "Who came is a part of the meeting, which is an event itself and leads to the page that names them."
)
