"""Pages of reports: those that were published, and the progress report as it would read now."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.core import trail
from goldenthread.core.clock import today
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.keys import VERSION
from goldenthread.core.pages import page_of
from goldenthread.core.templatetags.words import day as day_in_words
from goldenthread.core.versions import Standing, hold, is_stale, version_of
from goldenthread.people.access import officer_of
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.plan.models import Plan
from goldenthread.reports import formats, html
from goldenthread.reports.actions import publish_progress_report
from goldenthread.reports.forms import ReportForm
from goldenthread.reports.json import from_text
from goldenthread.reports.models import PublishedReport
from goldenthread.reports.progress import progress_report
from goldenthread.reports.registry import REPORTS, build
from goldenthread.reports.tree import Document


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """What was published, newest first, and a form that leads to the report as at a day."""
    asked = "as_at_day" in request.GET
    form = ReportForm(request.GET if asked else None, initial={"as_at": today()})
    if asked and form.is_valid():
        return redirect("report-progress", form.cleaned_data["plan"].pk, form.cleaned_data["as_at"].isoformat())
    published = PublishedReport.objects.without_files().select_related("by")
    officer, month_start = officer_of(request), today().replace(day=1)
    context = {
        "form": form,
        "page": page_of(request, published),
        "has_plan": Plan.objects.exists(),
        "named": [r for r in REPORTS.values() if r.name != "progress" and officer.may(r.permission)],
        "days": [month_start - timedelta(days=1), today()],
    }
    return render(request, "reports/reports.html", context)


def _day(as_at: str) -> date:
    try:
        day = date.fromisoformat(as_at)
    except ValueError:
        raise Http404 from None
    if day > today() or day.year < 1900:
        raise Http404
    return day


def _shown(document: Document) -> dict[str, object]:
    # Every text in the fragment is escaped where it is drawn (html.py).
    return {"document": document, "body": mark_safe(html.fragment(document)), "formats": formats.TITLES}  # noqa: S308


@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest, plan: int, as_at: str) -> HttpResponse:
    """The progress report as at a day, from what is known now; posting publishes it."""
    day, officer = _day(as_at), officer_of(request)
    hold(request, Plan, plan)
    held = get_object_or_404(Plan, pk=plan)
    editions = PublishedReport.objects.without_files().filter(name="progress", plan=held, as_at=day)
    standing = Standing(version_of(list(editions.values_list("pk"))))
    if is_stale(request, standing):
        messages.error(
            request,
            "Another edition was published after you opened this page. Read it, and publish again if yours is still wanted.",
        )
    elif request.method == "POST":
        try:
            published = publish_progress_report(plan=held, as_at=day, by=officer)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("report-progress", plan, as_at)
        messages.success(request, "The report is published. It stays as it is, whatever happens to the records.")
        return redirect(published)
    context = _shown(progress_report(held, day))
    context |= {"plan": held, "as_at": day, "may_publish": officer.may(Permission.PUBLISH_REPORT)}
    context |= {"earlier": list(editions), VERSION: standing.version}
    return render(request, "reports/progress.html", context)


def _attachment(content: bytes, title: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=formats.CONTENT_TYPES[kind])
    response["Content-Disposition"] = content_disposition_header(True, formats.file_name(title, kind))
    return response


@require_safe
@transaction.atomic
def progress_file(request: HttpRequest, plan: int, as_at: str, kind: str) -> HttpResponse:
    """The progress report as at a day as a file. It is a draft: it is not published."""
    if kind not in formats.CONTENT_TYPES:
        raise Http404
    day = _day(as_at)
    held = get_object_or_404(Plan, pk=plan)
    document = progress_report(held, day)
    trail.write("download draft report", held, by=officer_of(request), report="progress", as_at=day, format=kind)
    return _attachment(formats.render(document, kind), f"{document.title} draft", kind)


def _named(request: HttpRequest, name: str, as_at: str) -> Document:
    if name not in REPORTS or name == "progress":
        raise Http404
    try:
        return build(name, _day(as_at), by=officer_of(request))
    except NotAllowed:
        raise Http404 from None


@require_safe
def named(request: HttpRequest, name: str, as_at: str) -> HttpResponse:
    """A report by its name, as at a day, from what is known now."""
    context = _shown(_named(request, name, as_at)) | {"name": name, "as_at": as_at}
    may = REPORTS[name].publisher is not None and officer_of(request).may(Permission.PUBLISH_REPORT)
    return render(request, "reports/named.html", context | {"may_publish": may})


@require_http_methods(["GET", "POST"])
@transaction.atomic
def named_publish(request: HttpRequest, name: str, as_at: str) -> HttpResponse:
    """Publish a report by its name, as at a day: it stays as it is printed then."""
    report, on, officer = REPORTS.get(name), _day(as_at), officer_of(request)
    publisher = report.publisher if report else None
    if report is None or publisher is None:
        raise Http404
    if request.method == "POST" and report.holds:
        report.holds(on)  # before the editions are read
    editions = PublishedReport.objects.without_files().filter(name=name, as_at=on)

    def act(given: dict[str, Any]) -> str:
        page.back = publisher(as_at=on, by=officer).get_absolute_url()
        return "The report is published. It stays as it is, whatever happens to the records."

    page = VerbPage(
        heading=f"Publish: {report.title}, as at {day_in_words(on)}",
        button="Publish",
        act=act,
        back=reverse("report-named", args=[name, as_at]),
        back_to="The report as it would read now",
        lead="It is frozen in every format, with what is recommended beside the figures.",
        about=[("Published already", f"edition {one.edition}, {day_in_words(one.published_at)}") for one in editions],
        standing=Standing(version_of(list(editions.values_list("pk")))),
    )
    return show(request, page, forms.Form)


@require_safe
@transaction.atomic
def named_file(request: HttpRequest, name: str, as_at: str, kind: str) -> HttpResponse:
    """A report by its name as a file."""
    if kind not in formats.CONTENT_TYPES:
        raise Http404
    document = _named(request, name, as_at)
    trail.write("download report", f"report:{name}", by=officer_of(request), as_at=document.as_at, format=kind)
    return _attachment(formats.render(document, kind), f"{document.title} as at {as_at}", kind)


@require_safe
def published(request: HttpRequest, pk: int) -> HttpResponse:
    """A published report as it was published."""
    report = get_object_or_404(PublishedReport.objects.defer("html", "docx", "pdf").select_related("by"), pk=pk)
    context = _shown(from_text(report.file("json").decode("utf-8")))
    return render(request, "reports/published.html", context | {"report": report})


@require_safe
@transaction.atomic
def published_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A published report's file: the very bytes that were published."""
    if kind not in formats.CONTENT_TYPES:
        raise Http404
    report = get_object_or_404(PublishedReport, pk=pk)
    content = report.file(kind)
    trail.write("download report", report, by=officer_of(request), format=kind)
    return _attachment(content, report.title, kind)
