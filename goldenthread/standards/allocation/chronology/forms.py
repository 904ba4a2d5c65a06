"""The forms of a chronology. Field names are those of the verbs."""

from collections.abc import Sequence
from typing import Any

from django import forms

from goldenthread.cases.events import Significance, Source
from goldenthread.cases.models import Child, Person
from goldenthread.core.boxes import line, moment, picker, radios, words
from goldenthread.core.fields import DayField
from goldenthread.core.templatetags.words import day
from goldenthread.standards.allocation.chronology.choices import MARKS
from goldenthread.standards.allocation.chronology.fields import Rough, RoughMomentField
from goldenthread.standards.allocation.chronology.models import SignificantEvent

_MATTERS = radios(
    "How much does it matter?", MARKS,
    "A turning point is what somebody must know who reads only ten lines of this child's life.",
)  # fmt: skip
_WHY = "Why does it matter to the child?"
_WHY_HINT = "What it meant, or may mean, for this child: not what the law or the procedure says."
People = Sequence[tuple[int, str]]


class EventForm(forms.Form):
    """Something that happened and that no other record holds."""

    mark_optional = False
    when = RoughMomentField(
        label="When did it happen?",
        help_text="Leave out what is not known: only the month and year, or only the year.",
        past=True,
    )
    children = forms.ModelMultipleChoiceField(
        label="Which child did it happen to?", queryset=Child.objects.none(), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    person = forms.ChoiceField(label="Is it about somebody around the child? (optional)", required=False)
    what = line("What happened?", "One sentence that somebody can read on its own. Write no address.", length=300)
    why = words(_WHY, _WHY_HINT)
    significance = _MATTERS
    source = picker("Which agency does it come from?", Source.choices)
    told_by = line(
        "Who told us, or which paper says so?",
        "The person and their job, or the letter and its date. Somebody who must not be known stays unnamed",
        length=200,
    )
    learnt_on = DayField(
        label="When did we learn of it?",
        help_text="The day on which somebody in children's services first knew. If it was long after it happened, it is "
        "marked as known late: that is a fact about the case, and not a fault of yours.",
        past=True,
    )

    def __init__(self, *args: Any, children: Sequence[Child], people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, person = self.fields["children"], self.fields["person"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 (for the type checker)
        field.queryset = Child.objects.filter(pk__in=[child.pk for child in children])
        field.label_from_instance = lambda obj: str(obj.name)  # type: ignore[method-assign]
        assert isinstance(person, forms.ChoiceField)  # noqa: S101 (for the type checker)
        person.choices = [("", "Nobody in particular"), *((str(pk), name) for pk, name in people)]

    def clean(self) -> None:
        """The time and how exactly it is known apart, and the person, as the verbs take them."""
        given = self.cleaned_data
        when: Rough | None = given.pop("when", None)
        if when is not None:
            given["occurred_at"], given["precision"] = when.at, when.precision
        number = given.get("person")
        given["person"] = Person.objects.filter(pk=number).first() if number else None


class CorrectEventForm(EventForm):
    """The same, to be put right or taken back."""

    withdrawn = forms.BooleanField(
        label="This did not happen, or happened to another child: take it back",
        help_text="It stays on the record that it was said, and is in the chronology no more.",
        required=False,
    )
    reason = line("Why are you correcting it?", length=300)

    def __init__(self, *args: Any, event: SignificantEvent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ("what", "why", "significance", "source", "told_by", "learnt_on")
        self.initial.update({name: getattr(event, name) for name in names})
        self.initial["when"] = Rough(event.occurred_at, event.precision)
        self.initial["children"] = [child.pk for child in event.children.all()]
        self.initial["person"] = str(event.person_id or "")


class MarkForm(forms.Form):
    """Why an event that another record holds matters."""

    significance = _MATTERS
    why = words(_WHY, _WHY_HINT)


class ReviewForm(forms.Form):
    """What the chronology tells, for whoever went through it."""

    words = words(
        "What does the chronology tell now?",
        "Read it from the beginning. What keeps coming back? What has changed for the child, and what has not? What was known "
        "late, and what does that change? What has to be done now?",
        rows=8,
    )
    occurred_at = moment("When did you go through it?")


class SeenForm(forms.Form):
    """What a manager thinks of it."""

    words = words(
        "What do you think of it?",
        "What do you see that the worker may be too near to see? What has to be done, by whom and by when?",
        rows=6,
    )
    occurred_at = moment("When did you read it?")


class FilterForm(forms.Form):
    """What the chronology is narrowed to."""

    mark_optional = False
    at_least = forms.ChoiceField(
        label="Significance",
        choices=[
            ("", "All events"),
            (Significance.SIGNIFICANT.value, "Significant, and turning points"),
            (Significance.KEY.value, "Turning points only"),
        ],
        required=False,
    )
    about = forms.ChoiceField(label="About", required=False)
    source = forms.ChoiceField(label="Agency", choices=[("", "All agencies"), *Source.choices], required=False)
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    order = forms.ChoiceField(
        label="Order", choices=[("", "Earliest first"), ("newest", "Latest first")], required=False
    )
    only = forms.ChoiceField(
        label="Only", choices=[("", "No other limit"), ("late", "Known late"), ("new", "New since the last review")],
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, children: Sequence[Child], people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)  # noqa: S101 (for the type checker)
        about.choices = [
            ("", "Everybody"),
            *((f"child-{child.pk}", child.name) for child in children),
            *((f"person-{pk}", name) for pk, name in people),
        ]

    def in_words(self) -> list[tuple[str, str]]:
        """What it is narrowed to, for a document that was narrowed: each box with what was chosen. Ask it of a valid one."""
        found = []
        for name, value in self.cleaned_data.items():
            if value and name != "order":
                field = self.fields[name]
                choices: Any = getattr(field, "choices", None)
                said = dict(choices).get(value, "") if choices else day(value)
                found.append((str(field.label), str(said)))
        return found
