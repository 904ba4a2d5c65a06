"""What the figures say, for the recommendations that they serve: one tally query for a whole plan."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from goldenthread.core.clock import day_of, end_of
from goldenthread.core.statistics import TOO_FEW, Interval, RunChart, run_chart, wilson
from goldenthread.core.templatetags.words import day
from goldenthread.core.timescales import add_months, timescale
from goldenthread.obligations.requirement import Requirement, installed
from goldenthread.obligations.tally import Counts, Row, tally
from goldenthread.plan.models import Plan, RequirementTie


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figures of one requirement as at a day.

    counts: by verdict. met, judged: done in time, of those that can be judged. interval: within which the true share
    lies (Wilson, 95%), None where fewer than 10 are judged: too few to say. months: month, met and judged, for every
    month from the first to the last with a duty; known_at: on what was known by then. chart: the run-chart rules on the
    monthly shares; its places count from the first month.
    """

    requirement: str
    title: str
    counts: Counts
    interval: Interval | None
    months: tuple[tuple[date, int, int], ...]
    chart: RunChart
    as_at: date
    known_at: datetime
    source: str

    @property
    def met(self) -> int:
        """How many were done in time."""
        return self.counts.met

    @property
    def judged(self) -> int:
        """Of how many: met, met late or overdue."""
        return self.counts.judged

    @property
    def share(self) -> float | None:
        """Met of judged, between 0 and 1; None where too few to say."""
        return self.met / self.judged if self.judged >= TOO_FEW else None

    @property
    def months_over(self) -> list[tuple[date, int, int]]:
        """The months that the run-chart rules look at."""
        requirement = installed().get(self.requirement)
        return [m for m in self.months if requirement is None or is_over(requirement, m[0], self.as_at)]

    @property
    def signals(self) -> tuple[str, ...]:
        """What the run-chart rules find, in words."""
        return self.chart.signals


def evidence_for(requirement_keys: Collection[str], as_at: date, known_at: datetime | None = None) -> list[Evidence]:
    """The figures of these requirements at the end of a day, in the order given; a key that is not installed is left out.

    known_at left out: on what was known by the end of that day. One query, whatever the number.
    """
    wanted = [installed()[key] for key in dict.fromkeys(requirement_keys) if key in installed()]
    known = known_at or end_of(as_at)
    rows: dict[str, list[Row]] = defaultdict(list)
    if wanted:
        for row in tally(end_of(as_at), known, requirements=[requirement.key for requirement in wanted]):
            rows[row.requirement].append(row)
    return [_evidence(requirement, rows[requirement.key], as_at, known) for requirement in wanted]


def requirements_serving(plan: Plan) -> dict[int, list[str]]:
    """The keys tied to each recommendation (by its primary key) now, in the order in which they were tied."""
    serving: dict[int, list[str]] = defaultdict(list)
    ties = RequirementTie.objects.filter(recommendation__standard__plan=plan, untied_at__isnull=True)
    for recommendation, key in ties.order_by("tied_at", "pk").values_list("recommendation_id", "requirement"):
        serving[recommendation].append(key)
    return dict(serving)


def evidence_of_plan(plan: Plan, as_at: date, known_at: datetime | None = None) -> dict[int, list[Evidence]]:
    """Each recommendation's evidence, by its primary key: two queries for the whole plan."""
    serving = requirements_serving(plan)
    every = [key for keys in serving.values() for key in keys]
    found = {evidence.requirement: evidence for evidence in evidence_for(every, as_at, known_at)}
    return {pk: [found[key] for key in keys if key in found] for pk, keys in serving.items()}


def is_over(requirement: Requirement, month: date, as_at: date) -> bool:
    """Whether all that began in a month has fallen due by the end of a day. Before that, its share counts what was done
    at once and leaves out what is still open, so it looks better than it will be, and no rule of change may use it."""
    last = add_months(month, 1) - timedelta(days=1)
    rule = timescale(requirement.timescale, last) if requirement.timescale else None
    return (rule.due(end_of(last)) if rule else end_of(last)) <= end_of(as_at)


def _by_month(rows: Iterable[Row]) -> tuple[tuple[date, int, int], ...]:
    """Every month from the first to the last; one without a duty has nothing judged, and no share."""
    sums: dict[date, Counts] = {}
    for row in rows:
        sums[row.month] = sums.get(row.month, Counts()) + row.counts
    if not sums:
        return ()
    months, month, last = [], min(sums), max(sums)
    while month <= last:
        counts = sums.get(month, Counts())
        months.append((month, counts.met, counts.judged))
        month = add_months(month, 1)
    return tuple(months)


def _evidence(requirement: Requirement, rows: list[Row], as_at: date, known_at: datetime) -> Evidence:
    counts = sum((row.counts for row in rows), Counts())
    months = _by_month(rows)
    return Evidence(
        requirement=requirement.key,
        title=requirement.title,
        counts=counts,
        interval=wilson(counts.met, counts.judged) if counts.judged >= TOO_FEW else None,
        months=months,
        chart=run_chart(
            [met / judged if judged and is_over(requirement, month, as_at) else None for month, met, judged in months]
        ),
        as_at=as_at,
        known_at=known_at,
        source=_source(requirement, counts, as_at, known_at),
    )


def _source(requirement: Requirement, counts: Counts, as_at: date, known_at: datetime) -> str:
    known = day_of(known_at)
    what = requirement.subject._meta.verbose_name
    later = f", on what was recorded by {day(known)}" if known != as_at else ""
    return f"Golden Thread, every {what} that owes it, {counts.owed:,} in all, as at {day(as_at)}{later}"
