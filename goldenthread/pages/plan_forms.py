"""The forms of the plan's pages."""

from collections.abc import Iterable
from typing import Any

from django import forms

from goldenthread.core.fields import DayField
from goldenthread.plan.models import Plan

CONFIRM_NEW = "new"
ROWS = {"class": "govuk-textarea", "rows": 4}


class UploadForm(forms.Form):
    """The file of a plan, and the day it reports on where the file does not say."""

    file = forms.FileField(
        label="The plan",
        help_text="A Word document (.docx) or a spreadsheet (.xlsx) with the plan in tables, or its plain text (.txt).",
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx,.txt"}),
    )
    as_at = DayField(
        label="As at which day does it report progress?",
        help_text="Leave this empty if the plan says so itself, as in “Progress as at 31 October 2003”.",
        required=False,
        past=True,
    )


class ConfirmForm(forms.Form):
    """What the person who confirms an import decides."""

    title = forms.CharField(label="Title of the plan", max_length=300)
    as_at = DayField(label="As at", help_text="The day that its progress reports on.", past=True)
    follows = forms.ChoiceField(label="What is it?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, held: Iterable[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(CONFIRM_NEW, "A new plan")]
        choices += [
            (str(plan.pk), f"A later version of “{plan.title}”, as at {plan.as_at.day} {plan.as_at:%B %Y}")
            for plan in held
        ]
        self.fields["follows"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["follows"].widget = forms.HiddenInput()


class AdoptForm(forms.Form):
    """From when the template is the authority's plan."""

    title = forms.CharField(
        label="Title", help_text="Leave this empty to use the template's own.", max_length=300, required=False
    )
    adopted_on = DayField(
        label="From which day is it your plan?",
        help_text="The dates of its actions are counted from that day.",
        past=True,
    )


class CompleteForm(forms.Form):
    """An action is done: when, and what shows it."""

    occurred_on = DayField(label="When was it completed?", help_text="For example, 31 10 2003.", past=True)
    evidence = forms.CharField(
        label="What shows that it is done?",
        help_text="For example: “The policy was agreed by the management team on 20 October and sent to all staff.” Name no child.",
        widget=forms.Textarea(attrs=ROWS),
    )


class ReasonForm(forms.Form):
    """Something is undone, for a reason."""

    reason = forms.CharField(
        label="Why?",
        help_text="Say it so that someone who was not there understands. Name no child.",
        widget=forms.Textarea(attrs=ROWS),
    )


class DueForm(ReasonForm):
    """Another due date, for a reason. The first one stays visible."""

    due = DayField(label="When is it due now?", help_text="The last day that is in time.")
    field_order = ["due", "reason"]


class LeadsForm(forms.Form):
    """Who leads an action, in the plan's way of saying it."""

    leads = forms.CharField(
        label="Who leads it?",
        help_text="One lead a line, as “Name, Post”, a post (“All Team Managers”) or a group.",
        widget=forms.Textarea(attrs=ROWS),
    )

    def clean_leads(self) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in self.cleaned_data["leads"].splitlines() if line.strip()]


class ReassignForm(LeadsForm):
    """Another lead, for a reason."""

    reason = ReasonForm.base_fields["reason"]


class ActionForm(LeadsForm):
    """A new action of a recommendation."""

    text = forms.CharField(label="What is to be done?", widget=forms.Textarea(attrs=ROWS))
    due = DayField(label="When is it due?", help_text="The last day that is in time.", required=False)
    field_order = ["text", "leads", "due"]


class RemarkForm(forms.Form):
    """What is reported of a recommendation as at a reporting date."""

    reporting_date = DayField(label="As at which reporting date?", help_text="For example, 31 1 2004.")
    text = forms.CharField(label="What is there to report?", widget=forms.Textarea(attrs={**ROWS, "rows": 6}))


class TieForm(forms.Form):
    """Requirements that serve a recommendation."""

    requirement = forms.ChoiceField(label="Which requirement serves it?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, requirements: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requirement"].choices = list(requirements)  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    """Something that the import left open is settled."""

    how = forms.CharField(
        label="How is it settled?",
        help_text="For example: “The planning manager confirmed that both leads share the action.”",
        widget=forms.Textarea(attrs=ROWS),
    )


class PairForm(forms.Form):
    """A lead or a timescale that the import could not pair, and the action that it belongs to."""

    what = forms.ChoiceField(label="Which line?", widget=forms.RadioSelect)
    action = forms.ChoiceField(label="Which action does it belong to?", widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, what: Iterable[tuple[str, str]], actions: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = list(what)  # type: ignore[attr-defined]
        self.fields["action"].choices = list(actions)  # type: ignore[attr-defined]


class FilterForm(forms.Form):
    """Which recommendations a plan's page shows."""

    DUE = (
        ("", "Any"),
        ("overdue", "Overdue"),
        ("30", "Due within 30 days"),
        ("90", "Due within 90 days"),
        ("none", "Without a date"),
    )
    lead = forms.ChoiceField(label="Lead", required=False)
    standard = forms.ChoiceField(label="Standard", required=False)
    status = forms.ChoiceField(label="Status", required=False)
    due = forms.ChoiceField(label="Due", required=False, choices=DUE)
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        leads: Iterable[tuple[str, str]],
        standards: Iterable[tuple[str, str]],
        statuses: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices, every in (
            ("lead", leads, "Anyone"),
            ("standard", standards, "All"),
            ("status", statuses, "Any"),
        ):
            self.fields[name].choices = [("", every), *choices]  # type: ignore[attr-defined]
