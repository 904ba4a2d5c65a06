"""An assessment's page, the list of assessments, and starting one."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.facts import Standing, standing
from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.opening import opened_file, opened_record
from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.boxes import picker
from goldenthread.core.clock import now, today
from goldenthread.core.pages import page_of
from goldenthread.core.versions import hold
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, show, show_new
from goldenthread.standards.assessment.assessing import standing as stands
from goldenthread.standards.assessment.assessing.actions import say_who_is_disabled, start_assessment
from goldenthread.standards.assessment.assessing.choices import Answer, Kind, PartKind, State
from goldenthread.standards.assessment.assessing.clocks import clocks, kinds_on
from goldenthread.standards.assessment.assessing.forms import DisabledForm, StartForm
from goldenthread.standards.assessment.assessing.guidance import GUIDANCE, Guidance
from goldenthread.standards.assessment.assessing.models import (
    Assessment,
    AssessmentPart,
    ChildSeen,
    ChildsViews,
)
from goldenthread.standards.assessment.assessing.plans import may_have_plan
from goldenthread.standards.assessment.assessing.requirements import signed_off
from goldenthread.standards.assessment.assessing.rules import missing
from goldenthread.standards.assessment.assessing.states import STATE_COLOURS, in_state, with_state
from goldenthread.standards.assessment.assessing.views.reading import duties, opened_assessment
from goldenthread.standards.referrals.models import Referral


@dataclass(frozen=True, slots=True)
class Part:
    """One of the four parts, as the page shows it. earlier: what it said before, newest first."""

    kind: str
    label: str
    guidance: Guidance
    now: AssessmentPart | None
    says_something: bool
    earlier: list[AssessmentPart]


def parts_of(assessment: Assessment) -> list[Part]:
    """The four parts in order."""
    rows = list(assessment.parts.all())
    found = []
    for kind in PartKind:
        stood = assessment.part(kind)
        before = [row for row in rows if row.part == kind and (stood is None or row.pk != stood.fact.pk)]
        found.append(
            Part(
                kind.value,
                str(kind.label),
                GUIDANCE[kind],
                stood.fact if stood else None,
                bool(stood and stood.fact.says_something),
                sorted(before, key=lambda row: row.pk, reverse=True),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Heard:
    """One child: how they were seen and what they said. before: what earlier rows said, by the number of what stands."""

    child: Child
    disabled: bool
    seen: list[tuple[Standing[ChildSeen], list[ChildSeen]]]
    views: list[tuple[Standing[ChildsViews], list[ChildsViews]]]


def _heard(assessment: Assessment) -> list[Heard]:
    disabled = {child.pk for child in assessment.disabled.all()}
    rows_seen, rows_views = list(assessment.seen.all()), list(assessment.views.all())
    seen, views = standing(rows_seen), standing(rows_views)
    return [
        Heard(
            child,
            child.pk in disabled,
            [(s, [r for r in rows_seen if r.pk in s.ids and r.pk != s.fact.pk]) for s in seen if s.fact.child_id == child.pk],
            [(s, [r for r in rows_views if r.pk in s.ids and r.pk != s.fact.pk]) for s in views if s.fact.child_id == child.pk],
        )
        for child in assessment.children.all()
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to it: handed in, returned, signed off, reopened."""

    what: str
    words: str
    occurred_at: Any
    by: str


def history(assessment: Assessment) -> list[Event]:
    """Its handings in and the answers to them, latest first."""
    handed = [
        (row, Event("Handed in", row.remark, row.occurred_at, row.by.name)) for row in assessment.handings_in.all()
    ]
    answered = [
        (row, Event(str(Answer(row.answer).label), row.reason, row.occurred_at, row.by.name))
        for row in assessment.answers.all()
    ]
    rows: list[tuple[Any, Event]] = [*handed, *answered]
    events = [event for row, event in sorted(rows, key=lambda pair: (pair[0].recorded_at, pair[0].pk), reverse=True)]
    return [*events, Event("Started", "", assessment.started_at, assessment.by.name)]


