"""The forms of what is known of a child. Field names are those of the verbs and of the records."""

from typing import Any

from django import forms
from django.db import models

from goldenthread.cases.choices import DisabilityCode, Way
from goldenthread.cases.facts import Fact
from goldenthread.cases.models import (
    AgencyInvolved,
    Child,
    ChildTie,
    Communication,
    Danger,
    Disability,
    Ethnicity,
    LanguageAnswer,
    OtherName,
    Person,
    Tie,
)
from goldenthread.core.boxes import line, moment, picker, radios
from goldenthread.core.fields import DayField
from goldenthread.standards.assessment.household.actions import KEPT_AS

_FEW = 6  # choices that are shown as radios
_CODES = {"codes": DisabilityCode.choices, "ways": Way.choices}


def box(model: type[Fact], name: str, label: str, help_text: str = "") -> Any:
    """The box for one field of a fact."""
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101 (only plain fields are asked for)
    if name in _CODES:
        return forms.MultipleChoiceField(
            label=label, choices=_CODES[name], help_text=help_text, widget=forms.CheckboxSelectMultiple,
            required=not field.blank,
        )  # fmt: skip
    if field.choices:
        choices = list(field.flatchoices)
        make = radios if len(choices) <= _FEW and not field.blank else picker
        return make(label, choices, help_text, required=not field.blank)
    if isinstance(field, models.BooleanField):
        return forms.BooleanField(label=label, help_text=help_text, required=False)
    if isinstance(field, models.DateField):
        return DayField(label=label, help_text=help_text, required=False, past=True)
    return line(label, help_text, required=not field.blank, length=field.max_length or 300)


def told() -> Any:
    """When somebody told us."""
    return moment("When were you told?")


class EthnicityForm(forms.Form):
    """The child's ethnicity."""

    code = box(
        Ethnicity,
        "code",
        "What is the child's ethnicity?",
        "As the child or the family say it. Never guess it from a name or a face.",
    )
    described = box(Ethnicity, "described", "In their own words", "If they say it in another way than the list")
    occurred_at = told()


class LanguageForm(forms.Form):
    """Languages, and who has to interpret."""

    mark_optional = False
    answer = box(
        LanguageAnswer,
        "answer",
        "What did the family say?",
        "Ask, even where you think you know. For a deaf child or parent, ask about signing.",
    )
    first = box(LanguageAnswer, "first", "First language", "If they told us: the one that the family speaks at home")
    first_other = box(LanguageAnswer, "first_other", "Which other language?", "Only if it is not in the list")
    interpreter = picker(
        "Is an interpreter needed?",
        list(LanguageAnswer._meta.get_field("interpreter").flatchoices),
        "If they told us. Never a child, and never a relative.",
        required=False,
    )
    others = box(
        LanguageAnswer,
        "others",
        "Other languages (optional)",
        "For example: English with the child, Polish with the grandmother",
    )
    written = box(LanguageAnswer, "written", "How should we write to them? (optional)")
    occurred_at = moment("When did you ask?")


class DisabilityForm(forms.Form):
    """Whether the child has a disability."""

    mark_optional = False
    answer = box(Disability, "answer", "Does the child have a disability?")
    codes = box(Disability, "codes", "If yes: what does it affect?")
    described = box(
        Disability, "described", "In plain words (optional)", "What the child finds hard, and what they need"
    )
    occurred_at = told()


class CommunicationForm(forms.Form):
    """How the child makes themselves understood."""

    ways = box(Communication, "ways", "How does the child communicate?")
    helps = box(
        Communication,
        "helps",
        "What helps?",
        "For example: quiet, time to answer, the teaching assistant who knows her signs",
    )
    occurred_at = told()


class AgencyForm(forms.Form):
    """An agency that has to do with the child."""

    kind = box(AgencyInvolved, "kind", "What kind of agency is it?")
    name = box(AgencyInvolved, "name", "Name of the agency", "Which school, surgery or team")
    what_for = box(AgencyInvolved, "what_for", "What is it there for?")
    worker = box(AgencyInvolved, "worker", "Who there?")
    contact = box(AgencyInvolved, "contact", "How to reach them")
    since = box(AgencyInvolved, "since", "Since when?")
    occurred_at = told()


