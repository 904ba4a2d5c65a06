"""The forms of the rota and of legal advice. Field names are those of the verbs."""

from typing import Any

from django import forms

from goldenthread.core.boxes import line, moment, radios, words
from goldenthread.core.fields import MomentField
from goldenthread.obligations import correct_form
from goldenthread.people.models import Officer
from goldenthread.people.roles import ROLES, Permission
from goldenthread.standards.assessment.legal.choices import Call, Outcome, Urgency
from goldenthread.standards.assessment.legal.models import PartnerCouncil, Solicitor

_KEEPERS = [key for key, role in ROLES.items() if Permission.KEEP_LEGAL_ROTA in role.permissions]
_ARRANGED = "This is the time now. Change it if it was arranged earlier."


def _solicitor(label: str, *, all_of_them: bool = False) -> Any:
    rows = Solicitor.objects.select_related("council")
    return forms.ModelChoiceField(
        label=label, queryset=rows if all_of_them else rows.filter(on_rota=True), empty_label="Choose"
    )


class KeeperForm(forms.Form):
    """Who keeps the rota."""

    officer = forms.ModelChoiceField(
        label="Who keeps the rota?",
        queryset=Officer.objects.filter(role__in=_KEEPERS, is_active=True),
        help_text="A group manager, a head of service or a director. Each week that is not covered is on their list.",
        empty_label="Choose",
    )


class SolicitorForm(forms.Form):
    """A solicitor for the rota."""

    name = line("Name of the solicitor")
    council = line("Which council do they work for?")
    phone = line("Phone number", "The number that is answered at night and at weekends too", length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(PartnerCouncil.objects.values_list("name", flat=True)[:12])
        if known:
            self.fields["council"].help_text = f"On the list already: {', '.join(known)}"


class SolicitorChangeForm(forms.Form):
    """A solicitor's number, and whether they are still on the rota."""

    phone = line("Phone number", length=40)
    on_rota = forms.BooleanField(label="They can be put on the rota", required=False)


class ShiftForm(forms.Form):
    """One shift."""

    mark_optional = False
    solicitor = _solicitor("Who is on call?")
    starts_at = MomentField(label="From")
    ends_at = MomentField(label="Until")
    call = radios("First or second call?", Call.choices, "Only the first call counts as cover.")
    arranged_at = moment("When was it arranged with them?", _ARRANGED)


class PatternForm(ShiftForm):
    """The same shift every week."""

    starts_at = MomentField(label="From, in the first week")
    ends_at = MomentField(label="Until, in the first week")
    weeks = forms.IntegerField(
        label="For how many weeks?", min_value=1, max_value=52,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
    )  # fmt: skip
    field_order = ("solicitor", "starts_at", "ends_at", "weeks", "call", "arranged_at")


class CutForm(forms.Form):
    """A shift ends sooner."""

    ends_at = MomentField(
        label="On call until when?", help_text="Give the beginning of the shift if they are not on call at all."
    )
    reason = line("Why?", "For example: ill; on leave; did not answer", length=300)
    occurred_at = moment("When did you know of it?")


class HandForm(forms.Form):
    """Somebody else takes a shift over."""

    solicitor = _solicitor("Who takes it over?")
    from_at = MomentField(label="From when?", help_text="The rest of the shift is theirs.")
    reason = line("Why?", length=300)
    occurred_at = moment("When was it arranged with them?", _ARRANGED)


class BackForm(forms.Form):
    """A shift that was entered by mistake."""

    reason = line("Why is it taken back?", "For example: entered for the wrong person", length=300)


class TestForm(forms.Form):
    """Somebody rang the number."""

    __test__ = False

    mark_optional = False
    answered = forms.TypedChoiceField(
        label="Did a solicitor answer?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
    )  # fmt: skip
    minutes = forms.IntegerField(
        label="If yes: after how many minutes?", required=False, min_value=0, max_value=1440,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )  # fmt: skip
    words = line("If no: what happened?", required=False, length=300)
    occurred_at = moment("When did you ring?")


class AskForm(forms.Form):
    """Asking for advice."""

    question = words("What do you need to know?", "What has happened, what you want to do, and by when.", rows=6)
    urgency = radios("How soon is it needed?", Urgency.choices)
    asked_at = moment("When did you ask?")


class AdviceForm(forms.Form):
    """What was advised."""

    solicitor = _solicitor("Who advised?", all_of_them=True)
    occurred_at = moment(
        "When did a solicitor first speak to you about it?", "This is the time now. Change it if it was earlier."
    )
    advice = words("What was advised?", "In the solicitor's words as far as you can.", rows=8)
    privileged = forms.BooleanField(
        label="This is legally privileged",
        help_text="Then it is shown only to those who may write to this case file. If you are not sure, leave it ticked.",
        required=False,
    )
    outcome = radios("What comes of it?", Outcome.choices)


class CorrectForm(correct_form.CorrectForm):
    """What was advised, put right."""

    gone = "This was not advised here"
