"""The pages of opening one record in an emergency, and of accounting for it."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.cases.models import BreakGlass
from goldenthread.cases.references import case_file_called
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.core.templatetags.words import moment
from goldenthread.oversight.emergency import break_glass, review_break_glass
from goldenthread.oversight.forms import EmergencyForm, EmergencyReviewForm
from goldenthread.people.access import officer_of
from goldenthread.people.line import accounts_to
from goldenthread.people.step_up import stepped_up
from goldenthread.people.verb_page import VerbPage, doing, show


@require_http_methods(["GET", "POST"])
@stepped_up
def emergency(request: HttpRequest) -> HttpResponse:
    """Open one record that nothing else opens, and say why."""
    officer = officer_of(request)
    trail.nothing_shown()

    def act(given: dict[str, Any]) -> str:
        reference = given.pop("reference")
        try:
            opened = break_glass(case_file=case_file_called(reference), by=officer, **given)
        except Refused:
            trail.write("denied", "emergency", by=officer, why="refused", reference=trail.fingerprint(reference))
            raise
        page.back = reverse("case-file", args=[opened.case_file_id])
        return f"The record is open to you until {moment(opened.expires_at)}. {opened.manager} has been told."

    current = BreakGlass.objects.filter(officer=officer, expires_at__gt=now()).select_related("case_file")
    page = VerbPage(
        heading="Open a record in an emergency",
        button="Open the record",
        act=act,
        back=reverse("access"),
        back_to="Access",
        lead="For when a child may be in danger and nobody who holds the record can be reached. It opens one record for four "
        "hours. Your manager is told at once and reviews it within two working days.",
        links=[
            (
                reverse("case-file", args=[one.case_file_id]),
                f"{one.case_file} is open to you until {moment(one.expires_at)}",
            )
            for one in current
        ],
    )
    return show(
        request, page, lambda data: EmergencyForm(data, initial={"reference": request.GET.get("reference", "")[:20]})
    )


@require_http_methods(["GET", "POST"])
@transaction.atomic
def emergency_review(request: HttpRequest, pk: int) -> HttpResponse:
    """What was opened, by whom and why; and whether it was right. The child is not named."""
    officer = officer_of(request)
    mine = Q(officer=officer) | Q(manager=officer) | Q(next_manager=officer)
    opened = BreakGlass.objects.select_related("officer", "case_file", "reviewed_by").filter(pk=pk).first()
    if opened is None:
        raise Http404
    may_review = accounts_to(opened.officer, officer)
    if not may_review and not BreakGlass.objects.filter(mine, pk=pk).exists():
        raise Http404
    trail.write("see break-glass", opened, by=officer, why="line manager" if may_review else "own account")
    about = [
        ("Opened by", f"{opened.officer.name}, {opened.officer.role_data.title.lower()}"),
        ("Record", str(opened.case_file)),
        ("Opened", f"{moment(opened.opened_at)}, until {moment(opened.expires_at)}"),
        ("Emergency", opened.get_category_display()),
        ("What had happened", opened.reason),
    ]
    if opened.reviewed_at and opened.reviewed_by:
        about.append(("Reviewed", f"{moment(opened.reviewed_at)} by {opened.reviewed_by.name}"))
        about.append((opened.get_finding_display(), opened.finding_words))
    page = VerbPage(
        heading="A record opened in an emergency",
        button="Record your review",
        act=doing(review_break_glass, "Your review is recorded.", opened=opened, by=officer),
        back=reverse("home"),
        back_to="What I owe",
        about=about,
        closed=opened.reviewed_at is not None or not may_review,
    )
    return show(request, page, EmergencyReviewForm)
