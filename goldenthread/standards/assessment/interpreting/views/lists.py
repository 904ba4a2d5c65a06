"""The pages of figures about interpreters, and of the requests behind them."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.pages import page_of
from goldenthread.people.access import officer_of
from goldenthread.people.period import PeriodForm, period_of
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.interpreting import figures as counted
from goldenthread.standards.assessment.interpreting.choices import Language
from goldenthread.standards.assessment.interpreting.models import InterpreterProvider, InterpreterRequest

NOBODY = "nobody"
WHAT = (
    ("", "All that were needed"),
    ("in-time", "Came in time"),
    ("late", "Came late"),
    ("none", "Nobody came"),
    ("stood-in", "Somebody else interpreted"),
    ("child", "A child interpreted"),
)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """How many interpreters were needed, came, and came in time: by language and by provider."""
    officer = officer_of(request)
    form, first, last, team = period_of(request)
    found = counted.requests_needed(
        first, last, as_at=now(), team_ids=[team.pk] if team else None, without=sight_of(officer).shut
    )
    codes = {str(Language(code).label): code for code in Language.values}
    period = {"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}", **({"team": team.key} if team else {})}

    def query(**more: str) -> str:
        return urlencode(period | more)

    context = {
        "form": form, "first": first, "last": last, "team": team, "whole": counted.whole(found), "period": query(),
        "languages": [
            (line, query(language=codes.get(line.name, Language.OTHER)))
            for line in counted.lines(found, lambda one: one.language)
        ],
        "providers": [
            (line, query(provider=NOBODY if line.name == counted.NOBODY else line.name))
            for line in counted.by_provider(found)
        ],
        "may_open": officer.may(Permission.READ_RECORDS),
    }  # fmt: skip
    return render(request, "interpreting/figures.html", context)


class WhichForm(PeriodForm):
    """Which requests."""

    language = forms.ChoiceField(label="Language", choices=[("", "All languages"), *Language.choices], required=False)
    provider = forms.ChoiceField(label="Provider", required=False)
    what = forms.ChoiceField(label="Which requests", choices=WHAT, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["provider"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        names = InterpreterProvider.objects.values_list("name", flat=True)
        field.choices = [("", "All providers"), *((name, name) for name in names), (NOBODY, counted.NOBODY)]


def _fits(one: counted.Told, what: str) -> bool:
    if what == "stood-in":
        return one.stood_in
    return one.by_child if what == "child" else what in ("", one.how)


@require_safe
@transaction.atomic
def requests(request: HttpRequest) -> HttpResponse:
    """The requests behind a figure, of those that the officer may open."""
    officer = officer_of(request)
    asked = WhichForm(request.GET or None)
    first, last, team = asked.period()
    given = asked.cleaned_data if asked.is_bound and asked.is_valid() else {}
    visible = set(InterpreterRequest.objects.visible_to(officer).values_list("pk", flat=True))
    every = counted.requests_needed(first, last, as_at=now(), team_ids=[team.pk] if team else None)
    provider = given.get("provider", "")
    found = [
        one
        for one in every
        if one.request.pk in visible
        and given.get("language", "") in ("", one.request.language)
        and provider in ("", one.provider if one.hours is not None else NOBODY)
        and _fits(one, given.get("what", ""))
        and request.GET.get("file", "") in ("", str(one.request.case_file_id))
    ]
    page = page_of(request, found)
    shown = list(page)
    if shown:
        keys = sorted(one.request.pk for one in shown)
        trail.write("list interpreter requests", "interpreting.interpreterrequest:list", by=officer, why="relationship",
                    found=keys, files=sorted({one.request.case_file_id for one in shown}))  # fmt: skip
    else:
        trail.nothing_shown()
    begun = {"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}", "team": team.key if team else None} | {
        "language": given.get("language", ""), "what": given.get("what", ""), "provider": provider,
    }  # fmt: skip
    context = {"form": WhichForm(initial=begun), "page": page, "rows": shown, "number": len(found)}
    return render(request, "interpreting/requests.html", context)
