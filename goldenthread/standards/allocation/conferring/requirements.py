"""What good practice demands of conferences and reviews (3.3, 1.5). That they are held in time is demanded in the room of
protection (`assessment.protection.requirements`); here it is how they are prepared, who comes, and what goes out of them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from goldenthread.cases.facts import Standing, standing
from goldenthread.core.clock import Moment
from goldenthread.obligations.requirement import Owed, Requirement
from goldenthread.standards.allocation.conferring.choices import MeetingKind, Sent
from goldenthread.standards.allocation.conferring.course import (
    asked_after,
    invitations_due,
    invited,
    invitees,
    moves,
    planned,
    presence,
    quorate,
    reports_due,
)
from goldenthread.standards.allocation.conferring.models import LookedAfter, Meeting, MeetingHeld
from goldenthread.standards.assessment.protection.rounds import START, rounds


def _all(moments: Iterable[Moment | None]) -> Moment | None:
    """When the last of them was done, and known; None where one is missing, or there are none."""
    found = list(moments)
    if not found or None in found:
        return None
    done = [moment for moment in found if moment is not None]
    return Moment(max(m.occurred_at for m in done), max(m.recorded_at for m in done))


def _still_owed(meeting: Meeting, owed: Owed) -> Owed | None:
    """What was not done and not yet due when the meeting was cancelled, or put off without a new time, is not owed."""
    if meeting.held is None and planned(meeting) is None and owed.done is None and owed.due is not None:
        gone = moves(meeting)[-1]
        if owed.due > gone.moment.occurred_at:
            return None
    return owed


def _time_of(meeting: Meeting) -> datetime:
    """When the conference was held or, before that, for when it was last planned: what comes before it is measured by it."""
    if (held := meeting.held) is not None:
        return held.moment.occurred_at
    times = [s.fact.new_at for s in moves(meeting) if s.fact.new_at is not None]
    return times[-1] if times else meeting.planned_for


def _invitations(meeting: Meeting) -> Owed | None:
    if not meeting.is_conference or (due := invitations_due(meeting, _time_of(meeting))) is None:
        return None
    wanted = [one.first.pk for one in invitees(meeting) if one.moment.occurred_at <= max(due, meeting.convened_at)]
    done = _all(invited(meeting, one) for one in wanted)
    return _still_owed(meeting, Owed(since=meeting.convened, done=done, due=due)) if wanted else None


def _reports(meeting: Meeting) -> Owed | None:
    due = reports_due(meeting, _time_of(meeting))
    if due is None:
        return None
    asked = {
        one.first.pk: first
        for one in invitees(meeting)
        if one.fact.reports and (first := invited(meeting, one.first.pk)) is not None and first.occurred_at <= due
    }
    if not asked:
        return None
    since = min(asked.values())
    done = _all(asked_after(meeting, one) for one in asked)
    return _still_owed(meeting, Owed(since=since, done=done, due=due))


def _initial_reports(meeting: Meeting) -> Owed | None:
    return _reports(meeting) if meeting.kind == MeetingKind.INITIAL else None


def _review_reports(meeting: Meeting) -> Owed | None:
    return _reports(meeting) if meeting.kind == MeetingKind.REVIEW else None


def _attendance(meeting: Meeting) -> Owed | None:
    if not meeting.is_conference:
        return None
    held = meeting.held
    begun = planned(meeting) if held is None else Moment(held.moment.occurred_at, meeting.recorded_at)
    if begun is None:
        return None
    done = None
    if held is not None:
        wanted = [one.first.pk for one in invitees(meeting) if one.moment.occurred_at <= held.moment.occurred_at]
        there = [presence(meeting, one) for one in wanted]
        if all(there):
            # Done is when the last of it was written down: that is what is asked for.
            last = max([held.first.recorded_at, *(one.first.recorded_at for one in there if one is not None)])
            done = Moment(last, last)
    return Owed(since=begun, done=done)


def _sent(meeting: Meeting, what: Sent) -> Owed | None:
    if not meeting.is_conference or (held := meeting.held) is None:
        return None
    went = [s.moment for s in standing(meeting.sendings.all()) if s.fact.what == what]
    return Owed(since=held.moment, done=went[0] if went else None)


def _decisions(meeting: Meeting) -> Owed | None:
    return _sent(meeting, Sent.DECISIONS)


def _minutes(meeting: Meeting) -> Owed | None:
    return _sent(meeting, Sent.MINUTES)


def _quorum(meeting: Meeting) -> Owed | None:
    if not meeting.is_conference or (held := meeting.held) is None:
        return None
    about = {child.pk for child in meeting.children.all()}
    file: Any = meeting.case_file  # the type checker does not always know what an upper room hangs on a file
    whole = [
        moment
        for other in file.meetings.all()
        if other.is_conference
        and about & {child.pk for child in other.children.all()}
        and (moment := quorate(other)) is not None
        and moment.occurred_at >= held.moment.occurred_at
    ]
    return Owed(since=held.moment, done=min(whole, default=None), due=held.moment.occurred_at)


def reviews_of(care: LookedAfter) -> list[Standing[MeetingHeld]]:
    """The looked-after reviews about the child that were held, first to last."""
    file: Any = care.case_file
    found = [
        held
        for meeting in file.meetings.all()
        if meeting.kind == MeetingKind.LOOKED_AFTER
        and care.child_id in {child.pk for child in meeting.children.all()}
        and (held := meeting.held) is not None
    ]
    return sorted(found, key=lambda s: (s.moment.occurred_at, s.first.pk))


def _care_reviews(care: LookedAfter) -> Iterator[Owed]:
    if care.root_id is not None or (stands := care.stands) is None:
        return
    yield from rounds(
        stands.moment,
        reviews_of(care),
        first="looked-after-first-review",
        second="looked-after-second-review",
        then="looked-after-review",
        ended=care.ended.moment.occurred_at if care.ended else None,
    )


def _second(care: LookedAfter) -> str:
    """The key of the round that begins with the first review; nothing, where there was none."""
    return next((owed.key for owed in _care_reviews(care) if owed.key.startswith("after-")), "")


def _first_care_review(care: LookedAfter) -> Iterator[Owed]:
    return (owed for owed in _care_reviews(care) if owed.key == START)


def _second_care_review(care: LookedAfter) -> Iterator[Owed]:
    second = _second(care)
    return (owed for owed in _care_reviews(care) if owed.key == second)


def _later_care_reviews(care: LookedAfter) -> Iterator[Owed]:
    before = {START, _second(care)}
    return (owed for owed in _care_reviews(care) if owed.key not in before)


_FILE = "case_file__holdings"
_PLANNED = (_FILE, "helds", "moves")

INVITATIONS = Requirement(
    key="allocation.conference-invitations",
    serves="3.3",
    title="All who should come to a conference are invited in good time",
    why="Who hears of a conference the day before sends nobody, or somebody who knows nothing of the child.",
    timescale="conference-invitations",
    subject=Meeting,
    owed=_invitations,
    with_related=(*_PLANNED, "invitees", "invitations"),
)
REPORTS = Requirement(
    key="allocation.conference-reports",
    serves="3.3",
    title="Each agency's report is in before an initial conference, or was asked for again",
    why="What an agency knows and does not send is missing when the child's safety is decided. Each agency's own record is in the report on attendance.",
    timescale="conference-report",
    subject=Meeting,
    owed=_initial_reports,
    with_related=(*_PLANNED, "invitees", "invitations", "reports"),
)
REVIEW_REPORTS = Requirement(
    key="allocation.review-conference-reports",
    serves="3.3",
    title="Each agency's report is in before a review conference, or was asked for again",
    why="Whether the plan works is known to those who see the child each week. Each agency's own record is in the report on attendance.",
    timescale="review-conference-report",
    subject=Meeting,
    owed=_review_reports,
    with_related=(*_PLANNED, "invitees", "invitations", "reports"),
)
ATTENDANCE = Requirement(
    key="allocation.conference-attendance",
    serves="3.3",
    title="Who came to a conference, and who did not, is recorded at once",
    why="Who stays away is only seen where somebody writes it down.",
    timescale="conference-attendance",
    subject=Meeting,
    owed=_attendance,
    with_related=(*_PLANNED, "invitees", "presences"),
)
DECISIONS = Requirement(
    key="allocation.conference-decisions",
    serves="3.3",
    title="The family has in writing what a conference decided",
    why="Parents who do not know what was decided cannot do what is asked of them.",
    timescale="conference-decisions",
    subject=Meeting,
    owed=_decisions,
    with_related=(_FILE, "helds", "sendings"),
)
MINUTES = Requirement(
    key="allocation.conference-minutes",
    serves="3.3",
    title="The minutes of each conference go out in time",
    why="Weeks later, nobody remembers who promised what.",
    timescale="conference-minutes",
    subject=Meeting,
    owed=_minutes,
    with_related=(_FILE, "helds", "sendings"),
)
QUORUM = Requirement(
    key="allocation.conference-quorum",
    serves="1.5",
    title="Each conference has a quorum: social care and two other agencies that know the child",
    why="A plan that two people make for five is nobody's. One without a quorum is made good by a later one that has it, or stays missed.",
    subject=Meeting,
    owed=_quorum,
    with_related=(
        _FILE, "helds", "children", "case_file__meetings__children", "case_file__meetings__helds",
        "case_file__meetings__invitees", "case_file__meetings__presences",
    ),
)  # fmt: skip
_OF_CARE = (_FILE, "later", "ends", "case_file__meetings__children", "case_file__meetings__helds")
FIRST_CARE_REVIEW = Requirement(
    key="allocation.looked-after-first-review",
    serves="1.5",
    title="The case of a looked-after child is first reviewed in its first weeks",
    why="A child who has left home needs to know soon who decides, and what is to become of them.",
    timescale="looked-after-first-review",
    subject=LookedAfter,
    owed=_first_care_review,
    with_related=_OF_CARE,
)
SECOND_CARE_REVIEW = Requirement(
    key="allocation.looked-after-second-review",
    serves="1.5",
    title="The case of a looked-after child is reviewed again within three months",
    why="What the first review hoped for is seen to be so, or not, while something can still be done.",
    timescale="looked-after-second-review",
    subject=LookedAfter,
    owed=_second_care_review,
    with_related=_OF_CARE,
)
LATER_CARE_REVIEWS = Requirement(
    key="allocation.looked-after-review",
    serves="1.5",
    title="The case of a looked-after child goes on being reviewed, every six months at most",
    why="Children have been lost in care where nobody asked again whether they should still be there.",
    timescale="looked-after-review",
    subject=LookedAfter,
    owed=_later_care_reviews,
    with_related=_OF_CARE,
)

REQUIREMENTS: tuple[Requirement, ...] = (
    INVITATIONS,
    REPORTS,
    REVIEW_REPORTS,
    ATTENDANCE,
    DECISIONS,
    MINUTES,
    QUORUM,
    FIRST_CARE_REVIEW,
    SECOND_CARE_REVIEW,
    LATER_CARE_REVIEWS,
)
