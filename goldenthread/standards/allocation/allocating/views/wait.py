"""The pages of a case file that nobody has: how long, who was told, who is to be told next, and what they will do."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile, Holding
from goldenthread.cases.opening import opened_file
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import now
from goldenthread.core.versions import hold
from goldenthread.obligations.correct_form import CorrectForm, boxes_of
from goldenthread.obligations.correct_page import fact_to_correct, show_correction
from goldenthread.obligations.correcting import last_row, standing_of
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.owed_on import owed_on
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, doing
from goldenthread.people.verb_page import show as show_verb
from goldenthread.standards.allocation.allocating import telling
from goldenthread.standards.allocation.allocating.chain import next_told
from goldenthread.standards.allocation.allocating.children import on_since
from goldenthread.standards.allocation.allocating.choices import Told, role_in_words
from goldenthread.standards.allocation.allocating.figures import waits_on
from goldenthread.standards.allocation.allocating.forms import HearForm, TellForm
from goldenthread.standards.allocation.allocating.models import WaitHeard, WaitTold
from goldenthread.standards.allocation.allocating.requirements import RANK_OF, begins_a_wait
from goldenthread.standards.allocation.allocating.timeline import wait_timeline
from goldenthread.standards.allocation.allocating.waiting import Wait, child_days


def _now(found: CaseFile) -> tuple[Wait, Holding] | None:
    """The wait that the file is in, with the holding that it begins with."""
    held = list(found.holdings.all())
    at = now()
    waits = waits_on(found, held, on_since([found.pk], at).get(found.pk, ()), at)
    if not waits or waits[-1].ended:
        return None
    for one in held:
        one.case_file = found
    return waits[-1], [one for one in held if begins_a_wait(one)][-1]


def _told_of(found: CaseFile) -> list[WaitTold]:
    return list(WaitTold.objects.filter(holding__case_file=found).select_related("to", "by"))


@require_safe
@transaction.atomic
def wait(request: HttpRequest, pk: int) -> HttpResponse:
    """How long the file has had nobody, and who was told of it. It names no child: whoever it is shown to may be above the
    group manager."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read case file")
    waits, told = _now(found), _told_of(found)
    heard = list(WaitHeard.objects.filter(told__holding__case_file=found).select_related("by"))
    may = sight_of(officer).may_write(found) and officer.may(Permission.DECIDE_REFERRALS)

    def settle(row: Obligation) -> tuple[str, str]:
        if rank := RANK_OF.get(row.requirement):
            url = f"{reverse('wait-tell', args=[pk])}?rank={rank}"
            return (url, f"Record that the {role_in_words(rank)} was told") if may else ("", "")
        if row.owner_id != officer.pk or not may:
            return "", ""
        return reverse("wait-hear", args=[pk, row.key.partition("-")[2]]), "Say what you will do"

    whom = {f"told-{one.first_id}": one.to.name for one in told}
    about = lambda row: whom.get(row.key, "")  # noqa: E731 (which of those who were told)
    owed, settled = owed_on(waits[1], officer, settle=settle, about=about) if waits else ([], [])
    context = {
        "case_file": found,
        "wait": waits[0] if waits else None,
        "child_days": child_days(waits[0].child_time) if waits else 0,
        "owed": owed,
        "settled": settled,
        "entries": wait_timeline(told, heard),
        "may_record": may,
    }
    return render(request, "allocating/wait.html", context)


def _may_be_told(found: CaseFile, rank: str) -> list[Officer]:
    """Those of a rank who answer for the file and may open it; a member is told numbers, and opens none."""
    rows = Officer.objects.filter(role=rank, is_active=True).order_by("name", "pk")
    match rank:
        case Told.EXECUTIVE_MEMBER:
            return list(rows)
        case Told.TEAM_MANAGER:
            rows = rows.filter(team=found.team)
        case Told.GROUP_MANAGER:
            rows = rows.filter(area=found.team.area_id)
    return [one for one in rows if sight_of(one).why(found)]


@require_http_methods(["GET", "POST"])
@transaction.atomic
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the next one of the chain was told."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read case file")
    waits = _now(found)
    told = standing(waits[1].waits_told.all()) if waits else []
    asked = request.GET.get("rank", "")
    rank = asked if asked in Told.values else next_told(one.fact.rank for one in told) or str(Told.TEAM_MANAGER)
    page = VerbPage(
        heading=f"The {role_in_words(rank)} was told that this case file has no worker",
        button="Record that they were told",
        act=doing(telling.tell_of_wait, "It is recorded who was told.", case_file=found, rank=rank, by=officer),
        back=reverse("wait", args=[pk]),
        back_to=f"Case file {found}: no worker",
        lead="The executive member is told how many and for how long, and no name."
        if rank == Told.EXECUTIVE_MEMBER
        else "",
        closed=waits is None,
        warning="" if waits else "Somebody is named on this case file: nobody has to be told.",
    )
    people = _may_be_told(found, rank)
    begun: dict[str, Any] = {"occurred_at": now(), "to": people[0].pk if len(people) == 1 else None}
    begun |= {"risk": told[-1].fact.risk} if told else {}
    return show_verb(request, page, lambda data: TellForm(data, initial=begun, officers=people))


def _one(found: CaseFile, pk: int) -> WaitTold:
    fact = get_object_or_404(WaitTold, pk=pk, holding__case_file=found)
    return last_row(fact)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def hear(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """Whoever was told says what they will do."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read case file")
    told = _one(found, target)
    page = VerbPage(
        heading="Say what you will do about it",
        button="Record the answer",
        act=doing(telling.hear_of_wait, "Your answer is recorded.", told=told, by=officer),
        back=reverse("wait", args=[pk]),
        back_to=f"Case file {found}: no worker",
        about=[("Told by", told.by.name), ("How it stands", told.get_risk_display()), ("What was said", told.words)],
    )
    return show_verb(request, page, lambda data: HearForm(data, initial={"occurred_at": now()}))


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct what was told or answered, or take it back."""
    officer = officer_of(request)
    hold(request, CaseFile, pk)
    found = opened_file(officer, pk, "read case file")

    def of_file(fact: WaitTold | WaitHeard) -> bool:
        told = fact.told if isinstance(fact, WaitHeard) else fact
        return told.holding.case_file_id == found.pk

    fact = fact_to_correct(telling.CORRECTABLE, kind, target, of_file)
    names = telling.CORRECTABLE[type(fact)]
    boxes = boxes_of(fact, (*names, "occurred_at"))
    return show_correction(
        request,
        lambda data: CorrectForm(data, fact=fact, boxes=boxes),
        correct=lambda given, why: telling.correct_telling(fact=fact, changes=given, reason=why, by=officer),
        withdraw=lambda why: telling.withdraw_telling(fact=fact, reason=why, by=officer),
        standing=standing_of(fact, names),
        back=reverse("wait", args=[pk]),
        back_to=f"Case file {found}: no worker",
    )
