"""How children were seen and heard in assessments, as at one instant and on what was known by another. One query.

Each child on each assessment counts once, in the month in which the assessment began and the team that holds its file.
`start` and `end` are days of London, both included. `as_at` left out is the end of `end`; `known_at` left out is `as_at`.
`team_ids` None is all teams. `without`: case files that are closed to whoever asks, and so left out (`Sight.shut`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncMonth

from goldenthread.cases.facts import stands
from goldenthread.core.clock import LONDON, end_of, start_of
from goldenthread.standards.assessment.assessing.models import Assessment, ChildSeen, ChildsViews


@dataclass(frozen=True, slots=True)
class Counts:
    """children: how many; seen: at least once; alone: at least once; heard: with their own views on file; told_why: with
    the reason why there are none instead."""

    children: int = 0
    seen: int = 0
    alone: int = 0
    heard: int = 0
    told_why: int = 0

    def __add__(self, other: Self) -> "Counts":
        return Counts(
            self.children + other.children, self.seen + other.seen, self.alone + other.alone, self.heard + other.heard,
            self.told_why + other.told_why,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeardRow:
    """The counts of one team and month; of disabled children, or of all others."""

    team_id: int
    team: str
    team_key: str
    month: date
    disabled: bool
    counts: Counts


def heard(
    start: date,
    end: date,
    *,
    as_at: datetime | None = None,
    known_at: datetime | None = None,
    team_ids: Collection[int] | None = None,
    without: Collection[int] = (),
) -> list[HeardRow]:
    """Children on assessments that began between two days, by team, month and whether they are disabled."""
    as_at = as_at or end_of(end)
    known_at = known_at or as_at
    about: dict[str, Any] = {"assessment": OuterRef("assessment_id"), "child": OuterRef("child_id")}
    told: dict[str, Any] = {**about, "occurred_at__lte": as_at}
    seen = ChildSeen.objects.filter(stands(known_at), seen=True, **told)
    views = ChildsViews.objects.filter(stands(known_at), **told)
    disabled = Assessment.disabled.through._default_manager.filter(**about)
    rows: Any = Assessment.children.through._default_manager.filter(
        assessment__started_at__range=(start_of(start), min(end_of(end), as_at)), assessment__recorded_at__lte=known_at
    )
    if team_ids is not None:
        rows = rows.filter(assessment__case_file__team__in=team_ids)
    if without:
        rows = rows.exclude(assessment__case_file__in=sorted(without))
    file = "assessment__case_file__team"
    found = (
        rows.annotate(
            is_seen=Exists(seen), is_alone=Exists(seen.filter(alone=True)), is_heard=Exists(views.exclude(words="")),
            is_told=Exists(views.exclude(why_none="")), is_disabled=Exists(disabled),
            month=TruncMonth("assessment__started_at", tzinfo=LONDON),
        )
        .order_by()
        .values_list(f"{file}_id", f"{file}__name", f"{file}__key", "month", "is_disabled")
        .annotate(
            children=Count("pk"), n_seen=Count("pk", filter=Q(is_seen=True)), n_alone=Count("pk", filter=Q(is_alone=True)),
            n_heard=Count("pk", filter=Q(is_heard=True)),
            n_told=Count("pk", filter=Q(is_told=True, is_heard=False)),
        )
        .order_by(f"{file}__name", "month", "is_disabled")
    )  # fmt: skip
    return [
        HeardRow(team_id, team, key, month.date(), is_disabled, Counts(*counts))
        for team_id, team, key, month, is_disabled, *counts in found
    ]


def total(rows: Iterable[HeardRow], *, disabled: bool | None = None) -> Counts:
    """The counts of rows together; of disabled children or of others only, where asked."""
    found = Counts()
    for row in rows:
        if disabled is None or row.disabled is disabled:
            found += row.counts
    return found
