"""The pages of seeing and hearing a child, of putting right what was recorded, and of what helps to hear a child."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.models import Child
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.versions import hold
from goldenthread.obligations.correct_form import CorrectForm, boxes_of
from goldenthread.obligations.correct_page import fact_to_correct, show_correction
from goldenthread.obligations.correcting import standing_of
from goldenthread.people.access import officer_of
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.standards.assessment.assessing.choices import Tool, Way
from goldenthread.standards.assessment.assessing.corrections import CORRECTABLE, correct, record_of, withdraw
from goldenthread.standards.assessment.assessing.forms import SeenForm, ViewsForm
from goldenthread.standards.assessment.assessing.guidance import TOOLS
from goldenthread.standards.assessment.assessing.hearing import record_seen, record_views
from goldenthread.standards.assessment.assessing.models import (
    Assessment,
    ChildInNeedPlan,
    ChildSeen,
    ChildsViews,
    PlannedStep,
)
from goldenthread.standards.assessment.assessing.views.reading import opened_assessment, opened_plan


def _child(assessment: Assessment, pk: int) -> Child:
    return get_object_or_404(Child, pk=pk, assessments=assessment)


def _page(assessment: Assessment, **more: Any) -> VerbPage:
    return VerbPage(
        back=f"{assessment.get_absolute_url()}#children", back_to=f"Assessment {assessment}",
        warning="" if assessment.is_open else "Its parts are closed: it is handed in or signed off.",
        closed=not assessment.is_open, **more,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@transaction.atomic
def seen(request: HttpRequest, pk: int, child: int) -> HttpResponse:
    """A child was seen, or was not."""
    officer = officer_of(request)
    found = opened_assessment(officer, pk)
    whose = _child(found, child)

    def act(given: dict[str, Any]) -> str:
        record_seen(assessment=found, child=whose, by=officer, **given)
        return (
            "It is recorded how the child was seen." if given["seen"] else "It is recorded why the child was not seen."
        )

    page = _page(found, heading="Was the child seen?", button="Record it", act=act, about=[("Child", whose.name)])
    initial = {"occurred_at": now(), "seen_by": f"{officer.name}, {officer.role_data.title.lower()}"}
    return show(request, page, lambda data: SeenForm(data, initial=initial))


@require_http_methods(["GET", "POST"])
@transaction.atomic
def views(request: HttpRequest, pk: int, child: int) -> HttpResponse:
    """What a child wants and thinks, or why that is not known."""
    officer = officer_of(request)
    found = opened_assessment(officer, pk)
    whose = _child(found, child)

    def act(given: dict[str, Any]) -> str:
        record_views(assessment=found, child=whose, by=officer, **given)
        return "The child's views are recorded." if given["words"] else "It is recorded why there are no views."

    page = _page(
        found,
        heading="The child's views",
        button="Record it",
        act=act,
        about=[("Child", _with_age(whose))],
        links=[(reverse("views-tools"), "What helps to hear a child")],
    )
    return show(request, page, lambda data: ViewsForm(data, initial={"occurred_at": now()}))


def _with_age(child: Child) -> str:
    age = child.age_on(now().date())
    return child.name if age is None else f"{child.name}, {age} years old" if age != 1 else f"{child.name}, 1 year old"


class _PutRight(CorrectForm):
    mark_optional = False
    why = "Why are you changing it?"


class _ChangeStep(_PutRight):
    gone = "This step is not in the plan any more"


def _put_right(request: HttpRequest, record: Assessment | ChildInNeedPlan, fact: Any) -> HttpResponse:
    officer, is_step, names = officer_of(request), isinstance(fact, PlannedStep), CORRECTABLE[type(fact)]
    form, boxes = _ChangeStep if is_step else _PutRight, boxes_of(fact, (*names, "occurred_at"))
    return show_correction(
        request,
        lambda data: form(data, fact=fact, boxes=boxes),
        correct=lambda given, why: correct(fact=fact, changes=given, reason=why, by=officer),
        withdraw=lambda why: withdraw(fact=fact, reason=why, by=officer),
        standing=standing_of(fact, names),
        heading="Change a step" if is_step else "Put it right",
        button="Save",
        back=record.get_absolute_url(),
        back_to=f"{'Plan' if is_step else 'Assessment'} {record}",
    )


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct_heard(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Put right what was recorded of a child seen or heard, or take it back."""
    officer = officer_of(request)
    hold(request, Assessment, pk)
    found = opened_assessment(officer, pk)
    fact = fact_to_correct((ChildSeen, ChildsViews), kind, target, lambda fact: record_of(fact) == found)
    return _put_right(request, found, fact)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct_step(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """Change a step of a plan, or take it out."""
    officer = officer_of(request)
    hold(request, ChildInNeedPlan, pk)
    found = opened_plan(officer, pk)
    fact = fact_to_correct((PlannedStep,), "plannedstep", target, lambda fact: record_of(fact) == found)
    return _put_right(request, found, fact)


@require_safe
def tools(request: HttpRequest) -> HttpResponse:
    """What helps to hear a child whom questions alone do not reach."""
    trail.nothing_shown()
    rows = [(str(Tool(key).label), *said) for key, said in TOOLS.items()]
    return render(request, "assessing/tools.html", {"tools": rows, "ways": [label for _, label in Way.choices]})
