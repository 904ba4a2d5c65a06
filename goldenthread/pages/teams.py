"""Teams: how each stands now, by requirement and by officer."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from goldenthread.core.calendar import add_working_days
from goldenthread.core.clock import day_of, end_of, now
from goldenthread.core.pages import page_of
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.requirement import installed
from goldenthread.pages.home import team_tiles
from goldenthread.pages.work import listed, note_seen, rows_of, work_list
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer, Team

SOON = 2  # working days


@dataclass(frozen=True, slots=True)
class Line:
    """How much is open under one requirement, or by one officer."""

    key: str | None
    name: str
    owed: int
    overdue: int
    soon: int


def _reached(officer: Officer) -> QuerySet[Team]:
    reached = officer.team_ids_reached()
    return Team.objects.all() if reached is None else Team.objects.filter(pk__in=reached)


def _counts(at: datetime) -> dict[str, Count]:
    soon = end_of(add_working_days(day_of(at), SOON))
    return {
        "owed": Count("pk"),
        "overdue": Count("pk", filter=Q(due_at__lt=at)),
        "soon": Count("pk", filter=Q(due_at__gte=at, due_at__lte=soon)),
    }


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """The teams that the officer's role reaches; with one team only, its board."""
    officer = officer_of(request)
    found = list(_reached(officer))
    if len(found) == 1:
        return redirect("team-board", found[0].key)
    return render(request, "pages/teams.html", {"teams": found, "tiles": team_tiles(officer, now())})


@require_safe
@transaction.atomic
def team_board(request: HttpRequest, team: str) -> HttpResponse:
    """What one team owes: by requirement, by officer, and the list, longest overdue first."""
    officer, at = officer_of(request), now()
    shown = get_object_or_404(Team, key=team)
    if not _reached(officer).filter(pk=shown.pk).exists():
        raise Http404
    owed = Obligation.objects.open().filter(team=shown, since_at__lte=at)
    requirements = installed()
    counts = _counts(at)
    by_requirement = [
        Line(key, requirements[key].title if key in requirements else key, *numbers)
        for key, *numbers in owed.order_by("requirement").values_list("requirement").annotate(**counts)
    ]
    by_officer = [
        Line(None, name or "Nobody yet", *numbers)
        for name, *numbers in owed.order_by("owner__name").values_list("owner__name").annotate(**counts)
    ]
    soonest = owed.order_by(F("due_at").asc(nulls_last=True), "pk")
    page = page_of(request, listed(soonest.visible_to(officer)))
    rows = rows_of(page, officer)
    note_seen(f"team-board:{shown.key}", rows, by=officer)
    context = {
        "team": shown,
        "by_requirement": by_requirement,
        "by_officer": by_officer,
        "total": Line(None, "", *(sum(getattr(line, part) for line in by_requirement) for part in counts)),
        "soon_day": add_working_days(day_of(at), SOON),
        "page": page,
        "rows": work_list(rows, at, owners=True),
    }
    return render(request, "pages/team_board.html", context)
