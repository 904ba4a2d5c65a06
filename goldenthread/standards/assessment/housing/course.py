"""How it stands with children in temporary accommodation, read from a move and what hangs on it. Each reads no clock, and no
database beyond what was fetched with the move.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from goldenthread.cases.facts import F, Standing, standing
from goldenthread.core.clock import day_of
from goldenthread.core.timescales import timescale
from goldenthread.standards.assessment.housing.choices import Kind
from goldenthread.standards.assessment.housing.models import (
    ShortfallAnswer,
    ShortfallOutcome,
    ShortfallReport,
    Suitability,
    TemporaryMove,
    TemporaryMoveEnd,
)

LIMIT = "bed-and-breakfast-limit"


def ended(move: TemporaryMove) -> Standing[TemporaryMoveEnd] | None:
    """That the children left it."""
    return next(iter(standing(move.ends.all())), None)


def assessments(move: TemporaryMove, child_id: int | None = None) -> list[Standing[Suitability]]:
    """What stands of its assessments, in order of when the place was seen; of one child, or of all."""
    found = standing(move.suitability_assessments.all())
    return [s for s in found if child_id is None or s.fact.child_id == child_id]


def _hanging_on(of: Standing[F], rows: Iterator[F]) -> Iterator[F]:
    return (row for row in rows if row.pk in of.ids)


def reports(move: TemporaryMove, of: Standing[Suitability]) -> list[Standing[ShortfallReport]]:
    """Those on one assessment."""
    rows = _hanging_on(of, iter(move.suitability_assessments.all()))
    return standing(report for row in rows for report in row.shortfall_reports.all())


def answers(
    move: TemporaryMove, of: Standing[Suitability], report: Standing[ShortfallReport]
) -> list[Standing[ShortfallAnswer]]:
    """What was answered to one report."""
    return standing(answer for row in _report_rows(move, of, report) for answer in row.shortfall_answers.all())


def outcomes(
    move: TemporaryMove, of: Standing[Suitability], report: Standing[ShortfallReport]
) -> list[Standing[ShortfallOutcome]]:
    """What came of one report."""
    return standing(outcome for row in _report_rows(move, of, report) for outcome in row.shortfall_outcomes.all())


def _report_rows(
    move: TemporaryMove, of: Standing[Suitability], report: Standing[ShortfallReport]
) -> Iterator[ShortfallReport]:
    rows = _hanging_on(of, iter(move.suitability_assessments.all()))
    return (each for row in rows for each in row.shortfall_reports.all() if each.pk in report.ids)


def limit_of(move: TemporaryMove) -> datetime | None:
    """The last instant of the six weeks for which bed and breakfast may be used for a family; None for any other kind."""
    if move.kind != Kind.BED_AND_BREAKFAST:
        return None
    rule = timescale(LIMIT, day_of(move.moved_at))
    return rule.due(move.moved_at) if rule else None


def over_limit(move: TemporaryMove, at: datetime) -> bool:
    """Whether it is bed and breakfast that had gone on for longer than is allowed, and had not ended before that."""
    limit, end = limit_of(move), ended(move)
    return limit is not None and limit < (min(at, end.moment.occurred_at) if end else at)


def days_in(move: TemporaryMove, on: date) -> int:
    """How many days it had lasted by a day."""
    end = ended(move)
    last = min(on, day_of(end.moment.occurred_at)) if end else on
    return max(0, (last - day_of(move.moved_at)) // timedelta(days=1))
