"""What a person settles on a plan, each on its own page: open questions, pairs, and ties to requirements."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from goldenthread.core.versions import hold
from goldenthread.obligations.requirement import installed
from goldenthread.pages.plan_forms import PairForm, SettleForm, TieForm
from goldenthread.pages.plan_verbs import recommendation_held
from goldenthread.people.access import officer_of
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.plan import settling, standing
from goldenthread.plan.models import Recommendation, ToSettle
from goldenthread.plan.requirements import ACTION_DONE


def _page(recommendation: Recommendation, heading: str, button: str, act: Any) -> VerbPage:
    return VerbPage(
        heading,
        button,
        act,
        back=recommendation.get_absolute_url(),
        back_to=f"Recommendation {recommendation.number}",
        about=[("Recommendation", str(recommendation))],
    )


def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how something that the import left open is settled."""
    hold(request, ToSettle, pk)
    item = get_object_or_404(ToSettle.objects.select_related("recommendation__standard__plan"), pk=pk)
    by = officer_of(request)

    def act(given: dict[str, Any]) -> str:
        settling.settle(item=item, how=given["how"], by=by)
        return "It is settled."

    page = _page(item.recommendation, "Settle what the import left open", "Settle it", act)
    page.about.append(("To settle", item.message))
    page.standing = standing.of_item(item)
    return show(request, page, SettleForm)


def pair(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """Give a lead or a timescale that stands on the recommendation to one of its actions."""
    recommendation, by = recommendation_held(request, pk, number), officer_of(request)
    leads = {f"lead-{lead.pk}": lead for lead in recommendation.leads.filter(action=None, until_at=None)}
    timescales = {f"timescale-{each.pk}": each for each in recommendation.timescales.filter(action=None)}
    actions = {str(action.pk): action for action in recommendation.actions.all()}
    if not actions or not (leads or timescales):
        missing = "no action to pair with: add one first" if not actions else "no lead or timescale left to pair"
        messages.warning(request, f"Recommendation {number} has {missing}.")
        return redirect(recommendation)

    def make(data: Any) -> forms.Form:
        what = [(key, f"Lead: {lead.words}") for key, lead in leads.items()]
        what += [(key, f"Timescale: {each.words}") for key, each in timescales.items()]
        chosen = [(key, f"{action.order}. {'; '.join(action.words)}") for key, action in actions.items()]
        return PairForm(data, what=what, actions=chosen)

    def act(given: dict[str, Any]) -> str:
        action = actions[given["action"]]
        if lead := leads.get(given["what"]):
            settling.pair_lead(lead=lead, action=action, by=by)
            return f"“{lead.words}” now leads action {action.order}."
        timescale = timescales[given["what"]]
        settling.pair_timescale(timescale=timescale, action=action, by=by)
        return f"“{timescale.words}” is now the timescale of action {action.order}."

    page = _page(recommendation, "Pair a lead or a timescale with an action", "Pair them", act)
    page.standing = standing.of_pairs(recommendation)
    return show(request, page, make)


def tie(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """Say that a requirement serves a recommendation."""
    recommendation, by = recommendation_held(request, pk, number), officer_of(request)
    tied = set(recommendation.ties.filter(untied_at=None).values_list("requirement", flat=True))
    free = [
        (key, requirement.title)
        for key, requirement in sorted(installed().items(), key=lambda pair: pair[1].serves != number)
        if key not in tied and key != ACTION_DONE.key
    ]
    if not free:
        messages.warning(request, f"Every requirement serves recommendation {number} already.")
        return redirect(recommendation)

    def make(data: Any) -> forms.Form:
        return TieForm(data, requirements=free)

    def act(given: dict[str, Any]) -> str:
        settling.tie_requirement(recommendation=recommendation, key=given["requirement"], by=by)
        return f"“{installed()[given['requirement']].title}” now serves recommendation {number}."

    page = _page(recommendation, "Tie a requirement to a recommendation", "Tie it", act)
    page.standing = standing.of_ties(recommendation)
    page.lead = "Its figures are then shown here, and in the progress report, as evidence."
    return show(request, page, make)


def untie(request: HttpRequest, pk: int, number: str, key: str) -> HttpResponse:
    """Say that a requirement no longer serves a recommendation."""
    recommendation, by = recommendation_held(request, pk, number), officer_of(request)

    def act(given: dict[str, Any]) -> str:
        settling.untie_requirement(recommendation=recommendation, key=key, by=by)
        return f"“{title}” no longer serves recommendation {number}."

    requirement = installed().get(key)
    title = requirement.title if requirement else key
    page = _page(recommendation, "Untie a requirement", "Untie it", act)
    page.standing = standing.of_ties(recommendation)
    page.about.append(("Requirement", title))
    page.warning = "That it was tied, from when until when, is kept. Published reports do not change."
    return show(request, page, forms.Form)
