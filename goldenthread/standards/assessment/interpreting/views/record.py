"""The page of a request for an interpreter, and the pages of what is done on it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.facts import Fact, standing
from goldenthread.cases.opening import opened_file, opened_record
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import now
from goldenthread.core.errors import NotAllowed
from goldenthread.core.fields import MomentField
from goldenthread.core.templatetags.words import moment
from goldenthread.core.versions import hold
from goldenthread.obligations.correcting import last_row, standing_of
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.owed_on import owed_on
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.standards.assessment.interpreting.actions import CORRECTABLE, ask_for_interpreter, correct
from goldenthread.standards.assessment.interpreting.course import arrival, cancellation, interpreted, stand_ins
from goldenthread.standards.assessment.interpreting.deeds import BY_KEY, BY_KIND, SETTLED_BY
from goldenthread.standards.assessment.interpreting.forms import AskForm, AttendanceForm, CorrectForm
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

    def act(given: dict[str, Any]) -> str:
        made = ask_for_interpreter(case_file=found, by=officer, **given)
        page.back = made.get_absolute_url()
        return f"Interpreter {made.reference} is asked for. Record each provider that you ask."

    page = VerbPage(
        heading="Ask for an interpreter",
        button="Record the request",
        act=_or_404(act),
        back=reverse("case-file", args=[pk]),
        back_to=f"Case file {found}",
        lead="For every visit, assessment and conference where the family's first language is not English, or where somebody "
        "signs, lip-reads or uses symbols. Relatives and children are not to interpret.",
    )
    return show(request, page, lambda data: AskForm(data, initial={"asked_at": now()}))


def _or_404(act: Callable[[dict[str, Any]], str]) -> Callable[[dict[str, Any]], str]:
    """What the officer may not do looks missing."""

    def tried(given: dict[str, Any]) -> str:
        try:
            return act(given)
        except NotAllowed:
            raise Http404 from None

    return tried


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

        def act(given: dict[str, Any]) -> str:
            deed.verb(request=found, by=officer, **given)
            return deed.done

        begun = {"came_at": found.needed_at} if deed.form is AttendanceForm else {"occurred_at": now()}
        shown = VerbPage(
            heading=deed.title,
            button=deed.button,
            act=_or_404(act),
            back=found.get_absolute_url(),
            back_to=f"Interpreter {found.reference}",
            about=_about(found),
            lead=deed.lead,
        )
        return show(request, shown, lambda data: deed.form(data, initial=begun))

    return page


def _form_of(fact: Fact) -> type[forms.Form]:
    """The form that corrects a fact: the boxes of what can be corrected, as they were when it was recorded."""
    of_verb = BY_KIND[fact._meta.model_name or ""].form.base_fields
    names = [name for name in CORRECTABLE[type(fact)] if name in of_verb]
    boxes: dict[str, forms.Field] = {name: of_verb[name] for name in names}
    when = "came_at" if isinstance(fact, InterpreterPresence) else "occurred_at"
    box = of_verb[when]
    boxes["occurred_at"] = MomentField(label=str(box.label), past=True, required=box.required)
    return type("CorrectFactForm", (CorrectForm,), {**boxes, "field_order": [*boxes, "withdrawn", "reason"]})


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct_fact(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct one fact, or take it back."""
    officer = officer_of(request)
    hold(request, InterpreterRequest, pk)
    found = opened(officer, pk)
    if kind not in BY_KIND:
        raise Http404
    model: Any = BY_KIND[kind].makes
    fact = last_row(get_object_or_404(model, pk=target, request=found))
    names = CORRECTABLE[type(fact)]

    def act(given: dict[str, Any]) -> str:
        reason, gone = given.pop("reason"), given.pop("withdrawn")
        if given.get("occurred_at") is None:
            given.pop("occurred_at", None)
        correct(fact=fact, changes=None if gone else given, reason=reason, by=officer)
        return "It is corrected. What it said before is kept."

    page = VerbPage(
        heading="Correct what was recorded",
        button="Save the correction",
        act=_or_404(act),
        back=found.get_absolute_url(),
        back_to=f"Interpreter {found.reference}",
        about=_about(found),
        standing=standing_of(fact, names),
    )
    initial = {name: getattr(fact, name) for name in (*names, "occurred_at")}
    return show(request, page, lambda data: _form_of(fact)(data, initial=initial))
