"""The pages of declaring a conflict, and of arranging who does the work instead."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.models import Conflict
from goldenthread.core import trail
from goldenthread.core.templatetags.words import moment
from goldenthread.oversight.conflicts import declare_conflict, review_conflict, withdraw_conflict
from goldenthread.oversight.forms import ConflictForm, ConflictReviewForm, ReasonForm
from goldenthread.people.access import officer_of
from goldenthread.people.line import accounts_to
from goldenthread.people.models import Officer
from goldenthread.people.verb_page import VerbPage, doing, show


@require_safe
@transaction.atomic
def conflicts(request: HttpRequest) -> HttpResponse:
    """What the officer has declared."""
    officer = officer_of(request)
    rows = list(Conflict.objects.filter(officer=officer))
    trail.write("list conflicts", "cases.conflict:list", by=officer, why="own account", found=[row.pk for row in rows])
    return render(request, "oversight/conflicts.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def conflict_declare(request: HttpRequest) -> HttpResponse:
    """Say whom one knows. It is not said whether there is a record."""
    officer = officer_of(request)
    trail.nothing_shown()
    said = "Your declaration is recorded. If there is a record under this name, it is closed to you."
    page = VerbPage(
        heading="Declare that you know a child",
        button="Declare it",
        act=doing(declare_conflict, said, by=officer),
        back=reverse("conflicts"),
        back_to="What you have declared",
        lead="If a child of your own family, or one whom you know, comes to the service, you must not see or work on their "
        "record. Only whoever answers for you can take a declaration back.",
    )
    return show(request, page, ConflictForm)


def _of_ones_line(officer: Officer, pk: int) -> Conflict:
    found = Conflict.objects.select_related("officer", "reviewed_by").filter(pk=pk).first()
    if found is None or not accounts_to(found.officer, officer):
        raise Http404
    trail.write("see conflict", found, by=officer, why="line manager")
    return found


def _about(found: Conflict) -> list[tuple[str, str]]:
    about = [
        ("Declared by", f"{found.officer.name}, {found.officer.role_data.title.lower()}"),
        ("Child", f"{found.given_names} {found.family_name}"),
        ("Who it is", found.get_kind_display()),
        ("Declared", moment(found.declared_at)),
    ]
    if found.reviewed_at and found.reviewed_by:
        about.append(
            (
                found.get_outcome_display(),
                f"{found.outcome_words} ({found.reviewed_by.name}, {moment(found.reviewed_at)})",
            )
        )
    if found.withdrawn_at:
        about.append(("Taken back", f"{moment(found.withdrawn_at)}: {found.withdrawn_why}"))
    return about


@require_http_methods(["GET", "POST"])
@transaction.atomic
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """What one's officer declared, and what was arranged."""
    officer = officer_of(request)
    found = _of_ones_line(officer, pk)
    page = VerbPage(
        heading="A declared conflict",
        button="Record it",
        act=doing(review_conflict, "What you arranged is recorded.", conflict=found, by=officer),
        back=reverse("home"),
        back_to="What I owe",
        about=_about(found),
        lead="The child's files are closed to this officer. Hand over what they hold, so that nobody is left without a visit.",
        links=[]
        if found.withdrawn_at
        else [(reverse("conflict-withdraw", args=[pk]), "It was declared in error, or has ended")],
        closed=bool(found.reviewed_at or found.withdrawn_at),
    )
    return show(request, page, ConflictReviewForm)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def conflict_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a declaration back, for one's officer."""
    officer = officer_of(request)
    found = _of_ones_line(officer, pk)
    page = VerbPage(
        heading="Take a declaration back",
        button="Take it back",
        act=doing(withdraw_conflict, "The declaration is taken back.", conflict=found, by=officer),
        back=reverse("conflict", args=[pk]),
        back_to="The declaration",
        about=_about(found),
    )
    return show(request, page, ReasonForm)
