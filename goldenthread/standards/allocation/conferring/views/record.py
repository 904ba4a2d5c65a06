"""A meeting's page, convening one, and the pages of what is done on it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile
from goldenthread.cases.opening import opened_file, opened_record
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import now
from goldenthread.core.templatetags.words import moment
from goldenthread.core.versions import hold
from goldenthread.obligations.correct_form import CorrectForm, boxes_of
from goldenthread.obligations.correct_page import fact_to_correct, show_correction
from goldenthread.obligations.correcting import standing_of
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.owed_on import owed_on
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, doing, show, show_new
from goldenthread.standards.allocation.conferring import actions, corrections
from goldenthread.standards.allocation.conferring.choices import MeetingKind, ReportMove
from goldenthread.standards.allocation.conferring.course import (
    all_told,
    cancelled,
    invited,
    invitees,
    planned,
    presence,
    quorate,
    reply,
    report,
    reports_due,
)
from goldenthread.standards.allocation.conferring.deeds import BY_KEY, DEEDS, SETTLED_BY, Deed
from goldenthread.standards.allocation.conferring.forms import AttendanceForm, HeldForm, MeetingForm
from goldenthread.standards.allocation.conferring.models import Meeting
from goldenthread.standards.allocation.conferring.proposals import proposals
from goldenthread.standards.allocation.conferring.timeline import timeline
from goldenthread.standards.allocation.conferring.writing import FACTS
from goldenthread.standards.assessment.protection.choices import Outcome
from goldenthread.standards.assessment.protection.models import StrategyDiscussion
from goldenthread.standards.assessment.protection.on_file import running_plans
from goldenthread.standards.assessment.protection.rules import held as held_on

View = Callable[..., HttpResponse]
_OF_PEOPLE = ("invitations", "replies", "reports", "presences")


def opened(officer: Officer, pk: int) -> Meeting:
    """The meeting with all that hangs on it, and a trail entry of its being read. Raises Http404 where the officer may not open
    it."""
    rows = Meeting.objects.select_related("case_file__team", "case_file__worker", "chair", "by", "discussion")
    rows = rows.prefetch_related(
        "children", "plans__child", "parts__child", *(f"{name}__by" for name in FACTS),
        *(f"{name}__invitee" for name in _OF_PEOPLE),
    )  # fmt: skip
    file = Meeting.objects.filter(pk=pk).values_list("case_file", flat=True).first()
    return opened_record(officer, rows, pk, "read meeting", case_file=file)


def may_record(officer: Officer, case_file: CaseFile) -> bool:
    """Whether the officer may record on this file."""
    return officer.may(Permission.RECORD_REFERRALS) and sight_of(officer).may_write(case_file)


@require_safe
@transaction.atomic
def show_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one meeting."""
    officer = officer_of(request)
    found = opened(officer, pk)
    may, held, gone = may_record(officer, found.case_file), found.held, cancelled(found)

    def settle(row: Obligation) -> tuple[str, str]:
        deed = SETTLED_BY.get(row.requirement)
        if not may or deed is None:
            return "", ""
        if deed.key == "held" and held is not None:
            deed = BY_KEY["attendance"]
        return reverse(deed.url_name, args=[pk]), deed.title

    owed, settled = owed_on(found, officer, settle=settle)
    on_page = {duty.button for duty in owed}
    plan = planned(found)
    at = held.moment.occurred_at if held else plan.occurred_at if plan else None
    due = reports_due(found, at) if at else None
    context = {
        "meeting": found,
        "children": list(found.children.all()),
        "held": held,
        "gone": gone,
        "planned": plan,
        "quorate": quorate(found) if held and found.is_conference else None,
        "all_told": all_told(found),
        "reports_due": due,
        "people": _people(found, due),
        "parts": [s.fact for s in standing(found.parts.all())],
        "decisions": [s.fact for s in standing(found.decisions.all())],
        "dissents": [s.fact for s in standing(found.dissents.all())],
        "owed": owed,
        "settled": settled,
        "more": [deed for deed in _possible(found) if deed.title not in on_page] if may else [],
        "entries": timeline(found),
        "may_record": may,
    }
    return render(request, "conferring/meeting.html", context)


def _possible(meeting: Meeting) -> list[Deed]:
    """What can be done on it now."""
    if cancelled(meeting) is not None:
        return []
    now_is = "after" if meeting.held is not None else "before"
    found = [deed for deed in DEEDS if deed.when in {now_is, "always"}]
    if all_told(meeting):
        found = [deed for deed in found if deed.key != "attendance"]
    if not meeting.is_conference:
        found = [deed for deed in found if deed.key != "report"]
    return found


