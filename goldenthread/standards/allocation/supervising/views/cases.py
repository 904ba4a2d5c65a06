"""What was said of one case in supervision, on the child's file, and what was agreed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.facts import Fact, standing
from goldenthread.cases.opening import opened_file, opened_record
from goldenthread.cases.sight import sight_of
from goldenthread.cases.timeline import as_they_stand
from goldenthread.core.clock import end_of, now
from goldenthread.core.versions import hold
from goldenthread.obligations.correct_form import CorrectForm, boxes_of
from goldenthread.obligations.correct_page import show_correction
from goldenthread.obligations.correcting import last_row, standing_of
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, doing, show, show_new
from goldenthread.standards.allocation.supervising import actions, agreed
from goldenthread.standards.allocation.supervising.choices import needs_a_word
from goldenthread.standards.allocation.supervising.forms import ActionForm, BackForm, DiscussForm, DoneForm, MoveForm
from goldenthread.standards.allocation.supervising.models import (
    CaseSupervision,
    SupervisionAction,
    SupervisionSession,
)


def opened(officer: Officer, pk: int) -> CaseSupervision:
    """The first row of what was said, with all that hangs on it, and a trail entry of its being read. Raises Http404."""
    rows = CaseSupervision.objects.filter(root=None).select_related("case_file", "by", "worker", "session")
    agreed_on = ("done__by", "moves__by", "moves__officer", "taken_back__by")
    related = rows.prefetch_related(
        "case_file__children", "answers", "later__by", "later__answers", "agreed__officer",
        *(f"agreed__{name}" for name in agreed_on),
    )  # fmt: skip
    return opened_record(officer, related, pk, "read case supervision")


def _said(fact: Fact) -> tuple[str, tuple[str, ...]]:
    assert isinstance(fact, CaseSupervision)  # noqa: S101 (for the type checker)
    return "Talked over", (fact.discussed, fact.decisions)


@require_safe
@transaction.atomic
def discussion(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said of the case, each answer, and what was agreed with how it stands."""
    officer, at = officer_of(request), now()
    found = opened(officer, pk)
    stands = found.stands
    fact = stands.fact if stands else last_row(found)
    writes = sight_of(officer).may_write(found.case_file)
    leads = writes and officer.may(Permission.DECIDE_REFERRALS)
    context = {
        "found": found,
        "fact": fact,
        "gone": stands is None,
        "children": list(found.case_file.children.all()),
        "answers": [(one, needs_a_word(one.question, one.answer)) for one in fact.answers.all()],
        "agreed": [_line(one, at) for one in found.agreed.all()],
        "entries": list(as_they_stand(found.rows, _said)),
        "may_do": writes and officer.may(Permission.RECORD_REFERRALS),
        "leads": leads,
    }
    return render(request, "supervising/discussion.html", context)


def _line(action: SupervisionAction, at: Any) -> dict[str, Any]:
    officer, due = action.owed_now()
    done, back = standing(action.done.all()), standing(action.taken_back.all())
    return {
        "action": action, "officer": officer, "due": due, "done": done[0].fact if done else None,
        "back": back[0].fact if back else None, "moves": [one.fact for one in standing(action.moves.all())],
        "overdue": not done and not back and end_of(due) < at,
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@transaction.atomic
def discuss(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was said of this case."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read case file")
    begun: dict[str, Any] = {"occurred_at": now()}
    given = request.GET.get("session", "")
    session = SupervisionSession.objects.filter(pk=given).first() if given.isdigit() and len(given) < 16 else None
    if session is not None:
        begun = {"occurred_at": session.occurred_at, "session": session.pk}
    children = ", ".join(str(child.name) for child in found.children.all())
    return show_new(
        request,
        lambda data: DiscussForm(data, case_file=found, by=officer, initial=begun),
        verb=partial(actions.discuss_case, case_file=found, by=officer),
        said=lambda made: "It is recorded. Add what somebody is to do.",
        heading="What was said in supervision",
        button="Record it",
        about=[("Children", children), ("Worker", found.worker.name if found.worker else "Nobody yet")],
        back=reverse("case-file", args=[pk]),
        back_to=f"Case file {found}",
    )


@require_http_methods(["GET", "POST"])
@transaction.atomic
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what an officer is to do."""
    officer = officer_of(request)
    found = opened(officer, pk)
    page = VerbPage(
        heading="Add what somebody is to do",
        button="Add it",
        act=doing(agreed.agree_action, "It is added, and on their list.", supervision=found, by=officer),
        back=found.get_absolute_url(),
        back_to="What was said in supervision",
    )
    return show(request, page, lambda data: ActionForm(data, initial={"officer": found.case_file.worker_id}))


def opened_action(officer: Officer, pk: int) -> SupervisionAction:
    """One of what was agreed, and a trail entry of its being read. Raises Http404."""
    rows = SupervisionAction.objects.select_related("case_file", "officer").prefetch_related(
        "done", "moves__officer", "taken_back"
    )
    return opened_record(officer, rows, pk, "read supervision action")


def action_view(
    form: type[forms.Form], verb: Callable[..., object], heading: str, button: str, said: str
) -> Callable[..., HttpResponse]:
    """A page of something done about an action."""

    @require_http_methods(["GET", "POST"])
    @transaction.atomic
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        officer = officer_of(request)
        found = opened_action(officer, pk)
        who, due = found.owed_now()
        verb_page = VerbPage(
            heading=heading,
            button=button,
            act=doing(verb, said, action=found, by=officer),
            back=found.get_absolute_url(),
            back_to="What was said in supervision",
            about=[("To be done", found.what), ("By", who.name)],
        )
        return show(request, verb_page, lambda data: form(data, initial={"occurred_at": now(), "officer": who.pk, "due": due}))  # fmt: skip

    return page


done = action_view(DoneForm, agreed.finish_action, "Record that it was done", "Record it", "It is recorded as done.")
move = action_view(MoveForm, agreed.move_action, "Move what was agreed", "Move it", "It is moved.")
take_back = action_view(
    BackForm, agreed.take_back_action, "Take back what was agreed", "Take it back", "It is taken back."
)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was recorded of a case, or take it back."""
    officer = officer_of(request)
    hold(request, CaseSupervision, pk)
    found = opened(officer, pk)
    fact = last_row(found)
    if fact.withdrawn:
        raise Http404
    names = actions.CORRECTABLE

    def carry_out(given: dict[str, Any] | None, why: str) -> object:
        return actions.correct_discussion(supervision=fact, changes=given, reason=why, by=officer)

    return show_correction(
        request,
        lambda data: CorrectForm(data, fact=fact, boxes=boxes_of(fact, names)),
        correct=carry_out,
        withdraw=lambda why: carry_out(None, why),
        standing=standing_of(fact, names),
        back=found.get_absolute_url(),
        back_to="What was said in supervision",
    )
