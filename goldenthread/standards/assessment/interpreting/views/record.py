"""The page of a request for an interpreter, and the pages of what is done on it."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.facts import Fact, standing
from goldenthread.cases.opening import opened_file, opened_record
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import now
from goldenthread.core.templatetags.words import moment
from goldenthread.core.versions import hold
from goldenthread.obligations.correct_form import CorrectForm
from goldenthread.obligations.correct_page import fact_to_correct, show_correction
from goldenthread.obligations.correcting import standing_of
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.owed_on import owed_on
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, doing, show, show_new
from goldenthread.standards.assessment.interpreting.actions import CORRECTABLE, ask_for_interpreter, correct
from goldenthread.standards.assessment.interpreting.course import arrival, cancellation, interpreted, stand_ins
from goldenthread.standards.assessment.interpreting.deeds import BY_KEY, BY_KIND, SETTLED_BY
from goldenthread.standards.assessment.interpreting.forms import AskForm, AttendanceForm
from goldenthread.standards.assessment.interpreting.models import InterpreterPresence, InterpreterRequest
from goldenthread.standards.assessment.interpreting.timeline import FACTS, timeline

View = Callable[..., HttpResponse]
_AFTER_ALL = "Record that an interpreter came after all"


def opened(officer: Officer, pk: int) -> InterpreterRequest:
    """The request, with a trail entry of its being read. Raises Http404 where the officer may not open it."""
    rows = InterpreterRequest.objects.select_related("case_file__team", "case_file__worker", "by").prefetch_related(
        "case_file__children", "replies__provider", *(f"{name}__by" for name in FACTS)
    )
    return opened_record(officer, rows, pk, "read interpreter request")


def may_record(officer: Officer, request: InterpreterRequest) -> bool:
    """Whether the officer may write to it, and not only read it."""
    return officer.may(Permission.RECORD_REFERRALS) and sight_of(officer).may_write(request.case_file)


@require_safe
@transaction.atomic
def show_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one request."""
    officer = officer_of(request)
    found = opened(officer, pk)
    may, missed = may_record(officer, found), bool(standing(found.attendances.all()))

    def settle(owed: Obligation) -> tuple[str, str]:
        deed = SETTLED_BY[owed.requirement]
        title = _AFTER_ALL if deed.key == "attendance" and missed else deed.title
        return (reverse(deed.url_name, args=[pk]), title) if may else ("", "")

    owed, settled = owed_on(found, officer, settle=settle)
    on_page = {BY_KEY["attendance"].title if duty.button == _AFTER_ALL else duty.button for duty in owed}
    gone = cancellation(found)
    more = (
        [BY_KEY[key] for key in ("reply", "attendance", "stand-in", "understood", "cancel")] if may and not gone else []
    )
    came = arrival(found)
    if came:
        more = [deed for deed in more if deed.key in {"stand-in", "understood"}]
    if interpreted(found) is None:
        more = [deed for deed in more if deed.key != "understood"]
    context = {
        "request_": found, "owed": owed, "settled": settled, "entries": timeline(found), "may_record": may,
        "more": [deed for deed in more if deed.title not in on_page], "cancelled": gone, "came": came,
        "by_child": any(s.fact.is_child for s in stand_ins(found)), "stand_ins": stand_ins(found),
    }  # fmt: skip
    return render(request, "interpreting/request.html", context)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for an interpreter on a case file."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read case file")

    return show_new(
        request,
        lambda data: AskForm(data, initial={"asked_at": now()}),
        verb=partial(ask_for_interpreter, case_file=found, by=officer),
        said=lambda made: f"Interpreter {made.reference} is asked for. Record each provider that you ask.",
        heading="Ask for an interpreter",
        button="Record the request",
        back=reverse("case-file", args=[pk]),
        back_to=f"Case file {found}",
        lead="For every visit, assessment and conference where the family's first language is not English, or where somebody "
        "signs, lip-reads or uses symbols. Relatives and children are not to interpret.",
    )


def _about(found: InterpreterRequest) -> list[tuple[str, str]]:
    return [
        ("Language", found.language_in_words),
        ("For", f"{found.get_for_whom_display()}: {found.get_purpose_display().lower()}"),
        ("Needed", moment(found.needed_at)),
    ]


def deed_view(key: str) -> View:
    """The page of one deed."""
    deed = BY_KEY[key]

    @require_http_methods(["GET", "POST"])
    @transaction.atomic
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        officer = officer_of(request)
        found = opened(officer, pk)

        begun = {"came_at": found.needed_at} if deed.form is AttendanceForm else {"occurred_at": now()}
        shown = VerbPage(
            heading=deed.title,
            button=deed.button,
            act=doing(deed.verb, deed.done, request=found, by=officer),
            back=found.get_absolute_url(),
            back_to=f"Interpreter {found.reference}",
            about=_about(found),
            lead=deed.lead,
        )
        return show(request, shown, lambda data: deed.form(data, initial=begun))

    return page


class _Correction(CorrectForm):
    mark_optional = False


def _boxes_of(fact: Fact) -> dict[str, forms.Field]:
    """The boxes of what can be corrected, as they were when it was recorded."""
    of_verb = BY_KIND[fact._meta.model_name or ""].form().fields
    boxes = {name: of_verb[name] for name in CORRECTABLE[type(fact)] if name in of_verb}
    when = of_verb["came_at" if isinstance(fact, InterpreterPresence) else "occurred_at"]
    return boxes | {"occurred_at": when}


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct_fact(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct one fact, or take it back."""
    officer = officer_of(request)
    hold(request, InterpreterRequest, pk)
    found = opened(officer, pk)
    fact = fact_to_correct(CORRECTABLE, kind, target, lambda fact: fact.request_id == found.pk)
    return show_correction(
        request,
        lambda data: _Correction(data, fact=fact, boxes=_boxes_of(fact)),
        correct=lambda given, why: correct(fact=fact, changes=given, reason=why, by=officer),
        withdraw=lambda why: correct(fact=fact, changes=None, reason=why, by=officer),
        standing=standing_of(fact, CORRECTABLE[type(fact)]),
        back=found.get_absolute_url(),
        back_to=f"Interpreter {found.reference}",
        about=_about(found),
    )
