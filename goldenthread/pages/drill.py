"""From a figure to what it counts."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.cases.sight import sight_of
from goldenthread.obligations.models import Obligation, seen_by
from goldenthread.obligations.tally import with_verdict
from goldenthread.obligations.verdicts import Verdict, verdict
from goldenthread.pages.asked import NO_TEAM, Asked, asked
from goldenthread.pages.figures import owed_elsewhere, requirement_of
from goldenthread.pages.reading import how_many, owed_page
from goldenthread.pages.work import note_seen, record_list, rows_of
from goldenthread.people.access import officer_of


def _figure(key: str, question: Asked, at: datetime, known: datetime) -> list[Q]:
    """What one figure counts, of what had begun."""
    which = [Q(requirement=key, month__gte=question.first, month__lte=question.last)]
    if question.team or question.without_team:
        which.append(Q(team=question.team))
    if question.verdict:
        which.append(with_verdict(question.verdict, at, known))
    return which


@require_safe
@transaction.atomic
def drill_down(request: HttpRequest, key: str) -> HttpResponse:
    """The records that a figure counts, those that the officer may open; and how many there are in all."""
    officer, question, requirement = officer_of(request), asked(request), requirement_of(key)
    at, known = question.at, question.known
    counted = Obligation.objects.begun(at, known).filter(*_figure(key, question, at, known))
    sight = sight_of(officer)
    counted, seen = counted.counted_for(sight), seen_by(sight)
    page = owed_page(request, counted if seen is None else counted.filter(seen))
    whole = page.paginator.count if seen is None else how_many(counted)
    rows = rows_of(page, officer)
    note_seen("drill-down", rows, by=officer, requirement=key, query=question.query())
    context = {
        "requirement": requirement,
        "question": question,
        "page": page,
        "rows": record_list((row, verdict(row.owing, at, known)) for row in rows),
        "whole": whole,
        "elsewhere": None if whole else owed_elsewhere(question, key, request.path),
        "teams": [("", "All teams"), *((team.key, team.name) for team in question.teams), (NO_TEAM, "No team")],
        "chosen_team": question.team.key if question.team else NO_TEAM if question.without_team else "",
        "verdicts": [("", "Any"), *((each.value, each.in_words.capitalize()) for each in Verdict)],
    }
    return render(request, "pages/drill_down.html", context)
