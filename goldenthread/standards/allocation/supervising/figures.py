"""Figures about supervision, for a team's board: who has not been supervised, and which cases have not been talked over, in time,
as at an instant and on what was known by another. `without`: case files that are closed to whoever asks."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from goldenthread.obligations.models import Obligation

SUPERVISED, DISCUSSED, AGREED = (
    "allocation.worker-supervised",
    "allocation.case-discussed",
    "allocation.supervision-action-done",
)


@dataclass(frozen=True, slots=True)
class Due:
    """What is overdue in one team: workers whose supervision is, cases that have not been talked over, and what was agreed and
    not done."""

    workers: int = 0
    cases: int = 0
    actions: int = 0


def due(
    team_ids: Collection[int] | None,
    as_at: datetime,
    *,
    known_at: datetime | None = None,
    without: Collection[int] = (),
) -> dict[int, Due]:
    """By team, those in which something is overdue. A case or a worker counts once, however often it was missed: one query.
    team_ids None: all teams."""
    known = known_at or as_at
    rows = Obligation.objects.begun(as_at, known).filter(
        requirement__in=(SUPERVISED, DISCUSSED, AGREED), due_at__lt=as_at, team__isnull=False
    )
    rows = rows.exclude(Q(done_at__isnull=False) & Q(done_at__lte=as_at, done_known_at__lte=known)).exclude(
        Q(excused_at__isnull=False) & Q(excused_at__lte=as_at, excused_known_at__lte=known)
    )
    if team_ids is not None:
        rows = rows.filter(team__in=team_ids)
    if without:
        rows = rows.exclude(case_file__in=sorted(without))
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for team, requirement, _ in rows.order_by().values_list("team_id", "requirement", "subject_id").distinct():
        if team is not None:
            found[team][requirement] += 1
    return {team: Due(each[SUPERVISED], each[DISCUSSED], each[AGREED]) for team, each in found.items()}
