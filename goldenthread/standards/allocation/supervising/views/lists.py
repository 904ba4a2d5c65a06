"""Supervision as somebody sees it: their own, and that of those whom they supervise or answer for."""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.cases.facts import Standing, standing
from goldenthread.cases.models import CaseFile
from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import end_of, now
from goldenthread.people.access import officer_of, team_asked
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.supervising.figures import Meetings, how_they_meet, untalked
from goldenthread.standards.allocation.supervising.forms import officers_who
from goldenthread.standards.allocation.supervising.models import (
    SupervisionAction,
    SupervisionPair,
    SupervisionSession,
)


def line_of(pair: SupervisionPair, at: datetime) -> Meetings:
    """How a pair stands at an instant. Reads its sessions."""
    sessions: list[Standing[SupervisionSession]] = standing(pair.sessions.all())
    last = next((one.moment.occurred_at for one in reversed(sessions) if one.fact.held), None)
    return how_they_meet(pair, last, [one.fact.next_at for one in sessions if one.fact.next_at], at)


@require_safe
@transaction.atomic
def supervision(request: HttpRequest) -> HttpResponse:
    """Those whom they supervise or answer for, longest not seen first; workers whom nobody supervises; their own supervision and
    what they are to do. ?team=: of one team only, with its cases that have not been talked over in time."""
    officer, at, team = officer_of(request), now(), team_asked(request)
    rows = SupervisionPair.objects.visible_to(officer).running_at(at)
    if team:
        rows = rows.filter(worker__team=team)
    pairs = list(rows.select_related("worker", "supervisor", "team").prefetch_related("sessions"))
    lines = [line_of(pair, at) for pair in pairs]
    others = [line for line in lines if line.pair.worker_id != officer.pk]
    others.sort(key=lambda line: (line.last or line.pair.since_at, line.pair.pk))
    mine = SupervisionAction.objects.visible_to(officer).filter(case_file__closed_at=None)
    mine = mine.select_related("case_file").prefetch_related("done", "moves__officer", "taken_back")
    actions = [
        (one, due, end_of(due) < at)
        for one in mine.filter(officer=officer) | mine.filter(moves__officer=officer)
        if one.is_open and (owed := one.owed_now())[0].pk == officer.pk and (due := owed[1])
    ]
    actions = sorted({one[0].pk: one for one in actions}.values(), key=lambda one: (one[1], one[0].pk))
    missed = _not_talked_over(officer, team, at) if team else []
    seen = [f"supervising.supervisionaction:{one[0].pk}" for one in actions]
    if seen := seen + [f"cases.casefile:{file.pk}" for file, _ in missed]:
        trail.write("see list", "page:supervision", by=officer, why="relationship", records=seen)
    else:
        trail.nothing_shown()
    context = {
        "own": [line for line in lines if line.pair.worker_id == officer.pk],
        "lines": others,
        "team": team,
        "missed": missed,
        "nobody": _unsupervised(officer, at, team) if officer.may(Permission.SIGN_OFF) else [],
        "actions": actions,
        "may_pair": officer.may(Permission.SIGN_OFF),
    }
    return render(request, "supervising/supervision.html", context)


def _not_talked_over(officer: Officer, team: Team, at: datetime) -> list[tuple[CaseFile, datetime]]:
    """The cases of a team that have not been talked over in time, of those that the officer may open, longest missed first."""
    sight = sight_of(officer)
    found = untalked(team, at, seen=sight.filter("case_file__"), without=sight.shut)
    files = CaseFile.objects.select_related("worker").prefetch_related("children").in_bulk([pk for pk, _ in found])
    return [(files[pk], since) for pk, since in found]


def _unsupervised(officer: Officer, at: datetime, team: Team | None) -> list[Officer]:
    """The workers of their line of whom nobody is recorded as the supervisor."""
    teams = officer.line_team_ids()
    rows = officers_who(Permission.RECORD_REFERRALS).exclude(pk=officer.pk).filter(team__isnull=False)
    if teams is not None:
        rows = rows.filter(team__in=teams)
    if team:
        rows = rows.filter(team=team)
    return list(rows.exclude(pk__in=SupervisionPair.objects.running_at(at).values("worker")))
