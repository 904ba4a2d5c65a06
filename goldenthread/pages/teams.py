"""Teams, and what each owes: by requirement, by officer, and all of it. How a team stands is on its board (`team_board`)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.calendar import add_working_days
from goldenthread.core.clock import day_of, end_of, now
from goldenthread.obligations.models import Obligation, seen_by
from goldenthread.obligations.requirement import installed
from goldenthread.pages.home import team_tiles
from goldenthread.pages.reading import owed_page
from goldenthread.pages.work import note_seen, rows_of, work_list
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer, Team

SOON = 2  # working days


@dataclass(frozen=True, slots=True)
class Line:
    """How much is open under one requirement, by one officer, or in all. seen: how many of them one may open."""

    name: str = ""
    url: str = ""
    owed: int = 0
    overdue: int = 0
    soon: int = 0
    seen: int = 0

    def with_more(self, *more: int) -> "Line":
        """The same line with these numbers added."""
        owed, overdue, soon, seen = more
        return Line(self.name, self.url, self.owed + owed, self.overdue + overdue, self.soon + soon, self.seen + seen)


@dataclass(frozen=True, slots=True)
class Board:
    """How much of a team's work is open: by requirement, by officer, and in all."""

    by_requirement: list[Line]
    by_officer: list[Line]
    total: Line


def reached_by(officer: Officer) -> list[Team]:
    """The teams whose boards an officer sees, their own first: one query, or two."""
    reached = officer.team_ids_reached()
    found = Team.objects.all() if reached is None else Team.objects.filter(pk__in=reached)
    return sorted(found, key=lambda team: (team.pk != officer.team_id, team.name))


def team_of(officer: Officer, key: str) -> Team:
    """The team of this key. Raises Http404 for one that the officer's role does not reach, as for one that there is not."""
    shown = get_object_or_404(Team, key=key)
    reached = officer.team_ids_reached()
    if reached is not None and shown.pk not in reached:
        raise Http404
    return shown


def _board(owed: QuerySet[Obligation], team: Team, seen: Q | None, at: datetime) -> Board:
    """One query: counts by requirement and officer, then added up each way. seen: which of them one may open."""
    soon = end_of(add_working_days(day_of(at), SOON))
    found = (
        owed.order_by()
        .values_list("requirement", "owner_id", "owner__name")
        .annotate(
            owed=Count("pk"),
            overdue=Count("pk", filter=Q(due_at__lt=at)),
            soon=Count("pk", filter=Q(due_at__gte=at, due_at__lte=soon)),
            seen=Count("pk", filter=seen),
        )
    )
    requirements = installed()
    by_requirement: dict[str, Line] = {}
    by_officer: dict[int | None, Line] = {}
    total = Line()
    address = f"{reverse('requirement', args=['KEY'])}?team={team.key}"
    for key, owner, name, *numbers in found:
        if key not in by_requirement:
            title = requirements[key].title if key in requirements else key
            by_requirement[key] = Line(title, address.replace("KEY", key))
        by_requirement[key] = by_requirement[key].with_more(*numbers)
        by_officer[owner] = by_officer.get(owner, Line(name or "Nobody yet")).with_more(*numbers)
        total = total.with_more(*numbers)
    return Board(
        [by_requirement[key] for key in sorted(by_requirement)],
        sorted(by_officer.values(), key=lambda line: line.name),
        total,
    )


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """The teams that the officer's role reaches; with one team only, its board."""
    officer = officer_of(request)
    found = reached_by(officer)
    if len(found) == 1:
        return redirect("team-board", found[0].key)
    trail.nothing_shown()
    return render(request, "pages/teams.html", {"teams": found, "tiles": team_tiles(officer, now(), sight_of(officer))})


@require_safe
@transaction.atomic
def team_work(request: HttpRequest, team: str) -> HttpResponse:
    """What one team owes: by requirement, by officer, and the list, longest overdue first. ?overdue=1: only that is listed."""
    officer, at = officer_of(request), now()
    shown = team_of(officer, team)
    sight = sight_of(officer)
    owed = Obligation.objects.open().filter(team=shown, since_at__lte=at).counted_for(sight)
    seen = seen_by(sight)
    board = _board(owed, shown, seen, at)
    listed = owed if seen is None else owed.filter(seen)
    overdue = bool(request.GET.get("overdue"))
    page = (
        owed_page(request, listed.filter(due_at__lt=at))
        if overdue
        else owed_page(request, listed, count=board.total.seen)
    )
    rows = rows_of(page, officer)
    note_seen(f"team-work:{shown.key}", rows, by=officer)
    context = {
        "team": shown,
        "by_requirement": board.by_requirement,
        "by_officer": board.by_officer,
        "total": board.total,
        "soon_day": add_working_days(day_of(at), SOON),
        "overdue": overdue,
        "page": page,
        "rows": work_list(rows, at, owners=True),
    }
    return render(request, "pages/team_work.html", context)
