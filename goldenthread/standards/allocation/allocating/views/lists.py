"""The page of the case files that have no worker now."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile, Holding
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.pages import page_of
from goldenthread.people.access import officer_of, team_asked
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.allocating.chain import next_told
from goldenthread.standards.allocation.allocating.children import on_since
from goldenthread.standards.allocation.allocating.choices import Risk, role_in_words
from goldenthread.standards.allocation.allocating.figures import waits_on
from goldenthread.standards.allocation.allocating.requirements import begins_a_wait
from goldenthread.standards.allocation.allocating.waiting import Wait, child_days

NAMED_FOR = frozenset({"worker", "senior-practitioner", "team-manager", "group-manager"})
"""Who sees whose files they are: children are not named above the group manager."""
_SHOWN = 50
_COLOURS = {Risk.DANGER: "red", Risk.WATCHED: "yellow", Risk.SETTLED: "grey"}


@dataclass(frozen=True, slots=True)
class Line:
    """One file. risk: how it stands, as was said last, with its colour; told: who was, in order; next: who is to be told."""

    file: CaseFile
    wait: Wait
    risk: str
    colour: str
    told: tuple[str, ...]
    next: str

    @property
    def child_days(self) -> float:
        """So far."""
        return child_days(self.wait.child_time)


def lines_for(officer: Officer, team: Team | None = None) -> list[Line]:
    """Files without a worker that an officer may open (team: of one team), most child-days first. Ten queries."""
    at = now()
    held = Holding.objects.prefetch_related("waits_told__to")
    rows = CaseFile.objects.visible_to(officer).filter(worker=None, closed_at=None, opened_at__lte=at)
    rows = rows.filter(team=team) if team else rows
    children = on_since(rows.order_by().values("pk"), at)
    found = []
    for file in rows.select_related("team").prefetch_related("children", Prefetch("holdings", held)):
        holdings = list(file.holdings.all())
        waits = waits_on(file, holdings, children.get(file.pk, ()), at)
        if not waits or waits[-1].ended:
            continue
        for one in holdings:
            one.case_file = file
        told = standing([one for one in holdings if begins_a_wait(one)][-1].waits_told.all())
        said = told[-1].fact if told else None
        ranks = [one.fact.rank for one in told]
        found.append(
            Line(
                file, waits[-1], said.get_risk_display() if said else "", _COLOURS[Risk(said.risk)] if said else "",
                tuple(dict.fromkeys(f"{one.fact.to.name}, {role_in_words(one.fact.rank)}" for one in told)),
                role_in_words(rank) if (rank := next_told(ranks)) else "",
            )
        )  # fmt: skip
    return sorted(found, key=lambda line: (-line.wait.child_time, line.wait.since, line.file.pk))


def _left_with(officer: Officer, team: Team | None) -> QuerySet[CaseFile]:
    """Open files that are still named to somebody whose account is closed: they count as allocated, and nobody comes. (An
    account says from which day somebody left, and not that nobody was to take over: so they are shown, and not counted.)"""
    rows = CaseFile.objects.visible_to(officer).filter(closed_at=None, worker__is_active=False)
    rows = rows.filter(team=team) if team else rows
    return rows.select_related("team", "worker").prefetch_related("children").order_by("pk")[:_SHOWN]


@require_safe
@transaction.atomic
def unallocated(request: HttpRequest) -> HttpResponse:
    """Case files that nobody has, of those that the officer may open: longest child-days first. ?team=: of one team only."""
    officer, team = officer_of(request), team_asked(request)
    found = lines_for(officer, team)
    page = page_of(request, found)
    left = list(_left_with(officer, team))
    if shown := sorted({line.file.pk for line in page} | {file.pk for file in left}):
        trail.write(
            "list files without a worker", "page:unallocated", by=officer, why="relationship",
            records=[f"cases.casefile:{pk}" for pk in shown],
        )  # fmt: skip
    else:
        trail.nothing_shown()
    context = {
        "team": team,
        "page": page,
        "number": len(found),
        "left": left,
        "child_days": sum(line.child_days for line in found),
        "named": officer.role in NAMED_FOR,
        "may_tell": officer.may(Permission.DECIDE_REFERRALS),
    }
    return render(request, "allocating/unallocated.html", context)
