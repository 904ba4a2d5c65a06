"""The forms of giving access, taking it away and accounting for it. Field names are those of the verbs."""

from typing import Any

from django import forms

from goldenthread.cases.models import BreakGlass, Child, Conflict, Involvement, Restriction
from goldenthread.core.boxes import line, moment, picker, radios, words
from goldenthread.core.clock import end_of
from goldenthread.core.fields import DayField, MomentField
from goldenthread.oversight.named_officers import OfficerField, OfficersField
from goldenthread.oversight.rules import LONGEST
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import ROLES, Permission

_READERS = [key for key, role in ROLES.items() if Permission.READ_RECORDS in role.permissions]
_RECORDERS = [key for key, role in ROLES.items() if Permission.RECORD_REFERRALS in role.permissions]


def _officer(label: str, roles: list[str], help_text: str = "") -> Any:
    rows = Officer.objects.filter(role__in=roles, is_active=True).select_related("team")
    return forms.ModelChoiceField(label=label, queryset=rows, help_text=help_text, empty_label="Choose")


class EmergencyForm(forms.Form):
    """Opening one record, now."""

    mark_optional = False
    reference = line("Reference of the record", "A referral or a case file: R000123 or CF000123", length=20)
    category = radios("What is the emergency?", BreakGlass.Category.choices)
    reason = words(
        "What has happened?",
        "Your manager reads this. Do not write the child's name: the reference is enough.",
        rows=3,
    )


class EmergencyReviewForm(forms.Form):
    """Whether it was right."""

    mark_optional = False
    finding = radios("Was it right to open this record?", BreakGlass.Finding.choices)
    words = words("Why do you think so?", "Ask the officer, and look at what they did there.", rows=3)


class InvolveForm(forms.Form):
    """An officer besides whoever holds the file."""

    officer = _officer("Officer", _READERS)
    kind = radios("What do they do for this file?", Involvement.Kind.choices)
    reason = line("Why this officer?", length=200)
    last_day = DayField(
        label="Until when",
        required=False,
        help_text="The last day on which the file is open to them. An auditor needs one; anyone else may go on without.",
    )

    def clean(self) -> None:
        """The last day counts to its end."""
        day = self.cleaned_data.pop("last_day", None)
        self.cleaned_data["until_at"] = end_of(day) if day else None


class NamedForm(forms.Form):
    """Who may open the records, and whom others phone."""

    named = OfficersField(
        "Who may open the records?",
        "One a line: a name or a user name. They need a relationship to the file besides: holding it, being on duty, "
        "answering for it.",
        _READERS,
    )
    contact = OfficerField(
        "Whom should others phone?", "One of those above. Told to whoever looks this child up for a referral", _READERS
    )


class RestrictForm(NamedForm):
    """Restricting a child's records."""

    child = forms.ModelChoiceField(label="Which child?", queryset=Child.objects.none(), empty_label=None)
    level = radios(
        "How closed should the records be?", Restriction.Level.choices, "Nobody opens sealed records in an emergency."
    )
    reason = line("Why?", "For example: a colleague's family; a threat against the carer", length=LONGEST)
    field_order = ("child", "level", "reason", "named", "contact")

    def __init__(self, *args: Any, children: list[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["child"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        field.queryset = Child.objects.filter(pk__in=[child.pk for child in children])
        field.label_from_instance = lambda obj: str(obj.name)  # type: ignore[method-assign]


class RestrictionReviewForm(NamedForm):
    """Still needed, and for whom."""

    finding = line("Why is it still needed?", length=LONGEST)
    field_order = ("finding", "named", "contact")


class ReasonForm(forms.Form):
    """Why."""

    reason = line("Why?", length=LONGEST)


class ConflictForm(forms.Form):
    """Whom one knows."""

    kind = radios("Who is it?", Conflict.Kind.choices)
    given_names = line("Given names of the child")
    family_name = line("Family name of the child")
    date_of_birth = DayField(label="Date of birth, if you know it", required=False, past=True)


class ConflictReviewForm(forms.Form):
    """What was arranged."""

    mark_optional = False
    outcome = radios("What did you arrange?", Conflict.Outcome.choices)
    words = words("Say what, in a sentence", rows=3)


class DutyForm(forms.Form):
    """A shift."""

    officer = _officer("Who is on duty?", _RECORDERS)
    team = picker("For which team?", [])
    starts_at = moment("From", "")
    ends_at = MomentField(label="Until")

    def __init__(self, *args: Any, teams: list[Team], out_of_hours: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_at"] = MomentField(label="From")
        field = self.fields["team"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        every = [("out-of-hours", "Out of hours, for every team")] if out_of_hours else []
        field.choices = [("", "Choose"), *((team.key, team.name) for team in teams), *every]
        self.by_key = {team.key: team for team in teams}

    def clean_team(self) -> Team | None:
        """The team; None for out of hours."""
        return self.by_key.get(self.cleaned_data["team"])