def _people(meeting: Meeting, due: Any) -> list[dict[str, Any]]:
    """Those who should come, each with what became of it."""
    chased = {s.fact.invitee_id for s in standing(meeting.reports.all()) if s.fact.step == ReportMove.CHASED}
    found = []
    for one in invitees(meeting):
        number = one.first.pk
        sent, there = report(meeting, number), presence(meeting, number)
        found.append(
            {
                "fact": one.fact,
                "invited": invited(meeting, number),
                "reply": reply(meeting, number),
                "report": sent,
                "late": sent is not None and due is not None and sent.occurred_at > due,
                "chased": number in chased,
                "there": there.fact if there else None,
            }
        )
    return found


def _asked_for(request: HttpRequest, found: CaseFile) -> dict[str, Any]:
    """What the form begins with: the kind and the discussion or plans that a link named, where they are of this file."""
    begun: dict[str, Any] = {
        "convened_at": now(),
        "children": list(found.children.values_list("pk", flat=True)),
        "plans": [plan.pk for plan in running_plans(found)],
    }
    if (kind := request.GET.get("kind", "")) in MeetingKind.values:
        begun["kind"] = kind
    if kind not in {MeetingKind.REVIEW, MeetingKind.CORE_GROUP}:
        begun.pop("plans")
    if kind == MeetingKind.INITIAL and len(wanted := list(_wanting(found))) == 1:
        begun["discussion"] = wanted[0].pk
    return begun


def _wanting(found: CaseFile) -> Any:
    """The strategy discussions whose enquiry found that a conference is needed, and on which none was held."""
    rows = StrategyDiscussion.objects.filter(case_file=found, root=None)
    rows = rows.filter(outcomes__outcome=Outcome.CONFERENCE, outcomes__withdrawn=False, outcomes__superseded_by=None)
    held = [one.pk for one in rows if held_on(one) is not None]
    return rows.exclude(pk__in=held).order_by("-occurred_at").distinct()


@require_http_methods(["GET", "POST"])
@transaction.atomic
def convene(request: HttpRequest, pk: int) -> HttpResponse:
    """Convene a meeting about children of a case file."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read case file")
    begun, proposed, wanted = _asked_for(request, found), proposals(found), _wanting(found)
    plans = running_plans(found)
    return show_new(
        request,
        lambda data: MeetingForm(
            data, case_file=found, discussions=wanted, plans=plans, proposed=proposed, initial=begun
        ),
        verb=partial(actions.convene, case_file=found, by=officer),
        said=lambda made: f"Meeting {made} is convened. Record the invitations once they have gone out.",
        heading="Convene a meeting",
        button="Convene the meeting",
        back=reverse("case-file", args=[pk]),
        back_to=f"Case file {found}",
        lead="A conference, a core group, a planning meeting or a review. Say who should come: whoever knows the child, and the "
        "family.",
    )


def _form(deed: Deed, found: Meeting, data: Any) -> forms.Form:
    plan = planned(found)
    at = plan.occurred_at if plan and plan.occurred_at <= now() else now()
    begun = {"occurred_at": at if deed.key == "held" else now()}
    if deed.key == "held":
        first_told = found.kind == MeetingKind.INITIAL and found.discussion and held_on(found.discussion) is None
        return HeldForm(data, meeting=found, plans_for=list(found.children.all()) if first_told else [], initial=begun)
    return deed.form(data, meeting=found, initial=begun)


def deed_view(key: str) -> View:
    """The page of one deed."""
    deed = BY_KEY[key]

    @require_http_methods(["GET", "POST"])
    @transaction.atomic
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        officer = officer_of(request)
        found = opened(officer, pk)
        plan = planned(found)
        verb = VerbPage(
            heading=deed.title,
            button=deed.button,
            act=doing(deed.verb, deed.done, meeting=found, by=officer),
            back=found.get_absolute_url(),
            back_to=f"{found.get_kind_display()} {found}",
            about=[
                ("Meeting", f"{found.get_kind_display()}{f', planned for {moment(plan.occurred_at)}' if plan else ''}"),
                ("Children", ", ".join(child.name for child in found.children.all())),
            ],
            warning="Record first that it was held." if deed.form is AttendanceForm and found.held is None else "",
        )
        return show(request, verb, lambda data: _form(deed, found, data))

    return page


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct one fact, or take it back."""
    officer = officer_of(request)
    hold(request, Meeting, pk)
    found = opened(officer, pk)
    fact = fact_to_correct(corrections.CORRECTABLE, kind, target, lambda fact: fact.meeting_id == found.pk)
    names = tuple(corrections.CORRECTABLE[type(fact)])
    boxes = boxes_of(fact, names)
    return show_correction(
        request,
        lambda data: CorrectForm(data, fact=fact, boxes=boxes),
        correct=lambda given, why: corrections.correct(fact=fact, changes=given, reason=why, by=officer),
        withdraw=lambda why: corrections.correct(fact=fact, changes=None, reason=why, by=officer),
        standing=standing_of(fact, names),
        back=found.get_absolute_url(),
        back_to=f"{found.get_kind_display()} {found}",
    )
