"""The pages of strategy discussions, and of what comes of them up to the conference."""

import contextlib
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.beside import links_beside
from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile
from goldenthread.cases.opening import opened_file, opened_record
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import now
from goldenthread.core.templatetags.words import moment
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, show, show_new
from goldenthread.standards.assessment.protection.actions import (
    arrange_conference,
    hold_conference,
    hold_strategy_discussion,
    record_outcome,
)
from goldenthread.standards.assessment.protection.choices import Agency, Outcome, Step
from goldenthread.standards.assessment.protection.clocks import DISCUSSION, clocks_of
from goldenthread.standards.assessment.protection.forms import ArrangeForm, ConferenceForm, OutcomeForm, StrategyForm
from goldenthread.standards.assessment.protection.models import ConferenceDate, StrategyDiscussion
from goldenthread.standards.assessment.protection.telling import history
from goldenthread.standards.referrals.models import Referral


def may_record(officer: Officer, case_file: CaseFile) -> bool:
    """Whether the officer may record on this file."""
    return officer.may(Permission.RECORD_REFERRALS) and sight_of(officer).may_write(case_file)


def opened(officer: Officer, pk: int) -> StrategyDiscussion:
    """The first row of a discussion, with a trail entry of its being opened. Raises Http404."""
    rows = StrategyDiscussion.objects.filter(root=None).select_related("case_file", "by", "referral")
    rows = rows.prefetch_related(
        "later__by", "later__agencies", "later__children", "agencies", "children", "outcomes__by", "conferences__by",
        "conferences__plans__child",
    )  # fmt: skip
    file = StrategyDiscussion.objects.filter(pk=pk).values_list("case_file", flat=True).first()
    return opened_record(officer, rows, pk, "read strategy discussion", case_file=file)


@require_safe
@transaction.atomic
def strategy(request: HttpRequest, pk: int) -> HttpResponse:
    """One discussion, who took part, what was decided, and what came of it."""
    officer = officer_of(request)
    first = opened(officer, pk)
    stands = first.stands
    last = stands.fact if stands else max([first, *first.later.all()], key=lambda row: row.pk)
    conferences = standing(first.conferences.all())
    held = next((s for s in conferences if s.fact.step == Step.HELD), None)
    arranged = [s for s in conferences if s.fact.step == Step.ARRANGED]
    outcome = next(iter(standing(first.outcomes.all())), None)
    words, tag, colour = clocks_of(first.case_file_id, only=[(DISCUSSION, first.pk)]).enquiry(pk)
    may = may_record(officer, first.case_file) and stands is not None
    plans = held.first.plans.all() if held else []
    context = {
        "first": first,
        "discussion": last,
        "took_part": [(agency.label, last.took_part.get(agency, "")) for agency in Agency],
        "outcome": outcome,
        "arranged": arranged[-1] if arranged and not held else None,
        "held": held,
        "plans": [plan for plan in plans if plan.root_id is None and plan.stands],
        "clock": (words, tag, colour) if stands and last.is_enquiry else None,
        "next": _next(first, officer, may, outcome is not None, _wanted(outcome), held is not None),
        "history": history([first, *first.later.all()], first.outcomes.all(), first.conferences.all()),
        "may_record": may,
        "meetings": links_beside(first, officer),
    }
    return render(request, "protection/strategy.html", context)


def _wanted(outcome: Any) -> bool:
    return outcome is not None and outcome.fact.outcome == Outcome.CONFERENCE


def _next(
    first: StrategyDiscussion, officer: Officer, may: bool, decided: bool, wanted: bool, held: bool
) -> list[tuple[str, str]]:
    """What can be done on it now: words and address."""
    if not may or first.stands is None or not first.stands.fact.is_enquiry:
        return []
    if not decided:
        return (
            [("Record the outcome of the enquiry", reverse("strategy-outcome", args=[first.pk]))]
            if officer.may(Permission.DECIDE_REFERRALS)
            else []
        )
    if wanted and not held:
        found = [
            ("Record the conference as held", reverse("strategy-conference", args=[first.pk])),
            ("Arrange the conference", reverse("strategy-arrange", args=[first.pk])),
        ]
        with contextlib.suppress(NoReverseMatch):  # where a later room holds the conferences themselves
            found.insert(
                0,
                (
                    "Convene the conference",
                    f"{reverse('file-meeting', args=[first.case_file_id])}?kind=initial-conference",
                ),
            )
        return found
    return []


