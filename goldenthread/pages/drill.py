"""From a figure to what it counts."""

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.core.pages import page_of
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.tally import with_verdict
from goldenthread.obligations.verdicts import Verdict, verdict
from goldenthread.pages.asked import NO_TEAM, asked
from goldenthread.pages.figures import requirement_of
from goldenthread.pages.work import judged, note_seen, record_list, rows_of
from goldenthread.people.access import officer_of
from goldenthread.people.models import Team


@require_safe
@transaction.atomic
def drill_down(request: HttpRequest, key: str) -> HttpResponse:
    """The records that a figure counts, those that the officer may open; and how many there are in all."""
    officer, question, requirement = officer_of(request), asked(request), requirement_of(key)
    counted = Obligation.objects.begun(question.at, question.known).filter(
        requirement=key, month__gte=question.first, month__lte=question.last
    )
    if question.team or question.without_team:
        counted = counted.filter(team=question.team)
    if question.verdict:
        counted = counted.filter(with_verdict(question.verdict, question.at, question.known))
    seen = counted.visible_to(officer)
    page = page_of(request, judged(seen.order_by(F("due_at").asc(nulls_last=True), "pk")))
    rows = rows_of(page, officer)
    note_seen("drill-down", rows, by=officer, requirement=key, query=question.query())
    reached = officer.team_ids_reached()
    whole = page.paginator.count if reached is None else counted.count()
    context = {
        "requirement": requirement,
        "question": question,
        "page": page,
        "rows": record_list((row, verdict(row.owing, question.at, question.known)) for row in rows),
        "whole": whole,
        "teams": Team.objects.all(),
        "no_team": NO_TEAM,
        "verdicts": list(Verdict),
    }
    return render(request, "pages/drill_down.html", context)
