"""The pages of the closures that wait for an answer, and of children who were referred again."""

from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import now, today
from goldenthread.core.pages import page_of
from goldenthread.core.timescales import add_months
from goldenthread.people.access import officer_of
from goldenthread.people.models import Team
from goldenthread.standards.allocation.closing.choices import COLOURS, State
from goldenthread.standards.allocation.closing.models import Closure
from goldenthread.standards.allocation.closing.rereferrals import by_month

_MONTHS = 12


@require_safe
@transaction.atomic
def closures(request: HttpRequest) -> HttpResponse:
    """Those that are asked or returned, of the files that the officer may open, longest asked first."""
    officer, at = officer_of(request), now()
    visible = Closure.objects.visible_to(officer).filter(case_file__in=CaseFile.objects.open_at(at))
    rows = visible.select_related("case_file__team", "manager", "by").prefetch_related(
        "answers", "asked_again", "drops", "reopenings", "case_file__children"
    )
    page = page_of(request, [one for one in rows.order_by("asked_at", "pk") if one.is_running])
    lines = [
        {
            "found": one,
            "state": one.state.label,
            "colour": COLOURS[one.state],
            "mine": _mine(one, officer.pk),
            "since": at - one.last_asked().occurred_at,
        }
        for one in page
    ]
    if lines:
        found = sorted(one.pk for one in page)
        trail.write("list closures", "page:closures", by=officer, why="relationship",
                    records=[f"closing.closure:{pk}" for pk in found])  # fmt: skip
    else:
        trail.nothing_shown()
    return render(request, "closing/closures.html", {"page": page, "lines": lines})


def _mine(closure: Closure, officer: int) -> bool:
    return closure.state == State.ASKED and closure.manager_id == officer


@dataclass(frozen=True, slots=True)
class Line:
    """A team, or a month, with how many children were referred and how many of them again."""

    name: str
    referred: int
    again: int


@require_safe
def rereferrals(request: HttpRequest) -> HttpResponse:
    """How many of the children referred in the last twelve months had been referred in the twelve months before: by team and
    by month. What is closed to whoever asks is left out."""
    officer = officer_of(request)
    first = add_months(today().replace(day=1), 1 - _MONTHS)
    found = by_month(first, now(), without=sight_of(officer).shut)
    names = dict(Team.objects.values_list("pk", "name"))
    teams: dict[str, list[int]] = {}
    months: dict[str, list[int]] = {}
    for one in found:
        for into, key in ((teams, names[one.team_id]), (months, f"{one.month:%B %Y}")):
            line = into.setdefault(key, [0, 0])
            line[0] += one.referred
            line[1] += one.again
    context = {
        "first": first,
        "teams": [Line(name, *numbers) for name, numbers in sorted(teams.items())],
        "months": [Line(name, *numbers) for name, numbers in months.items()],
        "referred": sum(one.referred for one in found),
        "again": sum(one.again for one in found),
    }
    return render(request, "closing/rereferrals.html", context)
