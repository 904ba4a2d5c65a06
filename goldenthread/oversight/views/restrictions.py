"""The pages of the restrictions in force: the list, one of them, looking again, lifting."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.models import Restriction
from goldenthread.core import trail
from goldenthread.core.templatetags.words import moment
from goldenthread.core.versions import Standing, hold, version_of
from goldenthread.oversight.forms import ReasonForm, RestrictionReviewForm
from goldenthread.oversight.restrictions import lift_restriction, review_restriction
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.verb_page import VerbPage, doing, show


def _named(officer: Officer, pk: int) -> Restriction:
    """One that names the officer, or a 404."""
    rows = Restriction.objects.select_related("child", "contact", "by").filter(named=officer)
    found = get_object_or_404(rows, pk=pk)
    trail.write("see restriction", found, by=officer, why="named on the list", child=found.child_id)
    return found


def _standing(found: Restriction) -> Standing:
    named = list(found.named.order_by("name"))
    last = found.reviews.select_related("by").last()
    return Standing(
        version_of(found.lifted_at, found.contact_id, [officer.pk for officer in named], last.pk if last else None),
        last.by.name if last else "",
        last.occurred_at if last else None,
        (("On the list now", ", ".join(officer.name for officer in named)), ("Others phone", found.contact.name)),
    )


def _about(found: Restriction) -> list[tuple[str, str]]:
    return [("Restricted", moment(found.since_at)), ("Why", found.reason)]


@require_safe
@transaction.atomic
def restrictions(request: HttpRequest) -> HttpResponse:
    """Those in force that name the officer, longest without a review first."""
    officer = officer_of(request)
    in_force = Restriction.objects.filter(named=officer, lifted_at=None).select_related("child", "contact")
    found = list(in_force.prefetch_related("reviews").order_by("since_at"))
    trail.write("list restrictions", "cases.restriction:list", by=officer, found=[one.pk for one in found])
    rows = [(one, max((review.occurred_at for review in one.reviews.all()), default=None)) for one in found]
    return render(request, "oversight/restrictions.html", {"rows": rows})


@require_safe
@transaction.atomic
def restriction(request: HttpRequest, pk: int) -> HttpResponse:
    """One restriction: why, who is on the list, what reviews found."""
    found = _named(officer_of(request), pk)
    context = {
        "one": found,
        "named": found.named.select_related("team"),
        "reviews": found.reviews.select_related("by").order_by("-occurred_at"),
    }
    return render(request, "oversight/restriction.html", context)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def restriction_review(request: HttpRequest, pk: int) -> HttpResponse:
    """It is still needed, and for these officers."""
    officer = officer_of(request)
    hold(request, Restriction, pk)
    found = _named(officer, pk)
    said = "The review is recorded. The next one is owed in 90 days."
    page = VerbPage(
        heading="Is this restriction still needed?",
        button="It is still needed",
        act=doing(review_restriction, said, restriction=found, by=officer),
        back=reverse("restriction", args=[pk]),
        back_to="The restriction",
        about=_about(found),
        lead="If the reason has ended, lift the restriction instead.",
        standing=_standing(found),
    )
    named = list(found.named.order_by("name"))
    return show(
        request, page, lambda data: RestrictionReviewForm(data, initial={"named": named, "contact": found.contact})
    )


@require_http_methods(["GET", "POST"])
@transaction.atomic
def restriction_lift(request: HttpRequest, pk: int) -> HttpResponse:
    """The reason has ended."""
    officer = officer_of(request)
    found = _named(officer, pk)
    page = VerbPage(
        heading="Lift this restriction",
        button="Lift the restriction",
        act=doing(lift_restriction, "The restriction is lifted.", restriction=found, by=officer),
        back=reverse("restriction", args=[pk]),
        back_to="The restriction",
        about=_about(found),
    )
    return show(request, page, ReasonForm)
