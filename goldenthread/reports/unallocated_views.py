"""The page of the weekly and monthly figures on case files without a worker, and sending one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.facts import standing
from goldenthread.core.clock import today
from goldenthread.core.templatetags.words import day as day_in_words
from goldenthread.core.versions import hold
from goldenthread.people.access import officer_of
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.reports.models import PublishedReport
from goldenthread.reports.unallocated import NAME
from goldenthread.reports.unallocated_sending import send_unallocated_report
from goldenthread.standards.allocation.allocating.choices import REPORTED_TO, Period, role_in_words
from goldenthread.standards.allocation.allocating.models import WaitCycle, WaitReportSent
from goldenthread.standards.allocation.allocating.reporting import ended, keep_wait_reports, recipient

_SHOWN = 14


@dataclass(frozen=True, slots=True)
class Line:
    """One report: the last day of its week or month; when it went out, and where it is kept as it was sent (empty where it is
    not: before it is sent, its own page leads to the figures)."""

    as_at: date
    sent: WaitReportSent | None
    url: str


def _lines(cycle: WaitCycle, period: Period) -> list[Line]:
    """Those that are over: first what was not sent, then the newest. Two queries."""
    rows = standing(cycle.sent.filter(period=period).select_related("to", "by"))
    sent = {one.fact.as_at: one.fact for one in rows}
    editions = PublishedReport.objects.filter(name=NAME).order_by("published_at", "pk")
    frozen = list(editions.values_list("as_at", "published_at", "pk"))

    def kept(report: WaitReportSent) -> str:
        """Its own edition: a Sunday can end a month, and then there are two of that day."""
        found = (pk for as_at, at, pk in frozen if as_at == report.as_at and at >= report.occurred_at)
        return next((reverse("report-published", args=[pk]) for pk in found), "")

    days = sorted(ended(cycle, period), key=lambda as_at: as_at in sent)[:_SHOWN]
    return [
        Line(
            as_at,
            sent.get(as_at),
            kept(sent[as_at]) if as_at in sent else "",
        )
        for as_at in days
    ]


@require_safe
def unallocated_reports(request: HttpRequest) -> HttpResponse:
    """Every week and every month that is over: sent, or still owed; and the figures as they stand today."""
    officer = officer_of(request)
    cycle = WaitCycle.objects.select_related("officer").first()
    periods = [
        (
            period,
            role_in_words(REPORTED_TO[period]),
            _lines(cycle, period) if cycle else [],
        )
        for period in Period
    ]
    context = {
        "cycle": cycle,
        "periods": periods,
        "today": today(),
        "name": NAME,
        "may_send": officer.may(Permission.SEND_REPORTS),
        "may_open": officer.may(Permission.READ_RECORDS),
    }
    return render(request, "reports/unallocated.html", context)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def keeper(request: HttpRequest) -> HttpResponse:
    """From now on, whoever presses the button keeps these reports."""
    officer = officer_of(request)
    cycle = WaitCycle.objects.select_related("officer").first()

    def act(given: dict[str, Any]) -> str:
        keep_wait_reports(started_on=today(), by=officer)
        return "You keep the weekly and monthly figures from now on."

    page = VerbPage(
        heading="Keep the figures on case files without a worker",
        button="I keep them from now on",
        act=act,
        back=reverse("unallocated-reports"),
        back_to="The weekly and monthly figures",
        lead="Each week they are owed to the head of service, and each month to the executive member. The system makes "
        "them; you send them.",
        about=[("Kept now by", cycle.officer.name if cycle else "nobody")],
    )
    return show(request, page, forms.Form)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def send(request: HttpRequest, period: str, as_at: str) -> HttpResponse:
    """Send the report of one week or month: it is frozen as it was at its end."""
    officer = officer_of(request)
    try:
        of, on = Period(period), date.fromisoformat(as_at)
    except ValueError:
        raise Http404 from None
    cycle = get_object_or_404(WaitCycle)
    hold(request, WaitCycle, cycle.pk)
    if on not in ended(cycle, of):
        raise Http404
    to = recipient(of)

    def act(given: dict[str, Any]) -> str:
        sent = send_unallocated_report(cycle=cycle, period=of, as_at=on, by=officer)
        return f"The figures went to {sent.to.name}. They stay as they are, whatever is recorded later."

    page = VerbPage(
        heading=f"Send the {of.label.lower()} figures as at {day_in_words(on)}",
        button="Freeze and send",
        act=act,
        back=reverse("unallocated-reports"),
        back_to="The weekly and monthly figures",
        about=[("To", f"{to.name}, {role_in_words(REPORTED_TO[of])}" if to else "nobody: there is no such officer")],
        lead="They are made of what was known by the end of that day, and frozen in every format. They name no child.",
        links=[(reverse("report-named", args=[NAME, on.isoformat()]), "Look at them first")],
    )
    return show(request, page, forms.Form)
