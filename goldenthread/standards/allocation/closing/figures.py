"""Figures about closing, as at one instant. `team_ids` None is all teams; `without`: case files that are closed to whoever asks."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile
from goldenthread.standards.allocation.closing.models import Closure


def closed_by_team(
    since: datetime, as_at: datetime, *, team_ids: Collection[int] | None = None, without: Collection[int] = ()
) -> Counter[int]:
    """How many files were closed between two instants, by the team that held them: one query."""
    rows = CaseFile.objects.filter(closed_at__gt=since, closed_at__lte=as_at)
    if team_ids is not None:
        rows = rows.filter(team__in=team_ids)
    if without:
        rows = rows.exclude(pk__in=sorted(without))
    return Counter(rows.order_by().values_list("team_id", flat=True))


def waiting(
    as_at: datetime, *, team_ids: Collection[int] | None = None, without: Collection[int] = ()
) -> list[Closure]:
    """Closures that waited for something at an instant, longest first: five queries."""
    rows = Closure.objects.filter(asked_at__lte=as_at, recorded_at__lte=as_at)
    rows = rows.filter(case_file__in=CaseFile.objects.open_at(as_at))
    if team_ids is not None:
        rows = rows.filter(case_file__team__in=team_ids)
    if without:
        rows = rows.exclude(case_file__in=sorted(without))
    found = rows.select_related("case_file").prefetch_related("answers", "drops", "asked_again", "reopenings")
    return [
        one
        for one in found.order_by("asked_at", "pk")
        if not any(s.moment.occurred_at <= as_at for s in standing(one.drops.all())) and one.signed_off() is None
    ]
