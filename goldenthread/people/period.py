"""A time of whole months, and perhaps a team, as a page of figures asks for it."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest

from goldenthread.core.clock import today
from goldenthread.core.timescales import add_months
from goldenthread.people.models import Team

_MONTHS = 24


class PeriodForm(forms.Form):
    """Which months, and which team."""

    mark_optional = False
    first = forms.ChoiceField(label="From", required=False)
    last = forms.ChoiceField(label="To", required=False)
    team = forms.ModelChoiceField(
        label="Team", queryset=Team.objects.all(), required=False, to_field_name="key", empty_label="All teams"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [add_months(today().replace(day=1), -back) for back in range(_MONTHS)]
        for name in ("first", "last"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
            field.choices = [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in months]
        self.initial = {"first": f"{months[11]:%Y-%m}", "last": f"{months[0]:%Y-%m}", **(self.initial or {})}

    def period(self) -> tuple[date, date, Team | None]:
        """The first and the last day, and the team; twelve months to date where nothing, or nonsense, is asked."""
        given = self.cleaned_data if self.is_valid() else {}
        first, last = (date.fromisoformat(f"{given.get(name) or self.initial[name]}-01") for name in ("first", "last"))
        first, last = min(first, last), max(first, last)
        return first, min(date.fromordinal(add_months(last, 1).toordinal() - 1), today()), given.get("team")


def period_of(request: HttpRequest) -> tuple[PeriodForm, date, date, Team | None]:
    """The form as it stands, and what it asks for: see `PeriodForm.period`."""
    first, last, team = PeriodForm(request.GET if request.GET else None).period()
    begun = {"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}", "team": team.key if team else None}
    return PeriodForm(initial=begun), first, last, team
