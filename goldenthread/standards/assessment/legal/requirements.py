"""What good practice demands of legal advice: that somebody is on call, answers within the hour, and can be reached.

All serve 2.8. Cover is owed week by week, to whoever keeps the rota; a week is told apart by its own record.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from goldenthread.cases.facts import standing
from goldenthread.core.clock import Moment, day_of, start_of
from goldenthread.obligations.requirement import Holder, Owed, Requirement
from goldenthread.standards.assessment.legal.choices import Call
from goldenthread.standards.assessment.legal.coverage import Ended, OnCall, complete_since, span
from goldenthread.standards.assessment.legal.models import (
    AdviceRequest,
    CoverWeek,
    LegalRota,
    RotaShift,
    ShiftEnd,
)

IN_VIEW = timedelta(days=56)
"""How long before it begins a week comes into view, and its cover is owed."""


def _holder(rota: LegalRota, settled: Moment | None) -> Holder:
    """Whoever kept the rota when it was settled; while it is open, whoever keeps it."""
    keeper = rota.keeper_at(settled.occurred_at if settled else None)
    return Holder(keeper.officer.team_id, keeper.officer_id) if keeper else Holder(None, None)


def on_call(shifts: Sequence[RotaShift], ends: Sequence[ShiftEnd]) -> tuple[list[OnCall], list[Ended]]:
    """The first calls that stand among rows of shifts, and the ends of them that stand."""
    first: dict[int, int] = {}
    arranged = []
    for s in standing(shifts):
        if s.fact.call == Call.FIRST:
            first |= dict.fromkeys(s.ids, s.first.pk)
            arranged.append(OnCall(s.first.pk, span(s.fact.starts_at, s.fact.ends_at), s.moment))
    ended = [
        Ended(first[s.fact.shift_id], s.fact.ends_at, s.moment) for s in standing(ends) if s.fact.shift_id in first
    ]
    return arranged, ended


def cover_complete(week: CoverWeek, shifts: Sequence[RotaShift]) -> Moment | None:
    """Since when the week has been covered at every minute, by what was arranged, and since when that is known.

    It is known from the first recording after which this same instant came out, whatever was recorded later: so cover that
    was lost and found again counts from when it was found, and a hand-over in one act loses nothing.
    """
    ends = [end for shift in shifts for end in shift.ends.all()]

    def since(by: datetime | None) -> datetime | None:
        known = [row for row in shifts if by is None or row.recorded_at <= by]
        known_ends = [row for row in ends if by is None or row.recorded_at <= by]
        return complete_since(span(week.starts_at, week.ends_at), *on_call(known, known_ends))

    if (done := since(None)) is None:
        return None
    known = max(row.recorded_at for row in (*shifts, *ends))
    for at in sorted({row.recorded_at for row in (*shifts, *ends)}, reverse=True):
        if since(at) != done:
            break
        known = at
    return Moment(done, known)


def _legal_cover(week: CoverWeek) -> Owed:
    rota = week.rota
    begins = max(start_of(day_of(week.starts_at) - IN_VIEW), rota.started_at)
    done = cover_complete(week, list(week.shifts.all()))
    # The first weeks of a rota come into view later than others: they are owed by when they begin.
    late = begins > start_of(day_of(week.starts_at) - timedelta(days=14))
    return Owed(
        since=Moment(begins, max(begins, week.recorded_at)),
        done=done,
        due=max(week.starts_at, begins) if late else None,
        holder=_holder(rota, done),
    )


def _legal_answered(request: AdviceRequest) -> Owed:
    answers = standing(request.answers.all())
    return Owed(since=request.asked, done=answers[0].moment if answers else None)


def _number_tested(rota: LegalRota) -> Iterator[Owed]:
    since, key = Moment(rota.started_at, rota.recorded_at), "start"
    for call in (s for s in standing(rota.test_calls.all()) if s.fact.answered):
        yield Owed(since=since, done=call.moment, key=key, holder=_holder(rota, call.moment))
        since, key = call.moment, f"after-{call.first.pk}"
    yield Owed(since=since, key=key, holder=_holder(rota, None))


COVER = Requirement(
    key="assessment.legal-cover",
    serves="2.8",
    title="A solicitor is on call at every minute of the week, settled two weeks before it begins",
    why="A gap that is seen on the night is a child who waits until the morning.",
    timescale="legal-cover",
    subject=CoverWeek,
    owed=_legal_cover,
    with_related=("rota__keepers__officer", "shifts__ends"),
)
ANSWERED = Requirement(
    key="assessment.legal-answered",
    serves="2.8",
    title="Whoever asks for legal advice speaks to a solicitor within the hour",
    why="Whether a child may be kept safe tonight is often a question of law.",
    timescale="legal-answered",
    subject=AdviceRequest,
    owed=_legal_answered,
    with_related=("case_file__holdings", "answers"),
)
NUMBER_TESTED = Requirement(
    key="assessment.legal-number-tested",
    serves="2.8",
    title="The number for legal advice is rung, and answered, twice a year",
    why="A number in a handbook is only as good as the last time that somebody rang it.",
    timescale="legal-number-tested",
    subject=LegalRota,
    owed=_number_tested,
    with_related=("keepers__officer", "test_calls"),
)

REQUIREMENTS: tuple[Requirement, ...] = (COVER, ANSWERED, NUMBER_TESTED)
