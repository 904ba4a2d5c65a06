"""The page of a move to temporary accommodation, and the pages of what is done on it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.opening import opened_file, opened_record
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import now, today
from goldenthread.core.templatetags.words import day, moment
from goldenthread.core.versions import hold
from goldenthread.obligations.correct_form import CorrectForm
from goldenthread.obligations.correct_page import fact_to_correct, show_correction
from goldenthread.obligations.correcting import last_row, standing_of
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.owed_on import owed_on
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, doing, show, show_new
from goldenthread.standards.assessment.housing.actions import CORRECTABLE, correct, move_of, record_move
from goldenthread.standards.assessment.housing.course import assessments as standing_assessments
from goldenthread.standards.assessment.housing.course import days_in, ended, limit_of, outcomes, over_limit, reports
from goldenthread.standards.assessment.housing.deeds import BY_KEY, BY_KIND, SETTLED_BY, Deed
from goldenthread.standards.assessment.housing.forms import MoveForm, ReportForm
from goldenthread.standards.assessment.housing.models import (
    ShortfallReport,
    Suitability,
    TemporaryMove,
)
from goldenthread.standards.assessment.housing.timeline import WITH, timeline

View = Callable[..., HttpResponse]


def opened(officer: Officer, pk: int) -> TemporaryMove:
    """The move, with a trail entry of its being read. Raises Http404 where the officer may not open it."""
    rows = TemporaryMove.objects.select_related("case_file__team", "case_file__worker", "by")
    return opened_record(officer, rows.prefetch_related("children", *WITH), pk, "read temporary move")


def _may(officer: Officer, case_file: CaseFile, deed: Deed) -> bool:
    return deed.for_officer(officer) and sight_of(officer).may_write(case_file)


def _names(move: TemporaryMove) -> dict[str, str]:
    """What the keys of what is owed mean, in words."""
    names = {f"child-{child.pk}": child.name for child in move.children.all()}
    for one in move.suitability_assessments.all():
        names[f"assessment-{one.pk}"] = f"for {one.child.name}"
        for report in one.shortfall_reports.all():
            names[f"report-{report.pk}"] = f"to {report.to.name}, for {one.child.name}"
    return names


def _links(move: TemporaryMove, officer: Officer) -> list[tuple[str, str]]:
    """What can be done besides what is owed: its words and its address."""
    links = []
    if _may(officer, move.case_file, BY_KEY["outcome"]):
        for one in standing_assessments(move):
            for report in reports(move, one):
                if not outcomes(move, one, report):
                    words = f"Record what came of the report to {report.fact.to.name}"
                    links.append((words, reverse("temporary-outcome", args=[move.pk, report.first.pk])))
        if ended(move) is None:
            for child in move.children.all():
                links.append(
                    (f"Assess it again for {child.name}", reverse("temporary-assess", args=[move.pk, child.pk]))
                )
            links.append((BY_KEY["review"].title, reverse("temporary-review", args=[move.pk])))
            links.append((BY_KEY["end"].title, reverse("temporary-end", args=[move.pk])))
    return links


@require_safe
@transaction.atomic
def show_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one move."""
    officer = officer_of(request)
    found = opened(officer, pk)
    names = _names(found)
    may_write = sight_of(officer).may_write(found.case_file)

    def settle(owed: Obligation) -> tuple[str, str]:
        deed = SETTLED_BY[owed.requirement]
        if not may_write or not deed.for_officer(officer):
            return "", ""
        number = owed.key.partition("-")[2]
        return reverse(deed.url_name, args=[pk, *([number] if deed.on else [])]), deed.title

    owed, settled = owed_on(found, officer, settle=settle, about=lambda row: names.get(row.key, ""))
    taken = {duty.url for duty in owed}
    may_record = may_write and officer.may(Permission.RECORD_REFERRALS)
    context = {
        "move": found, "owed": owed, "settled": settled, "may_record": may_record,
        "entries": timeline(found, lambda fact: _correctable(fact, officer)),
        "links": [link for link in _links(found, officer) if link[1] not in taken],
        "ended": ended(found), "days": days_in(found, today()), "limit": limit_of(found),
        "over_limit": over_limit(found, now()),
    }  # fmt: skip
    return render(request, "housing/move.html", context)


