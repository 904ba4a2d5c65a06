"""Counts by requirement, team and month: one query for all requirements, as at one instant and known at another."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q

from goldenthread.obligations.models import Obligation, ObligationQuerySet


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each verdict."""

    met: int = 0
    late: int = 0
    overdue: int = 0
    due: int = 0
    excused: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.met + other.met,
            self.late + other.late,
            self.overdue + other.overdue,
            self.due + other.due,
            self.excused + other.excused,
        )

    def __sub__(self, other: "Counts") -> "Counts":
        return Counts(
            self.met - other.met,
            self.late - other.late,
            self.overdue - other.overdue,
            self.due - other.due,
            self.excused - other.excused,
        )

    @property
    def judged(self) -> int:
        """Those that can be judged: met, met late or overdue. Not yet due and excused ones are neither good nor bad."""
        return self.met + self.late + self.overdue

    @property
    def owed(self) -> int:
        """All of them."""
        return self.judged + self.due + self.excused


@dataclass(frozen=True, slots=True)
class Row:
    """The counts of one requirement in one team and one month (the month in which the duty began)."""

    requirement: str
    team_id: int | None
    month: date
    counts: Counts


def _verdicts(as_at: datetime, known_at: datetime) -> dict[str, Q]:
    done = Q(done_at__lte=as_at, done_known_at__lte=known_at)
    # An excuse given after the due instant excuses nothing in the figures: what was missed stays missed.
    in_time = Q(due_at=None) | Q(excused_at__lte=F("due_at"))
    excused = Q(excused_at__lte=as_at, excused_known_at__lte=known_at) & in_time
    not_done = Q(done_at=None) | Q(done_at__gt=as_at) | Q(done_known_at__gt=known_at)
    not_excused = (
        Q(excused_at=None)
        | Q(excused_at__gt=as_at)
        | Q(excused_known_at__gt=known_at)
        | Q(due_at__isnull=False, excused_at__gt=F("due_at"))
    )
    return {
        "met": done & (Q(due_at=None) | Q(done_at__lte=F("due_at"))),
        "late": done & Q(done_at__gt=F("due_at")),
        "overdue": not_done & not_excused & Q(due_at__lt=as_at),
        "due": not_done & not_excused & (Q(due_at=None) | Q(due_at__gte=as_at)),
        "excused": not_done & excused,
    }


def with_verdict(verdict: str, as_at: datetime, known_at: datetime | None = None) -> Q:
    """The filter for obligations with one verdict: a figure's drill-down, exactly those that `tally` counted.

    Raises KeyError for no such verdict.
    """
    known_at = known_at or as_at
    return Q(since_at__lte=as_at, since_known_at__lte=known_at) & _verdicts(as_at, known_at)[verdict]


def tally(
    as_at: datetime,
    known_at: datetime | None = None,
    *,
    requirements: Collection[str] | None = None,
    without: Collection[int] = (),
) -> list[Row]:
    """Counts by requirement, team and month. `known_at` left out: on what was known by `as_at`.

    without: case files that are left out, being closed to whoever asks (`Sight.shut`). They are few, so they are counted
    by themselves and taken off: the count of all stays within its index.
    """
    known_at = known_at or as_at
    rows = _counted(Obligation.objects.begun(as_at, known_at), as_at, known_at, requirements)
    if not without:
        return rows
    shut = Obligation.objects.begun(as_at, known_at).filter(case_file__in=sorted(without))
    less = {(r.requirement, r.team_id, r.month): r.counts for r in _counted(shut, as_at, known_at, requirements)}
    left = [
        Row(r.requirement, r.team_id, r.month, r.counts - less.get((r.requirement, r.team_id, r.month), Counts()))
        for r in rows
    ]
    return [row for row in left if row.counts.owed]


def _counted(
    found: ObligationQuerySet, as_at: datetime, known_at: datetime, requirements: Collection[str] | None
) -> list[Row]:
    if requirements is not None:
        found = found.filter(requirement__in=requirements)
    rows = (
        found.order_by()
        .values_list("requirement", "team_id", "month")
        .annotate(**{name: Count("pk", filter=q) for name, q in _verdicts(as_at, known_at).items()})
        .order_by("requirement", "team_id", "month")
    )
    return [Row(requirement, team, month, Counts(*numbers)) for requirement, team, month, *numbers in rows]


def totals(rows: list[Row]) -> dict[str, Counts]:
    """The rows added up by requirement."""
    sums: dict[str, Counts] = {}
    for row in rows:
        sums[row.requirement] = sums.get(row.requirement, Counts()) + row.counts
    return sums
