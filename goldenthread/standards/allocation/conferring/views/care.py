"""The pages of children who are looked after."""

from functools import partial

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.opening import opened_file, opened_record
from goldenthread.core.clock import now
from goldenthread.core.templatetags.words import day
from goldenthread.core.versions import hold
from goldenthread.obligations.correct_form import CorrectForm, boxes_of
from goldenthread.obligations.correct_page import fact_to_correct, show_correction
from goldenthread.obligations.correcting import standing_of
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.owed_on import owed_on
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.verb_page import VerbPage, doing, show, show_new
from goldenthread.standards.allocation.conferring import care as verbs
from goldenthread.standards.allocation.conferring.choices import MeetingKind
from goldenthread.standards.allocation.conferring.forms import CareEndForm, CareForm
from goldenthread.standards.allocation.conferring.models import LookedAfter
from goldenthread.standards.allocation.conferring.requirements import reviews_of
from goldenthread.standards.allocation.conferring.timeline import history
from goldenthread.standards.allocation.conferring.views.record import may_record


def opened(officer: Officer, pk: int) -> LookedAfter:
    """The first row of it, with a trail entry of its being read. Raises Http404 where the officer may not open it."""
    rows = LookedAfter.objects.filter(root=None).select_related("case_file", "child", "by")
    rows = rows.prefetch_related(
        "later__by", "ends__by", "case_file__meetings__children", "case_file__meetings__helds__meeting"
    )
    file = LookedAfter.objects.filter(pk=pk).values_list("case_file", flat=True).first()
    return opened_record(officer, rows, pk, "read looked-after child", case_file=file)


@require_safe
@transaction.atomic
def show_care(request: HttpRequest, pk: int) -> HttpResponse:
    """Since when a child is looked after, by what law, and the reviews."""
    officer = officer_of(request)
    first = opened(officer, pk)
    stands = first.stands
    last = stands.fact if stands else max([first, *first.later.all()], key=lambda row: row.pk)
    may = may_record(officer, first.case_file) and stands is not None
    review = f"{reverse('file-meeting', args=[first.case_file_id])}?kind={MeetingKind.LOOKED_AFTER}"

    def settle(row: Obligation) -> tuple[str, str]:
        return (review, "Convene the review") if may else ("", "")

    owed, settled = owed_on(first, officer, settle=settle, about=lambda row: f"owed since {day(row.since_at)}")
    context = {
        "first": first,
        "care": last,
        "ended": first.ended,
        "owed": owed,
        "settled": settled,
        "reviews": reviews_of(first)[::-1],
        "entries": history([first, *first.later.all()], first.ends.all()),
        "may_record": may,
        "review": review,
    }
    return render(request, "conferring/care.html", context)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def look_after(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a child of a case file is looked after."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read case file")
    children = list(found.children.all()[:2])
    begun = {"occurred_at": now(), "child": children[0].pk if len(children) == 1 else None}
    return show_new(
        request,
        lambda data: CareForm(data, case_file=found, initial=begun),
        verb=partial(verbs.look_after, case_file=found, by=officer),
        said=lambda made: "It is recorded. The first review is owed.",
        heading="A child is looked after",
        button="Record it",
        back=reverse("case-file", args=[pk]),
        back_to=f"Case file {found}",
        lead="In care, or accommodated by the council. From then on the child's case is reviewed, as the law says how often.",
    )


@require_http_methods(["GET", "POST"])
@transaction.atomic
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The child is no longer looked after."""
    officer = officer_of(request)
    first = opened(officer, pk)
    page = VerbPage(
        heading="The child is no longer looked after",
        button="Record the end",
        act=doing(verbs.end_care, "It is recorded. Reviews that were missed stay missed.", care=first, by=officer),
        back=first.get_absolute_url(),
        back_to="The looked-after child",
        about=[("Child", first.child.name)],
    )
    return show(request, page, lambda data: CareEndForm(data, initial={"occurred_at": now()}))


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct since when or by what law, or how it ended; or take it back."""
    officer = officer_of(request)
    hold(request, LookedAfter, pk)
    first = opened(officer, pk)
    fact = fact_to_correct(verbs.CORRECTABLE, kind, target, lambda fact: verbs.care_of(fact) == first)
    names = verbs.CORRECTABLE[type(fact)]
    boxes = boxes_of(fact, names)
    return show_correction(
        request,
        lambda data: CorrectForm(data, fact=fact, boxes=boxes),
        correct=lambda given, why: verbs.correct_care(fact=fact, changes=given, reason=why, by=officer),
        withdraw=lambda why: verbs.correct_care(fact=fact, changes=None, reason=why, by=officer),
        standing=standing_of(fact, names),
        back=first.get_absolute_url(),
        back_to="The looked-after child",
    )
