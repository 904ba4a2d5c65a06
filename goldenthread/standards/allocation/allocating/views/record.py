"""An allocation's page, and the pages of what is done on it."""

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.facts import standing
from goldenthread.cases.opening import opened_record
from goldenthread.cases.sight import sight_of
from goldenthread.cases.timeline import Entry
from goldenthread.core.clock import now
from goldenthread.core.versions import hold
from goldenthread.obligations.correct_form import CorrectForm, boxes_of
from goldenthread.obligations.correct_page import fact_to_correct, show_correction
from goldenthread.obligations.correcting import standing_of
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.owed_on import owed_on
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, doing
from goldenthread.people.verb_page import show as show_verb
from goldenthread.standards.allocation.allocating import corrections
from goldenthread.standards.allocation.allocating.choices import Answer
from goldenthread.standards.allocation.allocating.deeds import BY_KEY, SETTLED_BY
from goldenthread.standards.allocation.allocating.models import Allocation
from goldenthread.standards.allocation.allocating.timeline import RELATED, timeline

View = Callable[..., HttpResponse]


def opened(officer: Officer, pk: int) -> Allocation:
    """The allocation with all that hangs on it, and a trail entry of its being read. Raises Http404 where the officer may not
    open it."""
    rows = Allocation.objects.select_related("case_file__team", "case_file__worker", "holding", "worker__team", "by")
    rows = rows.prefetch_related("expectations__officer__team", *(f"{name}__by" for name in RELATED))
    return opened_record(officer, rows, pk, "read allocation")


@require_safe
@transaction.atomic
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is for, what is expected of whom, what came of it, and what is owed on it."""
    officer = officer_of(request)
    found = opened(officer, pk)
    writes = sight_of(officer).may_write(found.case_file)
    answered = next(iter(standing(found.answers.all())), None)
    refused = answered is not None and answered.fact.answer == Answer.REFUSED

    def settle(row: Obligation) -> tuple[str, str]:
        deed = SETTLED_BY[row.requirement]
        return (reverse(deed.url_name, args=[pk]), deed.title) if writes and deed.may(officer, found) else ("", "")

    owed, settled = owed_on(found, officer, settle=settle)
    buttons = {duty.button for duty in owed}
    discuss = BY_KEY["discuss"]
    context = {
        "found": found,
        "answer": answered.fact if answered else None,
        "refused": refused,
        "ruled": bool(standing(found.rulings.all())),
        "now": found.case_file.worker_id == found.worker_id and found.case_file.closed_at is None,
        "owed": owed,
        "settled": settled,
        "more": [discuss] if writes and discuss.may(officer, found) and discuss.title not in buttons else [],
        "may_allocate": writes and officer.may(Permission.DECIDE_REFERRALS) and found.case_file.closed_at is None,
        "entries": [entry if _mends(officer, found, entry) else replace(entry, kind="") for entry in timeline(found)],
        "may_record": writes and officer.may(Permission.RECORD_REFERRALS),
    }
    return render(request, "allocating/allocation.html", context)


def _mends(officer: Officer, found: Allocation, entry: Entry) -> bool:
    """Whether the correction is for this officer to make: an answer is the worker's own, a ruling somebody else's."""
    mine = officer.pk == found.worker_id
    return mine if entry.kind == "allocationanswer" else not mine if entry.kind == "refusalruling" else True


def deed_view(key: str) -> View:
    """The page of one deed."""
    deed = BY_KEY[key]

    @require_http_methods(["GET", "POST"])
    @transaction.atomic
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        officer = officer_of(request)
        found = opened(officer, pk)
        about = [("Given to", found.worker.name), ("What for", found.purpose), ("Expected of them", found.expected)]
        verb = VerbPage(
            heading=deed.title,
            button=deed.button,
            act=doing(deed.verb, deed.done, allocation=found, by=officer),
            back=found.get_absolute_url(),
            back_to=f"Allocation {found}",
            about=about,
        )
        return show_verb(request, verb, lambda data: deed.form(data, initial={"occurred_at": now()}))

    return page


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct what was said on it, or take it back."""
    officer = officer_of(request)
    hold(request, Allocation, pk)
    found = opened(officer, pk)
    fact = fact_to_correct(corrections.CORRECTABLE, kind, target, lambda fact: fact.allocation_id == found.pk)
    names = corrections.CORRECTABLE[type(fact)]
    boxes = boxes_of(fact, (*names, "occurred_at"))
    return show_correction(
        request,
        lambda data: CorrectForm(data, fact=fact, boxes=boxes),
        correct=lambda given, why: corrections.correct(fact=fact, changes=given, reason=why, by=officer),
        withdraw=lambda why: corrections.withdraw(fact=fact, reason=why, by=officer),
        standing=standing_of(fact, names),
        back=found.get_absolute_url(),
        back_to=f"Allocation {found}",
    )
