"""The transfer meeting: every transfer under way, by receiving team, with every obstacle."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.people.access import officer_of, team_asked
from goldenthread.standards.allocation.transferring.course import RELATED, course_of
from goldenthread.standards.allocation.transferring.models import Transfer


@require_safe
@transaction.atomic
def meeting(request: HttpRequest) -> HttpResponse:
    """Those under way on files that the officer may open, who waits longest first, each team's together. All on one page:
    nothing that waits is on another. ?team=: those from and to one team only."""
    officer, at, team = officer_of(request), now(), team_asked(request)
    rows = Transfer.objects.visible_to(officer).under_way().order_by("asked_at", "pk")
    if team:
        rows = rows.filter(Q(from_team=team) | Q(to_team=team))
    rows = rows.select_related("case_file__worker", "from_team", "to_team").prefetch_related(
        "case_file__children", *RELATED
    )
    teams: dict[str, list[dict[str, Any]]] = defaultdict(list)
    found = list(rows)
    for row in found:
        course = course_of(row)
        state, colour = course.state
        waits = [{"one": one, "over": one.over(at)} for one in course.in_the_way]
        teams[row.to_team.name].append(
            {
                "found": row,
                "course": course,
                "state": state,
                "colour": colour,
                "since": at - row.asked_at,
                "waits": waits,
            }
        )
    if found:
        trail.write("list transfers", "page:transfers", by=officer, why="relationship",
                    records=[f"transferring.transfer:{row.pk}" for row in found])  # fmt: skip
    else:
        trail.nothing_shown()
    shown = [
        {"team": name, "rows": held, "overdue": sum(any(wait["over"] for wait in row["waits"]) for row in held)}
        for name, held in sorted(teams.items())
    ]
    context = {"teams": shown, "number": len(found), "team": team}
    return render(request, "transferring/meeting.html", context)
