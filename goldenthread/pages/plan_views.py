"""Plans: the list, one plan, how it differs from the one before, its export, and adopting the template."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.core import trail
from goldenthread.core.clock import today
from goldenthread.core.errors import Refused
from goldenthread.exchange.comparison import compare
from goldenthread.exchange.writers import to_docx, to_json, to_xlsx
from goldenthread.pages.plan_forms import AdoptForm, FilterForm
from goldenthread.pages.plan_page import MINE, Filter, plan_page
from goldenthread.people.access import officer_of
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.plan import template
from goldenthread.plan.content import PlanContent
from goldenthread.plan.models import Plan
from goldenthread.plan.status import TITLES
from goldenthread.plan.storing import content_of

CONTENT_TYPES = {
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan that is held, each version."""
    found = Plan.objects.select_related("confirmed_by", "later")
    return render(request, "pages/plan/plans.html", {"plans": found, "may": may(request)})


@require_safe
def current(request: HttpRequest) -> HttpResponse:
    """The plan in force; with none, or several, the list."""
    found = list(Plan.objects.current()[:2])
    return redirect(found[0]) if len(found) == 1 else redirect("plans")


def may(request: HttpRequest) -> dict[str, bool]:
    """What the officer may do with a plan, for templates."""
    officer = officer_of(request)
    return {
        "keep": officer.may(Permission.KEEP_PLAN),
        "update": officer.may(Permission.UPDATE_PLAN),
        "open": officer.may(Permission.READ_RECORDS),
        "figures": officer.may(Permission.READ_FIGURES),
    }


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of a plan."""
    shown = get_object_or_404(Plan.objects.select_related("previous", "later"), pk=pk)
    asked = {name: request.GET.get(name, "") for name in ("lead", "standard", "status", "due")}
    if asked["due"] not in dict(FilterForm.DUE):
        asked["due"] = ""
    page = plan_page(shown, Filter(**asked), officer_of(request))
    form = FilterForm(
        initial=asked,
        leads=[(MINE, "Me"), *((name, name) for name in page.parties)],
        standards=[(str(s.number), f"{s.number}. {s.title}") for s in shown.standards.all()],
        statuses=TITLES.items(),
    )
    context = {"page": page, "plan": shown, "form": form, "filtered": any(asked.values()), "may": may(request)}
    return render(request, "pages/plan/plan.html", context | {"later": getattr(shown, "later", None), "today": today()})


@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version of a plan added, changed and dropped."""
    shown = get_object_or_404(Plan.objects.select_related("previous"), pk=pk)
    if shown.previous is None:
        raise Http404
    found = compare(content_of(shown.previous, shown.previous.as_at), content_of(shown, shown.as_at))
    return render(request, "pages/plan/changes.html", {"plan": shown, "changes": found})


def _written(content: PlanContent, kind: str) -> bytes:
    if kind == "json":
        return json.dumps(to_json(content), ensure_ascii=False, indent=2).encode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"plan.{kind}"
        (to_docx if kind == "docx" else to_xlsx)(content, path)
        return path.read_bytes()


@require_safe
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A plan as it stands, as a file."""
    shown = get_object_or_404(Plan, pk=pk)
    if kind not in CONTENT_TYPES:
        raise Http404
    try:
        data = _written(content_of(shown), kind)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(shown)
    trail.write("export plan", shown, by=officer_of(request), format=kind)
    answer = HttpResponse(data, content_type=CONTENT_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="plan-{shown.pk}.{kind}"'
    return answer


@require_http_methods(["GET", "POST"])
def adopt_template(request: HttpRequest) -> HttpResponse:
    """Begin with the plan that is shipped."""
    by = officer_of(request)

    def act(given: dict[str, Any]) -> str:
        adopted = template.adopt_template(adopted_on=given["adopted_on"], title=given["title"], by=by)
        page.back = adopted.get_absolute_url()
        return f"“{adopted.title}” is adopted. Name who leads each of its actions."

    def make(data: Any) -> AdoptForm:
        return AdoptForm(data, initial={"adopted_on": today()})

    page = VerbPage(
        "Adopt the template plan",
        "Adopt it",
        act,
        back=reverse("plans"),
        back_to="All plans",
        template="pages/plan/adopt.html",
    )
    return show(request, page, make)
