"""Supervision as somebody sees it: their own, and that of those whom they supervise or answer for."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.cases.facts import Standing, standing
from goldenthread.core import trail
from goldenthread.core.clock import day_of, end_of, now
from goldenthread.core.timescales import timescale
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.supervising.forms import officers_who
from goldenthread.standards.allocation.supervising.models import (
    SupervisionAction,
    SupervisionPair,
    SupervisionSession,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One pair: when they last met and will meet next, by when they are to, and whether that has passed."""

    pair: SupervisionPair
    last: datetime | None
    following: datetime | None
    due: datetime | None
    overdue: bool


def line_of(pair: SupervisionPair, at: datetime) -> Line:
    """How a pair stands at an instant. Reads its sessions."""
    sessions: list[Standing[SupervisionSession]] = standing(pair.sessions.all())
    held = [one.moment.occurred_at for one in sessions if one.fact.held]
    last = held[-1] if held else None
    planned = [one.fact.next_at for one in sessions if one.fact.next_at and (last is None or one.fact.next_at > last)]
    since = last or pair.since_at
    rule = timescale("worker-supervised", day_of(since))
    due = rule.due(since) if rule else None
    return Line(pair, last, planned[-1] if planned else None, due, due is not None and due < at)


@require_safe
@transaction.atomic
def supervision(request: HttpRequest) -> HttpResponse:
    """Those whom they supervise or answer for, longest not seen first; workers whom nobody supervises; their own supervision and
    what they are to do."""
    officer, at = officer_of(request), now()
    rows = SupervisionPair.objects.visible_to(officer).running_at(at)
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
    if actions:
        trail.write("see list", "page:supervision", by=officer, why="relationship",
                    records=[f"supervising.supervisionaction:{one[0].pk}" for one in actions])  # fmt: skip
    else:
        trail.nothing_shown()
    context = {
        "own": [line for line in lines if line.pair.worker_id == officer.pk],
        "lines": others,
        "nobody": _unsupervised(officer, at) if officer.may(Permission.SIGN_OFF) else [],
        "actions": actions,
        "may_pair": officer.may(Permission.SIGN_OFF),
    }
    return render(request, "supervising/supervision.html", context)


def _unsupervised(officer: Officer, at: datetime) -> list[Officer]:
    """The workers of their line of whom nobody is recorded as the supervisor."""
    teams = officer.line_team_ids()
    rows = officers_who(Permission.RECORD_REFERRALS).exclude(pk=officer.pk).filter(team__isnull=False)
    if teams is not None:
        rows = rows.filter(team__in=teams)
    return list(rows.exclude(pk__in=SupervisionPair.objects.running_at(at).values("worker")))
