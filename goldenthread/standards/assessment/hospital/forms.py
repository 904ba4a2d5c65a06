"""The forms of what is done for a child in hospital. Field names are those of the verbs."""

from typing import Any

from django import forms

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.boxes import line, moment, picker, radios, words
from goldenthread.people.models import Officer
from goldenthread.people.roles import ROLES, Permission
from goldenthread.standards.assessment.hospital.choices import Harm, How, Step, Told
from goldenthread.standards.referrals.choices import AgencyKind
from goldenthread.standards.referrals.models import Referral

_HARM = "May somebody have harmed the child on purpose?"


def _officers(label: str, permission: Permission, help_text: str = "") -> Any:
    roles = [key for key, role in ROLES.items() if permission in role.permissions]
    rows = Officer.objects.filter(role__in=roles, is_active=True).select_related("team")
    return forms.ModelChoiceField(label=label, queryset=rows, help_text=help_text, empty_label="Choose")


class NotificationForm(forms.Form):
    """A hospital told us of a child."""

    mark_optional = False
    received_at = moment("When did the hospital tell us?")
    told = radios("Who in the hospital told us?", Told.choices)
    told_by = line("Name of the person", "And their job: staff nurse, registrar…")
    hospital = line("Which hospital?")
    ward = line("Which ward? (optional)", required=False)
    admitted_at = moment("When did the child come to the hospital?", "Born there: the time of birth.")
    children = forms.ModelMultipleChoiceField(
        label="Which children are there?", queryset=Child.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text="Record children who will leave at different times one by one.",
    )  # fmt: skip
    concern = words("What is the concern?", "In the hospital's words as far as you can.", rows=6)
    harm = radios(_HARM, Harm.choices, "“Not known yet” counts as yes until it is settled.")
    referral = forms.ModelChoiceField(
        label="Did it come as a referral?", queryset=Referral.objects.none(), required=False, empty_label="No",
        help_text="Referrals from the health service on this case file",
    )  # fmt: skip

    def __init__(self, *args: Any, case_file: CaseFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        children, referral = self.fields["children"], self.fields["referral"]
        assert isinstance(children, forms.ModelMultipleChoiceField)  # noqa: S101 (for the type checker)
        children.queryset = case_file.children.all()
        children.label_from_instance = lambda obj: str(obj.name)  # type: ignore[method-assign]
        assert isinstance(referral, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        referral.queryset = Referral.objects.filter(case_file=case_file, agency_kind=AgencyKind.HEALTH)


class VisitForm(forms.Form):
    """The child was seen."""

    occurred_at = moment("When did you see the child?")
    seen = words(
        "How was the child?", "What you saw and heard, and what the child said. Say if you saw the child alone."
    )


class StepForm(forms.Form):
    """A step of the protocol."""

    step = picker("Which step?", Step.choices)
    needed = forms.TypedChoiceField(
        label="Was it taken?", choices=[("yes", "Yes"), ("no", "It is not needed")], widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
    )  # fmt: skip
    words = words("What came of it?", "Who was spoken to, and what they said. If it is not needed: why.")
    occurred_at = moment("When was that?")


class HarmForm(forms.Form):
    """How it is seen now."""

    answer = radios(_HARM, Harm.choices, "Only a manager records “no”.")
    why = words("Why do you think so?", "What is known now, from whom, and what still has to be found out.")
    occurred_at = moment("When did you come to this view?")


class PlanForm(forms.Form):
    """What is to happen when the child leaves."""

    where_to = line("Where does the child go?", "Home, foster carers, a relative. Write no address.", length=200)
    with_whom = line("Who looks after the child there?", length=200)
    visits = words("Who visits, and when first?", "Names and days. Say what happens if nobody opens the door.")
    consultant = line("Which consultant agreed?", "The doctor who answers for the child")
    worker = _officers("Which social worker agreed?", Permission.RECORD_REFERRALS)
    manager = _officers("Which manager agreed?", Permission.SIGN_OFF)
    occurred_at = moment("When did the last of them agree?")


class DischargeForm(forms.Form):
    """The child left."""

    mark_optional = False
    how = radios("How did the child leave?", How.choices)
    where_to = line("Where to?", "Home, foster carers, a relative. Write no address.", length=200)
    occurred_at = moment("When did the child leave?")
    done = words(
        "If not as agreed: what was done about it?", "Who was told, and who went to see the child.", required=False
    )


class EscalationForm(forms.Form):
    """What is to be done for a child who left otherwise than was agreed."""

    words = words("What is to be done for the child?", "By whom, and by when.")
    occurred_at = moment("When did you say so?")
