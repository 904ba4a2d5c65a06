"""How a meeting went, read from it and what hangs on it. Each reads no clock, and no database beyond what was fetched with the
meeting. `known_at`: leave out what was recorded after it; `as_at`: what happened after it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from goldenthread.cases.facts import F, Standing, standing
from goldenthread.core.calendar import add_working_days, is_working_day
from goldenthread.core.clock import Moment, day_of, end_of
from goldenthread.core.timescales import timescale
from goldenthread.standards.allocation.conferring.choices import (
    NOT_AGENCIES,
    OTHERS_NEEDED,
    SOCIAL_CARE,
    MeetingKind,
    Move,
    Reply,
    ReportMove,
)
from goldenthread.standards.allocation.conferring.models import (
    Invitation,
    InvitationReply,
    Invitee,
    Meeting,
    MeetingHeld,
    MeetingMove,
    OfInvitee,
    Presence,
    ReportStep,
)

REPORTS_BEFORE = {MeetingKind.INITIAL: "conference-report", MeetingKind.REVIEW: "review-conference-report"}
"""How many working days before the conference reports are to be in, by the rule library."""


def stood(rows: Iterable[F], as_at: datetime | None = None, known_at: datetime | None = None) -> list[Standing[F]]:
    """The facts that stood, at an instant and on what was known by another."""
    found = standing(row for row in rows if known_at is None or row.recorded_at <= known_at)
    return [s for s in found if as_at is None or s.moment.occurred_at <= as_at]


def invitees(
    meeting: Meeting, as_at: datetime | None = None, known_at: datetime | None = None
) -> list[Standing[Invitee]]:
    """Those who should come."""
    return stood(meeting.invitees.all(), as_at, known_at)


def held_at(
    meeting: Meeting, as_at: datetime | None = None, known_at: datetime | None = None
) -> Standing[MeetingHeld] | None:
    """That it was held."""
    return next(iter(stood(meeting.helds.all(), as_at, known_at)), None)


def moves(
    meeting: Meeting, as_at: datetime | None = None, known_at: datetime | None = None
) -> list[Standing[MeetingMove]]:
    """How often it was put off, or that it was cancelled, first to last."""
    return stood(meeting.moves.all(), as_at, known_at)


def cancelled(meeting: Meeting) -> Standing[MeetingMove] | None:
    """That it was cancelled."""
    return next((s for s in moves(meeting) if s.fact.what == Move.CANCELLED), None)


def planned(meeting: Meeting) -> Moment | None:
    """For when it is planned, and since when that is known. None: it was put off without a new time, or cancelled."""
    made = moves(meeting)
    if not made:
        return Moment(meeting.planned_for, meeting.recorded_at)
    last = made[-1]
    if last.fact.what == Move.CANCELLED or last.fact.new_at is None:
        return None
    return Moment(last.fact.new_at, last.moment.recorded_at)


def _of(
    rows: Iterable[OfInvitee], one: int, as_at: datetime | None, known_at: datetime | None
) -> list[Standing[OfInvitee]]:
    return stood((row for row in rows if row.invitee_id == one), as_at, known_at)


def invited(
    meeting: Meeting, one: int, as_at: datetime | None = None, known_at: datetime | None = None
) -> Moment | None:
    """When somebody (by the number of their first row) was first invited."""
    rows: list[Invitation] = list(meeting.invitations.all())
    return next((s.moment for s in _of(rows, one, as_at, known_at)), None)


def reply(
    meeting: Meeting, one: int, as_at: datetime | None = None, known_at: datetime | None = None
) -> InvitationReply | None:
    """What they answered last."""
    rows: list[InvitationReply] = list(meeting.replies.all())
    found = _of(rows, one, as_at, known_at)
    return found[-1].fact if found else None  # type: ignore[return-value]


def apologised(meeting: Meeting, one: int, as_at: datetime | None = None, known_at: datetime | None = None) -> bool:
    """Whether they sent apologies, as they answered last."""
    said = reply(meeting, one, as_at, known_at)
    return said is not None and said.answer == Reply.APOLOGIES


def report(
    meeting: Meeting, one: int, as_at: datetime | None = None, known_at: datetime | None = None
) -> Moment | None:
    """When their report first came."""
    rows: list[ReportStep] = [row for row in meeting.reports.all() if row.step == ReportMove.RECEIVED]
    return next((s.moment for s in _of(rows, one, as_at, known_at)), None)


def asked_after(meeting: Meeting, one: int) -> Moment | None:
    """When it was first known how their report stands: it came, or was asked for again."""
    rows: list[ReportStep] = list(meeting.reports.all())
    return next((s.moment for s in _of(rows, one, None, None)), None)


def presence(
    meeting: Meeting, one: int, as_at: datetime | None = None, known_at: datetime | None = None
) -> Standing[Presence] | None:
    """Whether they were there; None: nobody has said so."""
    rows: list[Presence] = list(meeting.presences.all())
    found = _of(rows, one, as_at, known_at)
    return found[-1] if found else None  # type: ignore[return-value]


def quorate(meeting: Meeting, as_at: datetime | None = None, known_at: datetime | None = None) -> Moment | None:
    """When the meeting, held, had social care and enough other agencies that are in touch with the child; None: it had not, or
    was not held, or nobody has said who came."""
    if (held := held_at(meeting, as_at, known_at)) is None:
        return None
    agencies: set[str] = set()
    known = held.moment.recorded_at
    for one in invitees(meeting, None, known_at):
        came = presence(meeting, one.first.pk, None, known_at)
        if came is not None and came.fact.was_there and (one.fact.in_touch or one.fact.agency == SOCIAL_CARE):
            agencies.add(one.fact.agency)
            known = max(known, came.moment.recorded_at)
    enough = SOCIAL_CARE in agencies and len(agencies - NOT_AGENCIES) >= OTHERS_NEEDED
    return Moment(held.moment.occurred_at, known) if enough else None


def all_told(meeting: Meeting) -> bool:
    """Whether it is recorded of everybody whether they came."""
    return all(presence(meeting, one.first.pk) is not None for one in invitees(meeting))


def working_days_before(day: date, amount: int) -> datetime:
    """The last instant of the so many-th working day before a day."""
    while amount:
        day -= timedelta(days=1)
        amount -= is_working_day(day)
    return end_of(day)


def reports_due(meeting: Meeting, at: datetime) -> datetime | None:
    """By when reports are to be in for a conference at an instant; None where no rule says so, as for other meetings."""
    key = REPORTS_BEFORE.get(MeetingKind(meeting.kind))
    rule = timescale(key, day_of(at)) if key else None
    return working_days_before(day_of(at), rule.amount) if rule else None


def invitations_due(meeting: Meeting, at: datetime) -> datetime | None:
    """By when those who should come are to be invited; where the conference is so soon that the usual time has passed, by the
    next working day after it was convened (the council's own)."""
    rule = timescale("conference-invitations", day_of(at))
    if rule is None:
        return None
    return max(working_days_before(day_of(at), rule.amount), end_of(add_working_days(day_of(meeting.convened_at), 1)))
