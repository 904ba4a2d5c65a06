"""The forms of the register and of its check. Field names are those of the verbs."""

from typing import Any

from django import forms

from goldenthread.cases.models import Child
from goldenthread.core.boxes import line, moment, picker, radios, words
from goldenthread.core.clock import today
from goldenthread.core.fields import DayField
from goldenthread.people.models import Officer, Team
from goldenthread.standards.assessment.register.choices import OTHERS_ONLY, SURE, Category, EndReason


def kinds(label: str = "For which kinds of harm?") -> forms.MultipleChoiceField:
    """One or several kinds of harm."""
    return forms.MultipleChoiceField(
        label=label,
        choices=Category.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose all that the conference named.",
    )


class OfficerField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody who works here, by name."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and team."""
        return f"{obj.name}, {obj.team or obj.role_data.title}"


def key_worker(label: str = "Who is the key worker?") -> OfficerField:
    """An officer of the teams."""
    rows = Officer.objects.filter(is_active=True, team__isnull=False).select_related("team").order_by("name")
    return OfficerField(label=label, queryset=rows, required=False, empty_label="Somebody elsewhere")


class EnterForm(forms.Form):
    """A child is put on the register."""

    mark_optional = False
    categories = kinds()
    occurred_at = moment("When did the conference decide it?", "Change it if it was not just now.")
    officer = key_worker()
    name = line("Name of the key worker, if they work elsewhere (optional)", required=False)


class PlacedForm(forms.Form):
    """Another council's child is placed here."""

    mark_optional = False
    given_names = line("Given names of the child", required=False)
    family_name = line("Family name")
    date_of_birth = DayField(label="Date of birth, if you know it", required=False, past=True)
    sex = radios("Sex", Child.Sex.choices)
    council = line("Which council's register is the child on?")
    council_reference = line("Their reference (optional)", required=False, length=80)
    council_contact = line("Whom to reach there", "Name, and phone or e-mail", length=200)
    categories = kinds()
    occurred_at = moment("Since when is the child on their register?", "")
    notified_at = moment("When did they tell us?")
    name = line("Who is the key worker there?")
    team = forms.ModelChoiceField(
        label="Which team keeps the file here?", queryset=Team.objects.none(), empty_label="Choose"
    )

    def __init__(self, *args: Any, by: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reached = by.line_team_ids()
        teams = Team.objects.all() if reached is None else Team.objects.filter(pk__in=reached)
        field = self.fields["team"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        field.queryset = teams


class CategoriesForm(forms.Form):
    """The kinds of harm change."""

    categories = kinds("For which kinds of harm now?")
    occurred_at = moment("When was it decided?")


class KeyWorkerForm(forms.Form):
    """The key worker changes."""

    mark_optional = False
    officer = key_worker("Who is the key worker now?")
    name = line("Name of the key worker, if they work elsewhere (optional)", required=False)
    occurred_at = moment("Since when?")


class EndForm(forms.Form):
    """An entry ends."""

    reason = picker("Why is the child no longer on it?", EndReason.choices)
    words = words("What did the conference decide?", required=False)
    occurred_at = moment("When was it decided?")

    def __init__(self, *args: Any, council: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not council:
            field = self.fields["reason"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
            field.choices = [("", "Choose"), *[c for c in EndReason.choices if c[0] not in OTHERS_ONLY]]


class CorrectForm(forms.Form):
    """What was recorded of an entry is put right."""

    occurred_at = moment("When it was so", "")
    withdrawn = forms.BooleanField(label="This is a mistake: take it back", required=False)
    correction = line("Why are you correcting it?", length=300)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes: dict[str, forms.Field] = {
            "listing": {"categories": kinds()},
            "keyworker": {"officer": key_worker(), "name": line("Name, if they work elsewhere", required=False)},
            "removal": {
                "reason": picker("Why?", EndReason.choices),
                "words": words("What was decided?", required=False),
            },
        }[kind]  # type: ignore[assignment]
        self.fields = {**boxes, **self.fields}


class AskForm(forms.Form):
    """What is said of one child."""

    mark_optional = False
    given_names = line("Given names", required=False)
    family_name = line("Family name", required=False)
    other_names = line(
        "Other names", "Other spellings, names at home, a relative's family name. Put commas between them.",
        required=False, length=300,
    )  # fmt: skip
    date_of_birth = DayField(
        label="Date of birth", help_text="An estimate helps too. For example, 27 3 1998", required=False
    )
    lines = line("Address", "House number and street", required=False, length=200)
    postcode = line("Postcode", required=False, length=10)

    def clean(self) -> None:
        """A name or a day at least."""
        given = self.cleaned_data
        if not (
            given.get("given_names")
            or given.get("family_name")
            or given.get("other_names")
            or given.get("date_of_birth")
        ):
            self.add_error("family_name", "Enter a name, or a date of birth")


class AskerForm(forms.Form):
    """Who asks, where there is no referral."""

    asker = line("Who is asking?", "Their name")
    agency = line("Where do they ask from?", "For example, the ward, the police station or the council")
    contact = line(
        "How did you call them back?",
        "Never answer the call itself: ring the number that the agency publishes.",
        length=200,
    )
    purpose = line("Why do they ask?", length=300)


class SettleForm(forms.Form):
    """A manager's answer."""

    mark_optional = False
    answer = radios("Is it the child?", SURE)
    words = line("How do you know?", "For example, whom you phoned", length=300)
    occurred_at = moment("When was it settled?")


class AsAtForm(forms.Form):
    """Which day the list of the register is of, and which kind of harm."""

    mark_optional = False
    as_at = DayField(label="As at", required=False, past=True)
    category = forms.ChoiceField(label="Kind of harm", choices=[("", "All kinds"), *Category.choices], required=False)
    whose = forms.ChoiceField(
        label="Whose", choices=[("", "Everyone's"), ("own", "Ours"), ("other", "Other councils'")], required=False
    )

    def day(self) -> Any:
        """The day asked for, or today."""
        return (self.cleaned_data.get("as_at") if self.is_valid() else None) or today()
