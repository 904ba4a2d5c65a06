"""The forms of case records. Field names are those of the verbs; the guidelines stand beside each box."""

from typing import Any

from django import forms

from goldenthread.cases.models import Child
from goldenthread.core.boxes import line, moment, picker, radios, words
from goldenthread.core.errors import Refused
from goldenthread.people.models import Officer
from goldenthread.people.roles import ROLES, Permission
from goldenthread.standards.assessment.recording.choices import Kind, Seen
from goldenthread.standards.assessment.recording.rules import checks_of_words

_RECORDERS = [key for key, role in ROLES.items() if Permission.RECORD_REFERRALS in role.permissions]
_CHILD = "child_"


def _worker() -> Any:
    rows = Officer.objects.filter(role__in=_RECORDERS, is_active=True).select_related("team")
    return forms.ModelChoiceField(label="Who made the contact?", queryset=rows, empty_label=None)


class ContactForm(forms.Form):
    """A contact: what kind, when, who was seen, what was seen and heard, what to make of it, what happens next."""

    mark_optional = False
    kind = picker("What kind of contact was it?", Kind.choices)
    occurred_at = moment("When did it take place?", "The time of the contact, not the time of writing.")
    made_by = _worker()
    where = line("Where?", "Needed for a visit. Write “at home”, not the address.", required=False, length=200)
    people = line(
        "Who else took part? (optional)", "Each with their part in the child's life", required=False, length=300
    )
    facts = words(
        "What was seen and heard?",
        "Facts only: what you saw, what each person said and who said it, the child's own words where you can. "
        "Someone who was not there should be able to see it.",
        rows=8,
    )
    view = words(
        "What do you make of it?",
        "Your opinion, and what in the facts it rests on. What has changed for the child since the last time? "
        "Needed for a visit or a meeting.",
        required=False,
    )
    next_steps = words(
        "What happens next?",
        "Who does what, by when, and who has been told. Needed for a visit or a meeting.",
        rows=3,
        required=False,
    )
    in_confidence = forms.BooleanField(
        label="Part of this was told in confidence, or is about somebody else",
        required=False,
    )

    def __init__(self, *args: Any, children: list[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = ["kind", "occurred_at", "made_by", "where"]
        for child in children:
            name = f"{_CHILD}{child.pk}"
            self.fields[name] = radios(
                f"Was {child.name} seen?",
                [*Seen.choices, ("", "It is not about this child")],
                "A child who can talk is seen alone for part of each visit." if child == children[0] else "",
                required=False,
            )
            order.append(name)
        self.order_fields([*order, "people", "facts", "view", "next_steps", "in_confidence"])

    def clean(self) -> None:
        """The children's answers together, as the verb takes them."""
        given = self.cleaned_data
        names = [name for name in given if name.startswith(_CHILD)]
        given["seen"] = {int(name.removeprefix(_CHILD)): given[name] for name in names if given[name]}
        for name in names:
            del given[name]
        if not given["seen"]:
            self.add_error(None, "Say of at least one child that it is about them, and whether they were seen")
        for name, check in checks_of_words(given.get("kind", "")):
            if name in given:
                try:
                    check(given[name])
                except Refused as refusal:
                    self.add_error(name, str(refusal))


class CorrectContactForm(ContactForm):
    """The same, to be put right."""

    withdrawn = forms.BooleanField(
        label="This did not happen, or is on the wrong file: take it back",
        help_text="It stays here to be read, marked as taken back.",
        required=False,
    )
    reason = line("Why are you correcting it?", length=300)


class FilterForm(forms.Form):
    """What the list of records is narrowed to."""

    mark_optional = False
    kind = forms.ChoiceField(label="Kind", choices=[("", "All kinds"), *Kind.choices], required=False)
    child = forms.ModelChoiceField(
        label="Child", queryset=Child.objects.none(), required=False, empty_label="All children"
    )
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, children: list[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["child"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        field.queryset = Child.objects.filter(pk__in=[child.pk for child in children])
        field.label_from_instance = lambda obj: str(obj.name)  # type: ignore[method-assign]
