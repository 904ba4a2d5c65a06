"""The verbs of the plan, each on its own page."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from goldenthread.core.clock import end_of, now, today
from goldenthread.core.templatetags.words import day
from goldenthread.core.versions import hold
from goldenthread.pages.plan_forms import ActionForm, CompleteForm, DueForm, ReasonForm, ReassignForm, RemarkForm
from goldenthread.people.access import officer_of
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.plan import actions as verbs
from goldenthread.plan import standing
from goldenthread.plan.models import Action, NextStep, Progress, Recommendation


def action_of(pk: int) -> Action:
    """The action of that number, with its recommendation and plan."""
    found = Action.objects.select_related("recommendation__standard__plan").prefetch_related("leads", "events")
    return get_object_or_404(found, pk=pk)


def recommendation_of(pk: int, number: str) -> Recommendation:
    """The recommendation of that number in a plan."""
    return get_object_or_404(Recommendation.objects.select_related("standard__plan"), standard__plan=pk, number=number)


def recommendation_held(request: HttpRequest, pk: int, number: str) -> Recommendation:
    """The same; held until the transaction ends where something is posted about it."""
    found = recommendation_of(pk, number)
    hold(request, Recommendation, found.pk)
    return found


def _of_action(action: Action, heading: str, button: str, act: Callable[[dict[str, Any]], str]) -> VerbPage:
    leads = [lead.words for lead in action.leads.all() if lead.in_force()]
    about = [
        ("Recommendation", str(action.recommendation)),
        ("Action", "; ".join(action.words)),
        ("Lead", "; ".join(leads) or "nobody named"),
        ("Due", day(action.due) or "no date"),
    ]
    if action.first_due and action.first_due != action.due:
        about.append(("First due", day(action.first_due)))
    return VerbPage(
        heading,
        button,
        act,
        back=action.get_absolute_url(),
        back_to=f"Recommendation {action.recommendation.number}",
        about=about,
        standing=standing.of_action(action),
    )


def _of_recommendation(
    recommendation: Recommendation, heading: str, button: str, act: Callable[[dict[str, Any]], str]
) -> VerbPage:
    return VerbPage(
        heading,
        button,
        act,
        back=recommendation.get_absolute_url(),
        back_to=f"Recommendation {recommendation.number}",
        about=[("Recommendation", str(recommendation))],
    )


def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """An action is done."""
    hold(request, Action, pk)
    action, by = action_of(pk), officer_of(request)

    def act(given: dict[str, Any]) -> str:
        when = min(end_of(given["occurred_on"]), now())
        verbs.complete_action(action=action, occurred_at=when, evidence=given["evidence"], by=by)
        return f"The action is recorded as done on {day(given['occurred_on'])}."

    return show(request, _of_action(action, "Complete an action", "Record that it is done", act), CompleteForm)


def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """An action was not done after all."""
    hold(request, Action, pk)
    action, by = action_of(pk), officer_of(request)

    def act(given: dict[str, Any]) -> str:
        verbs.reopen_action(action=action, reason=given["reason"], by=by)
        return "The action is open again."

    page = _of_action(action, "Reopen an action", "Reopen it", act)
    page.warning = "That it was recorded as done stays in its history."
    return show(request, page, ReasonForm)


def change_due(request: HttpRequest, pk: int) -> HttpResponse:
    """An action gets another due date."""
    hold(request, Action, pk)
    action, by = action_of(pk), officer_of(request)

    def act(given: dict[str, Any]) -> str:
        verbs.change_due(action=action, due=given["due"], reason=given["reason"], by=by)
        return f"The action is now due on {day(given['due'])}."

    page = _of_action(action, "Change a due date", "Change the date", act)
    page.warning = "The first date, and every one between, stays visible."
    return show(request, page, DueForm)


def reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Others lead an action."""
    hold(request, Action, pk)
    action, by = action_of(pk), officer_of(request)
    leads = [lead.words for lead in action.leads.all() if lead.in_force()]

    def act(given: dict[str, Any]) -> str:
        verbs.reassign(action=action, leads=given["leads"], reason=given["reason"], by=by)
        return f"The action is now led by {'; '.join(given['leads'])}."

    def make(data: Any) -> forms.Form:
        return ReassignForm(data, initial={"leads": "\n".join(leads)})

    return show(request, _of_action(action, "Reassign an action", "Reassign it", act), make)


def add_action(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """A recommendation gets a new action."""
    recommendation, by = recommendation_of(pk, number), officer_of(request)

    def act(given: dict[str, Any]) -> str:
        verbs.add_action(
            recommendation=recommendation, text=given["text"], leads=given["leads"], due=given["due"], by=by
        )
        return f"An action is added to recommendation {number}."

    return show(request, _of_recommendation(recommendation, "Add an action", "Add the action", act), ActionForm)


def add_progress(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """What was achieved, as at a reporting date."""
    recommendation, by = recommendation_held(request, pk, number), officer_of(request)

    def act(given: dict[str, Any]) -> str:
        verbs.add_progress(
            recommendation=recommendation, reporting_date=given["reporting_date"], text=given["text"], by=by
        )
        return f"Progress as at {day(given['reporting_date'])} is added to recommendation {number}."

    page = _of_recommendation(recommendation, "Add progress", "Add progress", act)
    page.standing = standing.of_remarks(Progress, recommendation)
    page.lead = "The figures stand beside your words in the report. Say what changed and what it means; name no child."
    return show(request, page, _remark)


def add_next_step(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """What remains to be done, as at a reporting date."""
    recommendation, by = recommendation_held(request, pk, number), officer_of(request)

    def act(given: dict[str, Any]) -> str:
        verbs.add_next_step(
            recommendation=recommendation, reporting_date=given["reporting_date"], text=given["text"], by=by
        )
        return f"A next step as at {day(given['reporting_date'])} is added to recommendation {number}."

    page = _of_recommendation(recommendation, "Add a next step", "Add the next step", act)
    page.standing = standing.of_remarks(NextStep, recommendation)
    page.lead = "Say who does what next. Something with a date is an action: add that instead."
    return show(request, page, _next_step)


def _remark(data: Any) -> forms.Form:
    return RemarkForm(data, initial={"reporting_date": today()})


def _next_step(data: Any) -> forms.Form:
    form = RemarkForm(data, initial={"reporting_date": today()})
    form.fields["text"].label = "What remains to be done?"
    return form
