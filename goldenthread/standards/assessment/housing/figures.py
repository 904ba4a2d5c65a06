"""Figures about children in temporary accommodation, as at one instant and on what was known by another. Each is asked in a
fixed number of queries. `team_ids` None is all teams; `without`: case files that are closed to whoever asks.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from goldenthread.cases.facts import Fact, Standing, standing
from goldenthread.core.clock import day_of
from goldenthread.core.timescales import timescale
from goldenthread.standards.assessment.housing.choices import Heading, Kind
from goldenthread.standards.assessment.housing.course import LIMIT
from goldenthread.standards.assessment.housing.models import Suitability, TemporaryMove

BANDS = (
    (14, "Less than two weeks"),
    (42, "Two to six weeks"),
    (91, "Six weeks to three months"),
    (10**6, "Over three months"),
)
"""How long they have been there: fewer days than so many, in words."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One child in temporary accommodation at an instant. days: since they moved in; shortfalls: those of the latest
    assessment; told and answered: whether a senior manager was told of them, and answered; over_limit: bed and breakfast
    for longer than the law allows."""

    move: TemporaryMove
    child_id: int
    days: int
    assessed: bool
    joint: bool
    shortfalls: tuple[Heading, ...]
    told: bool
    answered: bool
    over_limit: bool

    @property
    def kind(self) -> str:
        """In words."""
        return str(Kind(self.move.kind).label)

    @property
    def band(self) -> str:
        """How long they have been there, in words."""
        return next(words for days, words in BANDS if self.days < days)


def _stood(rows: Iterable[Fact], as_at: datetime, known_at: datetime) -> list[Standing[Fact]]:
    found = standing(row for row in rows if row.recorded_at <= known_at)
    return [s for s in found if s.moment.occurred_at <= as_at]


def children_placed(
    as_at: datetime,
    *,
    known_at: datetime | None = None,
    team_ids: Collection[int] | None = None,
    without: Collection[int] = (),
) -> list[Placed]:
    """Every child who was in temporary accommodation at an instant, those who had been there longest first: six queries."""
    known = known_at or as_at
    rows = TemporaryMove.objects.filter(moved_at__lte=as_at, recorded_at__lte=known)
    if team_ids is not None:
        rows = rows.filter(case_file__team__in=team_ids)
    if without:
        rows = rows.exclude(case_file__in=sorted(without))
    reports = "suitability_assessments__shortfall_reports"
    found = rows.select_related("case_file").prefetch_related(
        "children", "ends", reports, f"{reports}__shortfall_answers"
    )
    placed = [
        _placed(move, child.pk, as_at, known)
        for move in found
        if not _stood(move.ends.all(), as_at, known)
        for child in move.children.all()
    ]
    return sorted(placed, key=lambda one: (one.move.moved_at, one.move.pk, one.child_id))


def _placed(move: TemporaryMove, child_id: int, as_at: datetime, known: datetime) -> Placed:
    rows = list(move.suitability_assessments.all())
    seen = _stood((row for row in rows if row.child_id == child_id), as_at, known)
    last = seen[-1] if seen else None
    fact = last.fact if last else None
    assert fact is None or isinstance(fact, Suitability)  # noqa: S101 (for the type checker)
    reports = [report for row in rows if last and row.pk in last.ids for report in row.shortfall_reports.all()]
    told = _stood(reports, as_at, known)
    ids = {pk for one in told for pk in one.ids}
    answers = [answer for report in reports if report.pk in ids for answer in report.shortfall_answers.all()]
    rule = timescale(LIMIT, day_of(move.moved_at)) if move.kind == Kind.BED_AND_BREAKFAST else None
    return Placed(
        move,
        child_id,
        (day_of(as_at) - day_of(move.moved_at)).days,
        fact is not None,
        bool(fact and fact.with_housing),
        fact.shortfalls if fact else (),
        bool(told),
        bool(_stood(answers, as_at, known)),
        rule is not None and rule.due(move.moved_at) < as_at,
    )


@dataclass(frozen=True, slots=True)
class Whole:
    """The children together. kinds and bands: each child is in one; headings: a child may fall short under several."""

    children: int
    assessed: int
    joint: int
    shortfall: int
    told: int
    answered: int
    over_limit: int
    out_of_area: int
    kinds: list[tuple[str, int]]
    bands: list[tuple[str, int]]
    headings: list[tuple[str, int]]


def whole(placed: Collection[Placed]) -> Whole:
    """What the children come to."""
    kinds = Counter(one.kind for one in placed)
    bands = Counter(one.band for one in placed)
    headings = Counter(heading for one in placed for heading in one.shortfalls)
    short = [one for one in placed if one.shortfalls]
    return Whole(
        len(placed),
        sum(one.assessed for one in placed),
        sum(one.joint for one in placed),
        len(short),
        sum(one.told for one in short),
        sum(one.answered for one in short),
        sum(one.over_limit for one in placed),
        sum(one.move.out_of_area for one in placed),
        kinds.most_common(),
        [(words, bands[words]) for _, words in BANDS],
        [(str(heading.label), headings[heading]) for heading in Heading],
    )
