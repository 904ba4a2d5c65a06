"""The page of who may open a case file, and the verbs that let officers in or shut them out."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread.cases.models import CaseFile, DutyShift, Involvement
from goldenthread.cases.opening import opened_file
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import now
from goldenthread.oversight.forms import InvolveForm, RestrictForm
from goldenthread.oversight.relationships import end_involvement, involve
from goldenthread.oversight.restrictions import children_of, restrict
from goldenthread.people.access import officer_of
from goldenthread.people.line import line_above
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, show


@require_safe
@transaction.atomic
def file_access(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may open this file now, and why."""
    officer = officer_of(request)
    found, at = opened_file(officer, pk, "see who may open"), now()
    on_duty = DutyShift.objects.filter(starts_at__lte=at, ends_at__gt=at).select_related("officer", "team")
    involved = found.involvements.select_related("officer", "by")
    context = {
        "case_file": found,
        "line": line_above(found.worker) if found.worker else _line_of_team(found),
        "involved": [one for one in involved if one.until_at is None or one.until_at > at],
        "ended": [one for one in involved if one.until_at is not None and one.until_at <= at],
        "on_duty": [shift for shift in on_duty if shift.team_id in (None, found.team_id)]
        if not found.closed_at
        else [],
        "children": children_of(found),
        "may_involve": officer.may(Permission.REVIEW_ACCESS),
        "may_restrict": officer.may(Permission.RESTRICT),
    }
    return render(request, "oversight/file_access.html", context)


def _line_of_team(case_file: CaseFile) -> list[Officer]:
    return line_above(Officer(role="worker", team=case_file.team))


@require_http_methods(["GET", "POST"])
@transaction.atomic
def file_involve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one more officer in: a co-worker, a conference chair, an auditor."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "see who may open")

    def act(given: dict[str, Any]) -> str:
        tie = involve(case_file=found, by=officer, **given)
        return f"The file is open to {tie.officer.name}."

    page = VerbPage(
        heading="Let an officer open this file",
        button="Let them in",
        act=act,
        back=reverse("file-access", args=[pk]),
        back_to=f"Who may open {found}",
    )
    return show(request, page, InvolveForm)


@require_POST
@transaction.atomic
def involvement_end(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """Close the file to a co-worker, chair or auditor."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "see who may open")
    tie = get_object_or_404(Involvement, pk=target, case_file=found)
    end_involvement(involvement=tie, by=officer)
    messages.success(request, f"The file is closed to {tie.officer.name}, unless something else opens it.")
    return redirect("file-access", pk)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def file_restrict(request: HttpRequest, pk: int) -> HttpResponse:
    """Restrict a child's records to named officers."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "see who may open")
    children = [child for child, restriction in children_of(found) if restriction is None]
    if not children:
        messages.info(request, "Every child of this file is restricted already.")
        return redirect("file-access", pk)

    def act(given: dict[str, Any]) -> str:
        restrict(by=officer, **given)
        if not sight_of(officer).why(found):
            page.back = reverse("access")
        return "The records are restricted to those on the list."

    holder = [found.worker] if found.worker and found.worker != officer else []
    page = VerbPage(
        heading="Restrict a child's records",
        button="Restrict the records",
        act=act,
        back=reverse("file-access", args=[pk]),
        back_to=f"Who may open {found}",
        lead="For everyone who is not on the list, the child is in no list, search or count. Whoever looks the child up for "
        "a referral is told to phone your contact. It is looked at again every 90 days.",
    )
    return show(
        request,
        page,
        lambda data: RestrictForm(
            data,
            children=children,
            initial={"child": children[0].pk, "named": [officer, *holder], "contact": officer},
        ),
    )
