"""The forms of closing a file. Field names are those of the verbs."""

from typing import Any

from django import forms

from goldenthread.cases.models import AgencyInvolved
from goldenthread.core.boxes import moment, radios, words
from goldenthread.core.clock import now
from goldenthread.standards.allocation.closing.agencies import involved_with
from goldenthread.standards.allocation.closing.choices import Reason, Told
from goldenthread.standards.allocation.closing.models import Closure


class AskForm(forms.Form):
    """The worker asks that a file be closed."""

    reason = radios("Why does our work with these children end?", Reason.choices)
    changed = words(
        "What has changed for the children?",
        "What they have now that they did not have, as they and the family say it. If nothing has: write that.",
    )
    support = words("Who supports them from now on?", "Names and agencies, and whom the family rings if it gets worse.")
    asked_at = moment("When did you ask?")


class ToldForm(forms.Form):
    """How somebody was told."""

    how = radios("How were they told?", Told.choices)
    words = words("What was said?", "And what they answered. If they were not told: why not.")
    occurred_at = moment("When was that?")


class AgencyForm(ToldForm):
    """Which agency, and how it was told."""

    agency = forms.ModelChoiceField(label="Which agency?", queryset=AgencyInvolved.objects.none(), empty_label="Choose")
    field_order = ["agency", "how", "words", "occurred_at"]

    def __init__(self, *args: Any, closure: Closure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency"]
        known = {one.involved_id for one in closure.agencies.all()}
        same = {(one.kind, one.name.casefold()) for one in closure.agencies.all()}
        since = {one.first for one in involved_with(closure.case_file, now()) if one.same not in same}
        field.queryset = AgencyInvolved.objects.filter(pk__in=known | since).order_by("name", "pk")
        field.label_from_instance = lambda agency: agency.name


class ChronologyForm(forms.Form):
    """The last look at the chronology."""

    words = words(
        "What does the chronology show?",
        "Read all of it. What came back again and again, and what would have to happen for us to be needed again?",
    )
    occurred_at = moment("When did you look at it?")


class AgainForm(forms.Form):
    """What was asked for is done."""

    words = words("What was done since it was returned?")
    occurred_at = moment("When do you ask again?")


class DropForm(forms.Form):
    """The file stays open."""

    words = words("Why does the file stay open?")
    occurred_at = moment("When was that decided?")


class ReturnForm(forms.Form):
    """Not ready."""

    words = words("What is still to be done?", "So that the worker knows when it is enough.")
    occurred_at = moment("When did you answer?")


class SignOffForm(forms.Form):
    """It is safe to end our work."""

    words = words("Why is it safe to end our work now?", "What you read and whom you asked.")
    occurred_at = moment("When do you close the file?", "This is the time now. Change it if you decided earlier.")


class ReopenForm(forms.Form):
    """The closed file is opened again."""

    words = words(
        "Why is the file opened again?", "A new referral opens a new file: this is for what was closed too soon."
    )
    occurred_at = moment("When is it opened again?")