class OtherNameForm(forms.Form):
    """Another name."""

    kind = picker("What kind of name is it?", [c for c in OtherName.Kind.choices if c[0] != OtherName.Kind.MERGED])
    given_names = line("Given names", required=False)
    family_name = line("Family name", required=False)
    since = DayField(label="From when?", required=False, past=True)
    until = DayField(label="Until when?", required=False, past=True)


class _TieBoxes(forms.Form):
    relation = box(Tie, "relation", "What are they to the child?")
    responsibility = box(Tie, "responsibility", "Do they have parental responsibility?")
    lives_with = box(Tie, "lives_with", "They live with the child")
    since = box(Tie, "since", "If they live together: since when?")


class PersonForm(_TieBoxes):
    """Somebody new around the child."""

    given_names = box(Person, "given_names", "Given names")
    family_name = box(Person, "family_name", "Family name")
    date_of_birth = box(Person, "date_of_birth", "Date of birth")
    contact = box(Person, "contact", "How to reach them")
    language = box(Person, "language", "Which language do they speak?")
    interpreter = box(Person, "interpreter", "Do they need an interpreter?")
    children = forms.ModelMultipleChoiceField(
        label="Which children of this file is this about?",
        queryset=Child.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    occurred_at = told()
    field_order = (
        "given_names", "family_name", "relation", "children", "responsibility", "lives_with", "since", "date_of_birth",
        "contact", "language", "interpreter", "occurred_at",
    )  # fmt: skip


class _OfPerson(forms.Form):
    person = picker("Who is it?", [])


class TieForm(_OfPerson, _TieBoxes):
    """What somebody known already is to this child."""

    occurred_at = told()
    field_order = ("person", "relation", "responsibility", "lives_with", "since", "occurred_at")


class DangerForm(_OfPerson):
    """Whom somebody endangers."""

    to_whom = box(
        Danger,
        "to_whom",
        "To whom are they a danger?",
        "For example: to the children; to their mother; to workers who visit alone",
    )
    why = box(Danger, "why", "Why do you think so?", "What happened, and who says so")
    occurred_at = told()


class SiblingForm(forms.Form):
    """What another child is to this one."""

    other = picker("Which child?", [])
    relation = box(ChildTie, "relation", "What are they to each other?")
    occurred_at = told()


class AmendForm(forms.Form):
    """A child's name, date of birth and sex."""

    given_names = line("Given names", required=False)
    family_name = line("Family name", required=False)
    keep_name = picker(
        "If the name changes: what is the old one?",
        KEPT_AS,
        "Leave this empty where the old name was simply wrong.",
        required=False,
    )
    date_of_birth = DayField(label="Date of birth", help_text="For an unborn child, the expected date", required=False)
    birth_date_is_estimate = forms.BooleanField(label="The date of birth is a guess", required=False)
    sex = radios("Sex", Child.Sex.choices)
    reason = line("Why are you changing it?", length=300)


class UntilForm(forms.Form):
    """The last day."""

    until = DayField(label="Until which day?", past=True)


class TakeBackForm(forms.Form):
    """Why something counts no more."""

    reason = line("Why is it taken back?", length=300)


class AskForm(LanguageForm):
    """Languages, for several children of a referral at once."""

    children = forms.ModelMultipleChoiceField(
        label="For which children?", queryset=Child.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("children",)


class FindForm(forms.Form):
    """Looking for the other record, or for a brother or sister."""

    mark_optional = False
    name = line("Name of the child", "Part of a name will do. Names spelled nearly the same are found too.")


class MergeForm(forms.Form):
    """Which record stays, and why."""

    mark_optional = False
    stays = radios("Which record stays?", [])
    why = line(
        "Why are they one child?", "What shows it: the same date of birth and mother, a birth certificate…", length=300
    )
    sure = forms.BooleanField(label="I have compared both records, and they are of the same child")


class TakeMergeBackForm(forms.Form):
    """Why two children, after all."""

    reason = line("Why are they two children?", length=300)


def name_children(field: forms.Field, children: Any) -> None:
    """Let the boxes of a choice of children say their names."""
    assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 (for the type checker)
    field.queryset = children
    field.label_from_instance = lambda obj: str(obj.name)  # type: ignore[method-assign]
