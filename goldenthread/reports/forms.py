"""The form of the reports page."""

from typing import Any

from django import forms

from goldenthread.core.fields import DayField
from goldenthread.plan.models import Plan


class ReportForm(forms.Form):
    """Which plan, and as at which day."""

    plan = forms.ModelChoiceField(Plan.objects.none(), label="Plan", empty_label=None)
    as_at = DayField(label="As at", help_text="The end of this day. For example, 31 10 2003.", past=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = Plan.objects.current()
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