@require_http_methods(["GET", "POST"])
@transaction.atomic
def file_strategy(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a strategy discussion on a case file."""
    found = opened_file(officer_of(request), pk, "read case file")
    return _record(request, found, None, reverse("case-file", args=[pk]), f"Case file {found}")


@require_http_methods(["GET", "POST"])
@transaction.atomic
def referral_strategy(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the strategy discussion that was decided on a referral."""
    rows = Referral.objects.select_related("case_file").prefetch_related("children")
    referral = opened_record(officer_of(request), rows, pk, "read referral")
    back_to = f"Referral {referral.reference}"
    return _record(request, referral.case_file, referral, referral.get_absolute_url(), back_to)


def _record(request: HttpRequest, found: CaseFile, referral: Referral | None, back: str, back_to: str) -> HttpResponse:
    officer = officer_of(request)
    children = list(found.children.all())
    about = list(referral.children.all()) if referral else children

    def said(made: StrategyDiscussion) -> str:
        if made.assessment_id:
            return "The discussion is recorded, and the section 47 enquiry has begun."
        return "The discussion is recorded."

    initial = {
        "children": [child.pk for child in about],
        "occurred_at": now(),
        "referral": referral.pk if referral else None,
        "who_social_care": officer.name,
    }
    referrals = Referral.objects.filter(case_file=found).order_by("-received_at")
    return show_new(
        request,
        lambda data: StrategyForm(data, children=children, referrals=referrals, initial=initial),
        verb=partial(hold_strategy_discussion, case_file=found, by=officer),
        said=said,
        heading="Record a strategy discussion",
        button="Record the discussion",
        back=back,
        back_to=back_to,
        lead="The same for a child whose case is open as for a child just referred. Social care, the police and health "
        "take part at the least.",
    )


def _page(
    request: HttpRequest,
    pk: int,
    heading: str,
    button: str,
    verb: Callable[..., str],
    form: Callable[[StrategyDiscussion], Callable[..., forms.Form]],
) -> HttpResponse:
    officer = officer_of(request)
    first = opened(officer, pk)
    stands = first.stands.fact if first.stands else first
    page = VerbPage(
        heading=heading,
        button=button,
        act=lambda given: verb(discussion=first, by=officer, **given),
        back=first.get_absolute_url(),
        back_to="The strategy discussion",
        about=[
            ("Strategy discussion", moment(stands.occurred_at)),
            ("Children", ", ".join(child.name for child in stands.children.all())),
        ],
    )
    return show(request, page, form(stands))


@require_http_methods(["GET", "POST"])
@transaction.atomic
def strategy_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """What the enquiry found."""

    def act(**given: Any) -> str:
        made = record_outcome(**given)
        return (
            "The outcome is recorded, and a conference is owed."
            if made.outcome == Outcome.CONFERENCE
            else "The outcome is recorded."
        )

    def make(stands: StrategyDiscussion) -> Callable[..., forms.Form]:
        return lambda data: OutcomeForm(data, initial={"occurred_at": now()})

    return _page(request, pk, "Outcome of the section 47 enquiry", "Record the outcome", act, make)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def strategy_arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """For when the conference is arranged."""

    def act(**given: Any) -> str:
        made: ConferenceDate = arrange_conference(**given)
        return f"The conference is arranged for {moment(made.arranged_for)}. It stays owed until it was held."

    return _page(request, pk, "Arrange the initial conference", "Arrange it", act, lambda stands: ArrangeForm)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def strategy_conference(request: HttpRequest, pk: int) -> HttpResponse:
    """The conference was held, and whether it made a plan."""

    def act(**given: Any) -> str:
        plans = len(given["plan_for"])
        hold_conference(**given)
        made = "no plan was made" if not plans else "the plan has begun" if plans == 1 else "the plans have begun"
        return f"The conference is recorded, and {made}."

    def make(stands: StrategyDiscussion) -> Callable[..., forms.Form]:
        children = list(stands.children.all())
        return lambda data: ConferenceForm(data, children=children, initial={"occurred_at": now()})

    return _page(request, pk, "The initial conference was held", "Record the conference", act, make)