def _correctable(fact: Fact, officer: Officer) -> bool:
    return BY_KIND[fact._meta.model_name or ""].for_officer(officer)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that children of a case file were moved."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read case file")

    begun = {"told_at": now(), "children": [child.pk for child in found.children.all()]}
    return show_new(
        request,
        lambda data: MoveForm(data, case_file=found, initial=begun),
        verb=partial(record_move, case_file=found, by=officer),
        said=lambda made: f"The move is recorded as {made.reference}. Assess the place for each child.",
        heading="Children moved to temporary accommodation",
        button="Record the move",
        back=reverse("case-file", args=[pk]),
        back_to=f"Case file {found}",
    )


def _about(move: TemporaryMove, target: models.Model | None) -> list[tuple[str, str]]:
    rows = [("Where", where(move)), ("Moved in", moment(move.moved_at))]
    child = target if isinstance(target, Child) else None
    one = target.assessment if isinstance(target, ShortfallReport) else target
    if isinstance(one, Suitability):
        child = one.child
        stands = last_row(one)
        rows += [(str(heading.label), words) for heading, judged, words in stands.judged() if judged == "shortfall"]
        rows += (
            [("To change", f"{stands.change_what}, by {stands.change_who} until {day(stands.change_by)}")]
            if stands.change_what
            else []
        )
    if isinstance(target, ShortfallReport):
        rows.append(("Asked", last_row(target).asked))
    return [("Child", child.name), *rows] if child else rows


def where(move: TemporaryMove) -> str:
    """Kind and place, in words; never the place where it is confidential."""
    place = "the place is confidential" if move.confidential else move.place
    return f"{move.get_kind_display()}: {place}" if place else str(move.get_kind_display())


def _target(deed: Deed, move: TemporaryMove, pk: int | None) -> models.Model | None:
    if deed.on is None:
        return None
    if deed.on is Child:
        return get_object_or_404(Child, pk=pk, temporary_moves=move)
    path = {"move": move} if deed.on is Suitability else {"assessment__move": move}
    rows: Any = deed.on._default_manager
    found: models.Model = get_object_or_404(rows, pk=pk, **path)
    return found


def _blank(deed: Deed, move: TemporaryMove, data: Any, begun: dict[str, Any]) -> forms.Form:
    if deed.form is ReportForm:
        return ReportForm(data, case_file=move.case_file, initial=begun)
    return deed.form(data, initial=begun)


def deed_view(key: str) -> View:
    """The page of one deed."""
    deed = BY_KEY[key]

    @require_http_methods(["GET", "POST"])
    @transaction.atomic
    def page(request: HttpRequest, pk: int, target: int | None = None) -> HttpResponse:
        officer = officer_of(request)
        found = opened(officer, pk)
        if not deed.for_officer(officer):
            raise Http404
        on = _target(deed, found, target)

        about = {deed.argument: on} if on is not None else {}
        known = {"move": found} if deed.on in (None, Child) else {}
        shown = VerbPage(
            heading=deed.title,
            button=deed.button,
            act=doing(deed.verb, deed.done, by=officer, **known, **about),
            back=found.get_absolute_url(),
            back_to=f"Temporary accommodation {found.reference}",
            about=_about(found, on),
            lead=deed.lead,
        )
        return show(request, shown, lambda data: _blank(deed, found, data, {"occurred_at": now()}))

    return page


class _Correction(CorrectForm):
    mark_optional = False


def _boxes_of(fact: Fact) -> dict[str, forms.Field]:
    """The boxes of what can be corrected, as they were when it was recorded."""
    boxes = BY_KIND[fact._meta.model_name or ""].form().fields
    return {name: box for name, box in boxes.items() if name in (*CORRECTABLE[type(fact)], "occurred_at")}


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct_fact(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct one fact, or take it back."""
    officer = officer_of(request)
    hold(request, TemporaryMove, pk)
    found = opened(officer, pk)
    fact = fact_to_correct(CORRECTABLE, kind, target, lambda fact: move_of(fact) == found)
    if not _correctable(fact, officer):
        raise Http404
    return show_correction(
        request,
        lambda data: _Correction(data, fact=fact, boxes=_boxes_of(fact)),
        correct=lambda given, why: correct(fact=fact, changes=given, reason=why, by=officer),
        withdraw=lambda why: correct(fact=fact, changes=None, reason=why, by=officer),
        standing=standing_of(fact, CORRECTABLE[type(fact)]),
        back=found.get_absolute_url(),
        back_to=f"Temporary accommodation {found.reference}",
        about=_about(found, None),
    )
