"""The first page after signing in: what I owe, soonest first, and for those who manage, how their teams stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from goldenthread.cases.sight import Sight, sight_of
from goldenthread.core.clock import day_of, end_of, now
from goldenthread.obligations.models import Obligation
from goldenthread.pages.reading import owed_page
from goldenthread.pages.shell import places
from goldenthread.pages.work import WorkRow, note_seen, rows_of, work_list
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission
from goldenthread.plan.models import Action
from goldenthread.plan.sharing import shared_with


@dataclass(frozen=True, slots=True)
class TeamTile:
    """How one team stands now."""

    team: Team
    overdue: int
    owed: int


def _owed_by(officer: Officer, shared: Mapping[int, str], sight: Sight) -> QuerySet[Obligation]:
    """What is open and theirs: what they answer for, and what they share. Not what lies on files that are closed to them."""
    theirs = Q(owner=officer)
    if shared:
        theirs |= Q(subject_type=Action._meta.label_lower, subject_id__in=list(shared))
    return Obligation.objects.open().filter(theirs).counted_for(sight)


def _groups(rows: list[WorkRow], at: datetime, shared: Mapping[int, str]) -> list[tuple[str, SafeString]]:
    """Overdue, due today, due later: those that have any, each with its rows."""
    tonight = end_of(day_of(at))
    groups: dict[str, list[WorkRow]] = {"Overdue": [], "Due today": [], "Due later": []}
    for row in rows:
        due = row.owing.due_at
        groups["Due later" if due is None or due > tonight else "Overdue" if due < at else "Due today"].append(row)
    return [(name, work_list(found, at, shared=shared)) for name, found in groups.items() if found]


def team_tiles(officer: Officer, at: datetime, sight: Sight) -> list[TeamTile]:
    """How each team that the officer manages stands: one query for the teams, one for the counts."""
    if not officer.may(Permission.DECIDE_REFERRALS) and officer.role_data.scope != "service":
        return []
    reached = officer.team_ids_reached()
    teams = Team.objects.all() if reached is None else Team.objects.filter(pk__in=reached)
    counts = {
        team: (overdue, owed)
        for team, overdue, owed in Obligation.objects.open()
        .counted_for(sight)
        .filter(since_at__lte=at, team__in=teams)
        .order_by()
        .values_list("team")
        .annotate(overdue=Count("pk", filter=Q(due_at__lt=at)), owed=Count("pk"))
    }
    return [TeamTile(team, *counts.get(team.pk, (0, 0))) for team in teams]


# For those who come for something else than a list of their own: the URL's name, and what they find there.
_WAYS = {
    "plan-current": "what was recommended, what is done, and what the figures say",
    "figures": "how often each requirement is met, by team and month",
    "reports": "the progress report, as it is now and as it was published",
    "accounts": "who can sign in, and in which role",
}


def ways(officer: Officer) -> list[tuple[str, str, str]]:
    """Where an officer who holds no cases finds what they come for: words, address, what is there."""
    if officer.role_data.scope == "team":
        return []
    return [(place.name, place.url, _WAYS[place.key]) for place in places(officer, "/") if place.key in _WAYS]


@require_safe
@transaction.atomic
def home(request: HttpRequest) -> HttpResponse:
    """What the officer comes for."""
    officer, at = officer_of(request), now()
    shared, sight = shared_with(officer), sight_of(officer)
    page = owed_page(request, _owed_by(officer, shared, sight).filter(since_at__lte=at))
    rows = rows_of(page, officer)
    note_seen("home", rows, by=officer)
    context = {
        "page": page,
        "groups": _groups(rows, at, shared),
        "tiles": team_tiles(officer, at, sight),
        "ways": ways(officer),
        "owes": bool(rows) or officer.may(Permission.READ_RECORDS),
    }
    return render(request, "pages/home.html", context)
