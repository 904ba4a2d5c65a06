"""The page that corrects a fact: how it stands, what of it can be put right, and that it did not happen."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from goldenthread.cases.facts import Fact
from goldenthread.core.versions import Standing
from goldenthread.obligations.correcting import last_row
from goldenthread.people.verb_page import VerbPage, show


def fact_to_correct(kinds: Iterable[type[Fact]], kind: str, pk: int, on: Callable[[Any], bool]) -> Any:
    """A fact as it stands now, by the name of its kind in the page's address. on: whether it is a fact of the page's record.
    Raises Http404 for one of another record, and for a kind that is not one of these."""
    model: Any = next((one for one in kinds if one._meta.model_name == kind), None)
    if model is None:
        raise Http404
    fact = last_row(get_object_or_404(model, pk=pk))
    if not on(fact):
        raise Http404
    return fact


def show_correction(
    request: HttpRequest,
    make: Callable[..., forms.Form],
    *,
    correct: Callable[[dict[str, Any], str], object],
    withdraw: Callable[[str], object],
    standing: Standing,
    **page: Any,
) -> HttpResponse:
    """Show the form, or carry out the correction. correct: given what the fact is to say, by its fields' names, and why;
    withdraw: given why it is taken back; page: what else the page says, as `VerbPage` has it."""

    def act(given: dict[str, Any]) -> str:
        reason, gone = given.pop("reason"), given.pop("withdrawn")
        if gone:
            withdraw(reason)
            return "It is taken back. What it said is kept."
        correct(given, reason)
        return "It is corrected. What it said before is kept."

    says = {"heading": "Correct what was recorded", "button": "Save the correction", **page}
    return show(request, VerbPage(act=act, standing=standing, **says), make)
