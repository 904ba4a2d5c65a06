"""The pages of access: what there is to do, and the duty rota."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread.cases.models import BreakGlass, DutyShift
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.pages import page_of
from goldenthread.oversight.forms import DutyForm
from goldenthread.oversight.relationships import put_on_duty, take_off_duty
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, show


@require_safe
def access(request: HttpRequest) -> HttpResponse:
    """What an officer does about access: their own, their team's, a child's."""
    officer = officer_of(request)
    trail.nothing_shown()
    context = {
        "open_now": BreakGlass.objects.filter(officer=officer, expires_at__gt=now()).select_related("case_file"),
        "may_break": officer.may(Permission.RECORD_REFERRALS),
        "may_restrict": officer.may(Permission.RESTRICT),
        "may_review": officer.may(Permission.REVIEW_ACCESS),
    }
    return render(request, "oversight/access.html", context)


def _teams(officer: Officer) -> list[Team]:
    reached = officer.line_team_ids()
    return list(Team.objects.all() if reached is None else Team.objects.filter(pk__in=reached))


@require_safe
def duty(request: HttpRequest) -> HttpResponse:
    """Who is on duty now and next, for the teams that the officer sees, and out of hours."""
    officer = officer_of(request)
    trail.nothing_shown()
    reached = officer.team_ids_reached()
    rows = DutyShift.objects.filter(ends_at__gt=now()).select_related("officer", "team")
    if reached is not None:
        rows = rows.filter(team__in=reached) | rows.filter(team=None)
    may_keep = officer.may(Permission.REVIEW_ACCESS)
    own = {team.pk for team in _teams(officer)} if may_keep else set()
    page = page_of(request, rows)
    at = now()
    shown = [
        (row, row.starts_at <= at, row.team_id in own or (may_keep and not row.team_id and len(own) > 1))
        for row in page
    ]
    return render(request, "oversight/duty.html", {"page": page, "rows": shown, "may_keep": may_keep})


@require_http_methods(["GET", "POST"])
def duty_add(request: HttpRequest) -> HttpResponse:
    """Put an officer on the rota."""
    officer = officer_of(request)
    trail.nothing_shown()
    teams = _teams(officer)

    def act(given: dict[str, Any]) -> str:
        shift = put_on_duty(by=officer, **given)
        return f"{shift.officer.name} is on the rota."

    page = VerbPage(
        heading="Put an officer on duty",
        button="Put them on the rota",
        act=act,
        back=reverse("duty"),
        back_to="The duty rota",
        lead="While a shift lasts, the team's open files are open to whoever is on duty. Out of hours, every team's are.",
    )
    return show(
        request,
        page,
        lambda data: DutyForm(
            data,
            teams=teams,
            out_of_hours=officer.role_data.scope in {"group", "service"},
            initial={"starts_at": now()},
        ),
    )


@require_POST
def duty_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a shift off the rota, or end it now."""
    shift = get_object_or_404(DutyShift, pk=pk)
    take_off_duty(shift=shift, by=officer_of(request))
    messages.success(request, f"{shift.officer.name} is off the rota for that shift.")
    return redirect("duty")
