"""A closure's page, asking for one, and the pages of what is done on it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.opening import opened_file, opened_record
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import now
from goldenthread.core.versions import hold
from goldenthread.obligations.correct_form import CorrectForm, boxes_of
from goldenthread.obligations.correct_page import fact_to_correct, show_correction
from goldenthread.obligations.correcting import standing_of
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, doing, show_new
from goldenthread.people.verb_page import show as show_verb
from goldenthread.standards.allocation.closing import actions, corrections
from goldenthread.standards.allocation.closing.choices import COLOURS, State
from goldenthread.standards.allocation.closing.chronology import RELATED as LOOKS
from goldenthread.standards.allocation.closing.deeds import BY_KEY, DEEDS
from goldenthread.standards.allocation.closing.forms import AgencyForm, AskForm
from goldenthread.standards.allocation.closing.models import Closure, ClosureAnswer
from goldenthread.standards.allocation.closing.rereferrals import referred_after
from goldenthread.standards.allocation.closing.steps import outstanding, steps_of
from goldenthread.standards.allocation.closing.timeline import RELATED, timeline

View = Callable[..., HttpResponse]


def opened(officer: Officer, pk: int) -> Closure:
    """The closure with all that hangs on it, and a trail entry of its being read. Raises Http404 where the officer may not
    open it."""
    rows = Closure.objects.select_related("case_file__team", "case_file__worker", "by", "manager").prefetch_related(
        "case_file__children", "agencies", "agencies_told__agency", f"{LOOKS}__by", *(f"{name}__by" for name in RELATED)
    )
    return opened_record(officer, rows, pk, "read closure")


def may(officer: Officer, closure: Closure, key: str) -> bool:
    """Whether one of the deeds is open to an officer who may write to the file, as the closure stands."""
    deed = BY_KEY[key]
    own = officer.pk in {closure.by_id, *(row.by_id for row in closure.asked_again.all())}
    return closure.state in deed.states and officer.may(deed.permission) and not (deed.others_only and own)


def _returned(closure: Closure) -> ClosureAnswer:
    """What a manager asked for when it was returned last."""
    return max(closure.answers.all(), key=lambda one: (one.occurred_at, one.pk))


@require_safe
@transaction.atomic
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one closure: what is done, what is still to be done, and who answers."""
    officer, at = officer_of(request), now()
    found = opened(officer, pk)
    sight, state = sight_of(officer), found.state
    writes = sight.may_write(found.case_file)
    offered = {deed.key for deed in DEEDS if writes and may(officer, found, deed.key)}
    left = outstanding(found, officer, at) if found.is_running else []
    steps = steps_of(found, at, offered, left) if found.is_running else []
    context = {
        "found": found,
        "children": list(found.case_file.children.all()),
        "state": state.label,
        "colour": COLOURS[state],
        "steps": steps,
        "left": left,
        "ready": bool(steps) and all(step.done for step in steps),
        "waits": state == State.ASKED,
        "own": officer.pk == found.by_id,
        "answers": [BY_KEY[key] for key in ("sign-off", "return") if key in offered],
        "more": [BY_KEY[key] for key in ("again", "drop", "reopen") if key in offered],
        "after": referred_after(found.case_file, without=sight.shut) if state == State.CLOSED else [],
        "entries": timeline(found),
        "may_record": writes and officer.may(Permission.RECORD_REFERRALS),
        "returned": _returned(found) if state == State.RETURNED else None,
    }
    return render(request, "closing/closure.html", context)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that this case file be closed."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read case file")
    return show_new(
        request,
        lambda data: AskForm(data, initial={"asked_at": now()}),
        verb=partial(actions.ask_to_close, case_file=found, by=officer),
        said=lambda made: "It is asked. What is still to be done before the file is closed is below.",
        heading="Ask to close this case file",
        button="Ask the manager",
        lead="A manager closes it once nothing is owed on it, and the family and the agencies have been told.",
        back=reverse("case-file", args=[pk]),
        back_to=f"Case file {found}",
    )


def deed_view(key: str) -> View:
    """The page of one deed."""
    deed = BY_KEY[key]

    @require_http_methods(["GET", "POST"])
    @transaction.atomic
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        officer = officer_of(request)
        found = opened(officer, pk)
        begun: dict[str, Any] = {"occurred_at": now()}
        if key == "agency" and (of := request.GET.get("of", "")).isdigit():
            begun["agency"] = of
        verb = VerbPage(
            heading=deed.title,
            button=deed.button,
            act=doing(deed.verb, deed.done, closure=found, by=officer),
            back=found.get_absolute_url(),
            back_to=f"Closure {found}",
            warning=deed.warning,
            links=[(reverse("chronology", args=[found.case_file_id]), "Read the chronology")]
            if key == "chronology"
            else [],
        )

        def form(data: Any) -> Any:
            given = {"closure": found} if deed.form is AgencyForm else {}
            return deed.form(data, initial=begun, **given)

        return show_verb(request, verb, form)

    return page


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct one fact, or take it back."""
    officer = officer_of(request)
    hold(request, Closure, pk)
    found = opened(officer, pk)
    fact = fact_to_correct(corrections.CORRECTABLE, kind, target, lambda fact: fact.closure_id == found.pk)
    names = corrections.CORRECTABLE[type(fact)]
    return show_correction(
        request,
        lambda data: CorrectForm(data, fact=fact, boxes=boxes_of(fact, (*names, "occurred_at"))),
        correct=lambda given, why: corrections.correct(fact=fact, changes=given, reason=why, by=officer),
        withdraw=lambda why: corrections.withdraw(fact=fact, reason=why, by=officer),
        standing=standing_of(fact, names),
        back=found.get_absolute_url(),
        back_to=f"Closure {found}",
    )
