"""The pages of a plan for a child in need: making it, its steps, signing it off and reviewing it."""

from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.facts import standing
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import now, today
from goldenthread.core.versions import hold
from goldenthread.people.access import officer_of
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, show, show_new
from goldenthread.standards.assessment.assessing import plans
from goldenthread.standards.assessment.assessing import standing as stands
from goldenthread.standards.assessment.assessing.forms import PlanForm, ReasonForm, ReviewForm, StepForm
from goldenthread.standards.assessment.assessing.models import ChildInNeedPlan
from goldenthread.standards.assessment.assessing.views.reading import duties, opened_assessment, opened_plan


@require_http_methods(["GET", "POST"])
@transaction.atomic
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan from an assessment."""
    officer = officer_of(request)
    found = opened_assessment(officer, pk)

    may = plans.may_have_plan(found)
    children = list(found.children.all())
    initial = {"children": [child.pk for child in children], "made_at": now()}
    return show_new(
        request,
        lambda data: PlanForm(data, children=children, initial=initial),
        verb=partial(plans.make_plan, assessment=found, by=officer),
        said=lambda made: "The plan is begun. Add what will be done.",
        heading="Plan for a child in need",
        button="Begin the plan",
        back=found.get_absolute_url(),
        back_to=f"Assessment {found}",
        closed=not may,
        warning="" if may else "A plan follows from an assessment that is signed off and decides that there be one.",
    )


@require_safe
@transaction.atomic
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one plan."""
    officer = officer_of(request)
    found = opened_plan(officer, pk)
    owed, settled = duties(found, officer)
    rows = list(found.steps.all())
    signed = [s.fact for s in standing(found.sign_offs.all())]
    last = max((row.recorded_at for row in signed), default=None)
    may_record = officer.may(Permission.RECORD_REFERRALS) and sight_of(officer).may_write(found.case_file)
    ended = found.ended
    context = {
        "plan": found,
        "steps": [
            (s, [r for r in rows if r.pk in s.ids and r.pk != s.fact.pk], bool(last and s.fact.recorded_at > last))
            for s in sorted(standing(rows), key=lambda s: (s.fact.by_when, s.first.pk))
        ],
        "gone": [row for row in rows if row.withdrawn],
        "signed": signed,
        "changed": plans.changed_since_signed(found),
        "reviews": [s.fact for s in reversed(standing(found.reviews.all()))],
        "ended": ended,
        "owed": owed,
        "settled": settled,
        "today": today(),
        "may_record": may_record and ended is None,
        "may_sign": may_record and ended is None and officer.may(Permission.SIGN_OFF),
        "may_read_trail": officer.may(Permission.READ_TRAIL),
    }
    return render(request, "assessing/plan.html", context)


def _page(found: ChildInNeedPlan, **more: Any) -> VerbPage:
    ended = found.ended is not None
    more.setdefault("warning", "The plan has ended." if ended else "")
    return VerbPage(back=found.get_absolute_url(), back_to=f"Plan {found}", closed=ended, **more)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a step."""
    officer = officer_of(request)
    found = opened_plan(officer, pk)

    def act(given: dict[str, Any]) -> str:
        plans.plan_step(plan=found, by=officer, **given)
        return "The step is in the plan."

    return show(request, _page(found, heading="Add a step", button="Add it to the plan", act=act), StepForm)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """A manager signs the plan off."""
    officer = officer_of(request)
    hold(request, ChildInNeedPlan, pk)
    found = opened_plan(officer, pk)

    def act(given: dict[str, Any]) -> str:
        plans.sign_off_plan(plan=found, by=officer, **given)
        return "The plan is signed off."

    about = [("What is to be different", found.aim)]
    about += [(s.fact.need, f"{s.fact.what} ({s.fact.who})") for s in standing(found.steps.all())]
    page = _page(
        found, heading="Sign off the plan", button="Sign it off", act=act, about=about, standing=stands.of_plan(found)
    )
    label = "Why do you sign it off?"
    hint = "Whether each need has an answer, and whether what is promised can be kept."
    return show(
        request,
        page,
        lambda data: ReasonForm(
            data, label=label, help_text=hint, what="why you sign it off", initial={"occurred_at": now()}
        ),
    )


@require_http_methods(["GET", "POST"])
@transaction.atomic
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a review of the plan."""
    officer = officer_of(request)
    hold(request, ChildInNeedPlan, pk)
    found = opened_plan(officer, pk)

    def act(given: dict[str, Any]) -> str:
        plans.review_plan(plan=found, by=officer, **given)
        return "The review is recorded."

    more: dict[str, Any] = {}
    if found.signed is None:
        more["warning"] = "The plan is not signed off yet: a manager signs it off first."
    page = _page(
        found, heading="Review the plan", button="Record the review", act=act,
        about=[(s.fact.need, f"{s.fact.what}. The child will know: {s.fact.sign}") for s in standing(found.steps.all())],
        standing=stands.of_plan(found), **more,
    )  # fmt: skip
    return show(request, page, lambda data: ReviewForm(data, initial={"occurred_at": now()}))
