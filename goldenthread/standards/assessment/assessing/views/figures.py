"""The page of how children were seen and heard."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import now
from goldenthread.people.access import officer_of
from goldenthread.people.models import Team
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.assessing.figures import Counts, HeardRow, heard, total
from goldenthread.standards.referrals.views.totals import SpanForm


class PeriodForm(SpanForm):
    """Which months, which team: any team may hold an assessment."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["team"]
        field.queryset = Team.objects.all()


def _grouped(rows: list[HeardRow], by: str) -> list[tuple[Any, Counts]]:
    found: dict[Any, Counts] = defaultdict(Counts)
    for row in rows:
        found[getattr(row, by)] += row.counts
    return [(name, found[name]) for name in sorted(found, reverse=by == "month")]


@require_safe
def childs_views(request: HttpRequest) -> HttpResponse:
    """How many children were seen, seen alone and heard: by team and month, disabled children apart."""
    officer = officer_of(request)
    first, last, team = PeriodForm(request.GET or None).span()
    rows = heard(first, last, as_at=now(), team_ids=[team.pk] if team else None, without=sight_of(officer).shut)
    shown = PeriodForm(initial={"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}", "team": team.key if team else None})
    context = {
        "form": shown,
        "start": first,
        "end": last,
        "team": team,
        "as_at": now(),
        "all": total(rows),
        "groups": [("All children", total(rows)), ("Disabled children", total(rows, disabled=True)), ("Other children", total(rows, disabled=False))],
        "months": _grouped(rows, "month"),
        "teams": _grouped(rows, "team"),
        "may_open": officer.may(Permission.READ_RECORDS),
    }  # fmt: skip
    return render(request, "assessing/childs_views.html", context)
