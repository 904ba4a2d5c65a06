"""The pages of child protection plans: what is owed on one, core groups, reviews, and the end."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.beside import links_beside
from goldenthread.cases.opening import opened_record
from goldenthread.core.clock import now
from goldenthread.core.templatetags.words import day
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.owed_on import Duty, owed_on
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.verb_page import VerbPage, doing, show
from goldenthread.standards.assessment.protection.forms import EndForm, MetForm
from goldenthread.standards.assessment.protection.models import ProtectionPlan
from goldenthread.standards.assessment.protection.on_file import running_plans
from goldenthread.standards.assessment.protection.plans import end_plan, record_core_group, record_review
from goldenthread.standards.assessment.protection.requirements import visits
from goldenthread.standards.assessment.protection.telling import history
from goldenthread.standards.assessment.protection.views.discussions import may_record
from goldenthread.standards.assessment.recording.lateness import late_tag

_SHOWN = 20
_SETTLED_AT = {
    "protection.visit": ("file-record-add", "Record a visit"),
    "protection.seen-alone": ("file-record-add", "Record a visit"),
    "protection.first-core-group": ("protection-core-group", "Record a core group"),
    "protection.core-group": ("protection-core-group", "Record a core group"),
    "protection.first-review-conference": ("protection-review", "Record a review conference"),
    "protection.review-conference": ("protection-review", "Record a review conference"),
}


def opened(officer: Officer, pk: int) -> ProtectionPlan:
    """The first row of a plan, with a trail entry of its being opened. Raises Http404."""
    rows = ProtectionPlan.objects.filter(root=None).select_related("case_file", "child", "by", "conference")
    rows = rows.prefetch_related(
        "later__by", "core_groups__by", "reviews__by", "ends__by", "case_file__case_records__children",
        "case_file__case_records__made_by", "case_file__case_records__root",
    )  # fmt: skip
    file = ProtectionPlan.objects.filter(pk=pk).values_list("case_file", flat=True).first()
    return opened_record(officer, rows, pk, "read protection plan", case_file=file)


@require_safe
@transaction.atomic
def protection_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: what is owed on it now, the visits, and what was done."""
    officer, at = officer_of(request), now()
    first = opened(officer, pk)
    stands = first.stands
    last = stands.fact if stands else max([first, *first.later.all()], key=lambda row: row.pk)
    may = may_record(officer, first.case_file) and stands is not None
    seen = visits(first)[::-1]
    context = {
        "first": first,
        "plan": last,
        "ended": first.ended,
        "owed": _owed(first, officer, may),
        "visits": [(s.fact, s.first, last_seen(s.fact, first.child_id), late_tag(s.fact)) for s in seen[:_SHOWN]],
        "more_visits": len(seen) > _SHOWN,
        "history": history([first, *first.later.all()], first.core_groups.all(), first.reviews.all(), first.ends.all()),
        "may_record": may,
        "meetings": links_beside(first, officer),
        "at": at,
    }
    return render(request, "protection/plan.html", context)


def last_seen(record: Any, child: int) -> str:
    """How far the child was seen, in words."""
    return "seen alone" if record.saw(child) == "alone" else "seen, with others there"


def _owed(first: ProtectionPlan, officer: Officer, may: bool) -> list[Duty]:
    """What is open on the plan, soonest due first."""

    def settle(row: Obligation) -> tuple[str, str]:
        name, button = _SETTLED_AT[row.requirement]
        target = first.case_file_id if name.startswith("file-") else first.pk
        return (reverse(name, args=[target]), button) if may else ("", "")

    owed, _ = owed_on(first, officer, settle=settle, about=lambda row: f"owed since {day(row.since_at)}")
    return owed


def _met(request: HttpRequest, pk: int, heading: str, button: str, verb: Any, done: str) -> HttpResponse:
    officer = officer_of(request)
    first = opened(officer, pk)
    running = running_plans(first.case_file)

    def act(given: dict[str, Any]) -> str:
        verb(by=officer, **{**given, "plans": list(given["plans"])})
        return done

    page = VerbPage(
        heading=heading,
        button=button,
        act=act,
        back=first.get_absolute_url(),
        back_to="The child protection plan",
    )
    initial = {"plans": [plan.pk for plan in running], "occurred_at": now()}
    return show(request, page, lambda data: MetForm(data, plans=running, initial=initial))


@require_http_methods(["GET", "POST"])
@transaction.atomic
def core_group(request: HttpRequest, pk: int) -> HttpResponse:
    """The core group met."""
    return _met(
        request, pk, "The core group met", "Record the core group", record_core_group, "The core group is recorded."
    )


@require_http_methods(["GET", "POST"])
@transaction.atomic
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """A review conference was held."""
    done = "The review conference is recorded. If it ended a plan, record the end."
    return _met(request, pk, "A review conference was held", "Record the review", record_review, done)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan ended."""
    officer = officer_of(request)
    first = opened(officer, pk)

    page = VerbPage(
        heading="The plan ended",
        button="End the plan",
        act=doing(
            end_plan, "The plan is recorded as ended. What was missed before stays missed.", plan=first, by=officer
        ),
        back=first.get_absolute_url(),
        back_to="The child protection plan",
        about=[("Child", first.child.name)],
    )
    return show(request, page, lambda data: EndForm(data, initial={"occurred_at": now()}))
