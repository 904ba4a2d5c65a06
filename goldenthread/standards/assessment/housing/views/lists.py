"""The pages of figures about temporary accommodation, of the children behind them, and of what is recommended."""

from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.models import Child
from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import now, today
from goldenthread.core.errors import Refused
from goldenthread.core.pages import page_of
from goldenthread.core.templatetags.words import month as month_in_words
from goldenthread.core.versions import Standing, version_of
from goldenthread.people.access import officer_of
from goldenthread.people.models import Team
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.standards.assessment.housing import figures as counted
from goldenthread.standards.assessment.housing.forms import RecommendForm
from goldenthread.standards.assessment.housing.models import HousingProposal, TemporaryMove
from goldenthread.standards.assessment.housing.recommending import recommend, recommendation_for
from goldenthread.standards.assessment.housing.views.record import where

WHICH = (
    ("", "All who are there now"),
    ("unassessed", "Not assessed yet"),
    ("shortfall", "With a shortfall"),
    ("untold", "Shortfall that no senior manager was told of"),
    ("unanswered", "Reported, and not answered"),
    ("over-limit", "Bed and breakfast for over six weeks"),
)


class TeamForm(forms.Form):
    """Which team."""

    mark_optional = False
    team = forms.ModelChoiceField(
        label="Team", queryset=Team.objects.all(), required=False, to_field_name="key", empty_label="All teams"
    )

    def asked(self) -> Team | None:
        """The team, where one is asked for."""
        return self.cleaned_data.get("team") if self.is_bound and self.is_valid() else None


class WhichForm(TeamForm):
    """Which children."""

    which = forms.ChoiceField(label="Which children", choices=WHICH, required=False)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Children in temporary accommodation now: assessed or not, shortfalls, how long."""
    officer = officer_of(request)
    team = TeamForm(request.GET or None).asked()
    placed = counted.children_placed(now(), team_ids=[team.pk] if team else None, without=sight_of(officer).shut)
    this = today().replace(day=1)
    context = {
        "form": TeamForm(initial={"team": team.key if team else None}), "team": team, "whole": counted.whole(placed),
        "longest": [one.days for one in placed[:5]], "may_open": officer.may(Permission.READ_RECORDS),
        "may_recommend": officer.may(Permission.SEND_REPORTS), "recommendation": recommendation_for(this),
        "this_month": this, "today": today(),
    }  # fmt: skip
    return render(request, "housing/figures.html", context)


def _fits(one: counted.Placed, which: str) -> bool:
    match which:
        case "unassessed":
            return not one.assessed
        case "shortfall":
            return bool(one.shortfalls)
        case "untold":
            return bool(one.shortfalls) and not one.told
        case "unanswered":
            return bool(one.shortfalls) and one.told and not one.answered
        case "over-limit":
            return one.over_limit
    return True


@require_safe
@transaction.atomic
def moves(request: HttpRequest) -> HttpResponse:
    """The children behind a figure, of those whose files the officer may open, longest there first."""
    officer = officer_of(request)
    form = WhichForm(request.GET or None)
    team = form.asked()
    which = form.cleaned_data.get("which", "") if form.is_bound and form.is_valid() else ""
    visible = set(TemporaryMove.objects.visible_to(officer).values_list("pk", flat=True))
    placed = counted.children_placed(now(), team_ids=[team.pk] if team else None)
    found = [one for one in placed if one.move.pk in visible and _fits(one, which)]
    page = page_of(request, found)
    shown = list(page)
    if shown:
        trail.write(
            "list temporary moves", "housing.temporarymove:list", by=officer, why="relationship",
            found=sorted({one.move.pk for one in shown}), files=sorted({one.move.case_file_id for one in shown}),
        )  # fmt: skip
    else:
        trail.nothing_shown()
    names = {child.pk: child.name for child in Child.objects.filter(pk__in=[one.child_id for one in shown])}
    context = {
        "form": WhichForm(initial={"team": team.key if team else None, "which": which}), "page": page,
        "number": len(found), "rows": [(one, names[one.child_id], where(one.move)) for one in shown],
    }  # fmt: skip
    return render(request, "housing/moves.html", context)


def _month(text: str) -> date:
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Http404 from None
    if found > today() or found.year < 1900:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@transaction.atomic
def recommend_page(request: HttpRequest, month: str) -> HttpResponse:
    """What is recommended beside a month's figures; what stood before is kept."""
    officer, of = officer_of(request), _month(month)
    if request.method == "POST":
        list(HousingProposal.objects.select_for_update().filter(month=of).values_list("pk"))
    before = recommendation_for(of)

    def act(given: dict[str, Any]) -> str:
        try:
            recommend(month=of, by=officer, **given)
        except Refused:
            page.standing = _standing(recommendation_for(of))  # somebody else's may have come in meanwhile
            raise
        return "Your recommendations are kept. They are printed in the month's report."

    page = VerbPage(
        heading=f"Recommendations on temporary accommodation, {month_in_words(of)}",
        button="Keep the recommendations",
        act=act,
        back=reverse("temporary-accommodation"),
        back_to="Temporary accommodation",
        standing=_standing(before),
    )
    return show(request, page, lambda data: RecommendForm(data, initial={"words": before.words if before else ""}))


def _standing(found: HousingProposal | None) -> Standing:
    if found is None:
        return Standing(version_of(None))
    return Standing(version_of(found.pk), found.by.name, found.recorded_at, (("Recommended", found.words),))