@require_safe
@transaction.atomic
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one assessment."""
    officer = officer_of(request)
    found = opened_assessment(officer, pk)
    owed, settled = duties(found, officer)
    may_record = officer.may(Permission.RECORD_REFERRALS) and sight_of(officer).may_write(found.case_file)
    may_sign = officer.may(Permission.SIGN_OFF) and may_record
    state = found.state
    done = signed_off(found)
    plans = list(found.plans.all())
    context = {
        "assessment": found,
        "state": state,
        "colour": STATE_COLOURS[state],
        "parts": parts_of(found),
        "heard": _heard(found),
        "owed": owed,
        "settled": settled,
        "clocks": clocks(found, done.occurred_at if done else now()),
        "done": done,
        "history": (events := history(found)),
        "answered": events[0] if state in {State.RETURNED, State.REOPENED} else None,
        "lacks": missing(found) if state != State.SIGNED_OFF else [],
        "is_open": found.is_open,
        "may_record": may_record,
        "may_sign": may_sign,
        "may_read_trail": officer.may(Permission.READ_TRAIL),
        "plans": plans,
        "may_plan": may_record and may_have_plan(found),
    }
    return render(request, "assessing/assessment.html", context)


class FilterForm(forms.Form):
    """Which assessments."""

    mark_optional = False
    state = picker("Which", State.choices, required=False)
    kind = picker("Kind", Kind.choices, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("state", "kind"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
            field.choices = [("", "All"), *list(field.choices)[1:]]  # type: ignore[arg-type]


@require_safe
@transaction.atomic
def assessments(request: HttpRequest) -> HttpResponse:
    """The assessments that this officer may open, newest first; of one case file or in one state where asked."""
    officer = officer_of(request)
    form = FilterForm(request.GET)
    form.is_valid()
    rows: QuerySet[Assessment, Any] = Assessment.objects.visible_to(officer)
    if kind := form.cleaned_data.get("kind"):
        rows = rows.filter(kind=kind)
    if state := form.cleaned_data.get("state"):
        rows = in_state(rows, state)
    page = page_of(request, with_state(rows).select_related("case_file__team", "case_file__worker", "referral").prefetch_related("children"))  # fmt: skip
    found = list(page)
    if found:
        ids = [row.pk for row in found]
        trail.write("list assessments", "assessing.assessment:list", by=officer, why="relationship", found=ids)
    else:
        trail.nothing_shown()
    at = now()
    lines = [
        (row, State(row.stands), STATE_COLOURS[State(row.stands)], next(iter(clocks(row, at)), None)) for row in found
    ]
    return render(
        request, "assessing/list.html", {"page": page, "rows": lines, "form": form, "filtered": bool(state or kind)}
    )


def _start(request: HttpRequest, officer: Officer, file: CaseFile, back: str, back_to: str, referral: Referral | None) -> HttpResponse:  # fmt: skip
    children = list(referral.children.all() if referral else file.children.all())

    kinds = [(kind, str(Kind(kind).label)) for kind in kinds_on(today())]
    initial = {
        "kind": kinds[0][0] if kinds else "", "children": [child.pk for child in children], "started_at": now(),
        "referral": referral.pk if referral else None,
    }  # fmt: skip
    return show_new(
        request,
        lambda data: StartForm(
            data, kinds=kinds, children=list(file.children.all()), referrals=Referral.objects.filter(case_file=file),
            initial=initial,
        ),
        verb=partial(start_assessment, case_file=file, by=officer), said=lambda made: "The assessment has begun.",
        heading="Start an assessment", button="Start the assessment", back=back, back_to=back_to,
        about=[("Referral", referral.concern)] if referral else [],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@transaction.atomic
def start_on_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Start an assessment on a case file."""
    officer = officer_of(request)
    file = opened_file(officer, pk, "read case file")
    return _start(request, officer, file, reverse("case-file", args=[pk]), f"Case file {file}", None)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def start_on_referral(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the assessment that was decided on."""
    officer = officer_of(request)
    rows = Referral.objects.select_related("case_file").prefetch_related("children")
    referral = opened_record(officer, rows, pk, "read referral")
    back = referral.get_absolute_url()
    return _start(request, officer, referral.case_file, back, f"Referral {referral}", referral)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def who_is_disabled(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which of the children are disabled."""
    officer = officer_of(request)
    hold(request, Assessment, pk)
    found = opened_assessment(officer, pk)

    def act(given: dict[str, Any]) -> str:
        say_who_is_disabled(assessment=found, by=officer, disabled=list(given["disabled"]))
        return "It is recorded which of the children are disabled."

    page = VerbPage(
        heading="Which children are disabled?", button="Save", act=act, back=found.get_absolute_url(),
        back_to=f"Assessment {found}", standing=stands.of_disabled(found),
        lead="How disabled children are seen and heard is counted by itself, so that nobody is overlooked.",
    )  # fmt: skip
    children = list(found.children.all())
    initial = {"disabled": [child.pk for child in found.disabled.all()]}
    return show(request, page, lambda data: DisabledForm(data, children=children, initial=initial))
