"""The form that corrects a fact: what it says in boxes, whether it is taken back, and why."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db import models

from goldenthread.cases.facts import Fact
from goldenthread.core.boxes import line, moment, picker, words
from goldenthread.core.clock import at_minute
from goldenthread.core.fields import DayField, MomentField


def boxes_of(fact: Fact, names: Iterable[str], **labels: str) -> dict[str, forms.Field]:
    """The boxes for fields of a fact, as the model has them. labels: where they are called otherwise than there."""
    return {name: _box(fact, name, labels.get(name, "")) for name in names}


def _box(fact: Fact, name: str, label: str) -> forms.Field:
    if name == "occurred_at":
        return moment(label or "When it happened", "")
    field: Any = fact._meta.get_field(name)
    called = str(field.verbose_name)
    label, needed = label or called[:1].upper() + called[1:], not field.blank
    if field.choices:
        return picker(label, list(field.flatchoices), required=needed)
    match field:
        case models.BooleanField():
            return forms.BooleanField(label=label, required=False)
        case models.DateTimeField():
            return MomentField(label=label, required=needed)
        case models.DateField():
            return DayField(label=label, required=needed)
        case models.DecimalField():
            return forms.DecimalField(
                label=label, required=needed, max_digits=field.max_digits, decimal_places=field.decimal_places
            )
        case models.TextField():
            return words(label, required=needed)
    return line(label, required=needed, length=field.max_length or 300)


class CorrectForm(forms.Form):
    """What a fact says, to be put right or taken back. boxes: those of what can be corrected, by its fields' names."""

    gone = "This did not happen"
    why = "Why are you correcting it?"

    def __init__(self, *args: Any, fact: Fact, boxes: Mapping[str, forms.Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact = fact
        for name, box in boxes.items():
            self.fields[name] = box
            self.initial[name] = getattr(fact, name)
        if "occurred_at" in boxes:
            boxes["occurred_at"].help_text = ""  # what a verb's own form says there is of the time now
        self.fields["withdrawn"] = forms.BooleanField(label=f"{self.gone}: take it back", required=False)
        self.fields["reason"] = line(self.why, length=300)

    def clean(self) -> None:
        """An hour that nobody touched is not changed: its boxes tell no seconds."""
        super().clean()
        at = self.cleaned_data.get("occurred_at")
        if at is None or at_minute(at) == at_minute(self.fact.occurred_at):
            self.cleaned_data.pop("occurred_at", None)
