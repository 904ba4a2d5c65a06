"""The forms of interpreters. Field names are those of the verbs."""

from typing import Any

from django import forms

from goldenthread.core.boxes import line, moment, picker, radios, words
from goldenthread.core.fields import MomentField
from goldenthread.standards.assessment.interpreting.choices import (
    Attended,
    ForWhom,
    Language,
    Mode,
    Purpose,
    ReplyKind,
    StandIn,
    Understood,
    WhyCancelled,
)
from goldenthread.standards.assessment.interpreting.models import InterpreterProvider


class AskForm(forms.Form):
    """What is needed."""

    mark_optional = False
    for_whom = radios("Who needs the interpreter?", ForWhom.choices)
    language = picker("Language or way of communicating", Language.choices, "Ask the family which, and which dialect.")
    language_other = line("Which, if it is not in the list?", required=False, length=60)
    mode = radios(
        "How should it be done?",
        Mode.choices,
        "In person where a child is seen, or where what is said may be hard to hear.",
    )
    purpose = picker("What is it for?", Purpose.choices)
    about = words(
        "What does the interpreter need to know?",
        "How long, who is there, whether a man or a woman is wanted, and whom the family would not want. "
        "Leave out the child's name: this goes to the provider.",
        rows=3,
    )
    needed_at = MomentField(
        label="When is it needed?", help_text="For a translation, by when. For example, 14 10 2003, 2:30pm."
    )
    urgent = forms.BooleanField(label="It is urgent", required=False)
    asked_at = moment("When did you ask for it?")


class ReplyForm(forms.Form):
    """How it stands with a provider."""

    mark_optional = False
    answer = radios("How does it stand?", ReplyKind.choices)
    listed = forms.ModelChoiceField(
        label="Provider", queryset=InterpreterProvider.objects.all(), required=False, empty_label="Choose"
    )
    provider = line("Name of the provider, if not in the list", required=False)
    interpreter_reference = line(
        "Whom will they send?",
        "The interpreter's number, or as the provider names them, if you know it",
        required=False,
        length=60,
    )
    words = words("What did they say?", "Needed where they cannot provide one", rows=3, required=False)
    occurred_at = moment("When was this?")

    def clean(self) -> dict[str, Any]:
        """The provider's name, from either box."""
        given = dict(self.cleaned_data)
        listed = given.pop("listed", None)
        given["provider"] = given.get("provider") or (listed.name if listed else "")
        if not given["provider"] and "provider" not in self.errors:
            self.add_error("listed", "Choose the provider, or write its name")
        return given


class AttendanceForm(forms.Form):
    """Whether the interpreter came."""

    mark_optional = False
    outcome = radios("Did the interpreter, or the translation, come?", Attended.choices)
    came_at = MomentField(
        label="When did they come?", help_text="Only where they came late.", past=True, required=False
    )
    words = words("What was done instead?", "Needed where nobody came", rows=3, required=False)


class CancelForm(forms.Form):
    """It came to nothing."""

    why = radios("Why is it cancelled?", WhyCancelled.choices)
    words = words("What happened?", rows=3)
    occurred_at = moment("When was it cancelled?")


class StandInForm(forms.Form):
    """Who interpreted instead."""

    who = radios("Who interpreted?", StandIn.choices)
    why = words("Why was there no interpreter?", "And what was left for an interpreter to go over again.", rows=3)
    occurred_at = moment("When was this?")


class UnderstoodForm(forms.Form):
    """What the family said."""

    mark_optional = False
    answer = radios("Did the family understand, and were they understood?", Understood.choices)
    words = words(
        "What did they say?",
        "Needed unless the answer is yes. In their own words, as far as you can.",
        rows=3,
        required=False,
    )
    occurred_at = moment("When did you ask them?")
