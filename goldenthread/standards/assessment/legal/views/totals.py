"""The page of figures: how much of the time somebody was on call, and how soon requests were answered."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.cases.sight import sight_of
from goldenthread.core.boxes import picker
from goldenthread.core.clock import now, today
from goldenthread.core.statistics import TOO_FEW
from goldenthread.core.timescales import add_months
from goldenthread.people.access import officer_of
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.legal.coverage import Cover
from goldenthread.standards.assessment.legal.figures import Answers, answers_in, cover_by_month, took

_MONTHS = 24


class SpanForm(forms.Form):
    """From which month to which."""

    mark_optional = False
    first = picker("From", [], required=False)
    last = picker("To", [], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = today().replace(day=1)
        self.months = [add_months(this, -back) for back in range(_MONTHS)]
        for name in ("first", "last"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
            field.choices = [(f"{m:%Y-%m}", f"{m:%B %Y}") for m in self.months]
        self.initial = {"first": f"{self.months[11]:%Y-%m}", "last": f"{this:%Y-%m}", **(self.initial or {})}

    def span(self) -> tuple[date, date]:
        """The first and the last day; twelve months to date where nothing, or nonsense, is asked."""
        given = self.cleaned_data if self.is_valid() else {}
        first, last = (date.fromisoformat(f"{given.get(name) or self.initial[name]}-01") for name in ("first", "last"))
        first, last = min(first, last), max(first, last)
        return first, min(add_months(last, 1) - timedelta(days=1), today())


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """Requests of one kind of hours, in words."""

    label: str
    answers: Answers

    def _of_enough(self, minutes: float | None) -> str:
        return took(minutes) if self.answers.asked >= TOO_FEW else "too few to say"

    @property
    def median(self) -> str:
        """Half were answered within this."""
        return self._of_enough(self.answers.centile(0.5))

    @property
    def ninetieth(self) -> str:
        """Nine in ten were answered within this."""
        return self._of_enough(self.answers.centile(0.9))

    @property
    def longest(self) -> str:
        """The longest that anyone waited for an answer."""
        return took(self.answers.longest)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Cover minute by minute, and answers, in office hours and out of them."""
    officer, at = officer_of(request), now()
    asked = SpanForm(request.GET if request.GET else None)
    start, end = asked.span()
    months = cover_by_month(start, end, as_at=at)
    total = sum((cover for _, cover in months), Cover())
    office, outside = answers_in(start, end, as_at=at, without=sight_of(officer).shut)
    context = {
        "form": SpanForm(initial={"first": f"{start:%Y-%m}", "last": f"{end:%Y-%m}"}),
        "start": start,
        "end": end,
        "as_at": at,
        "months": months[::-1],
        "total": total,
        "lines": [AnswerLine("In office hours", office), AnswerLine("Out of hours", outside)],
        "opens": officer.may(Permission.READ_RECORDS),
    }
    return render(request, "legal/figures.html", context)
