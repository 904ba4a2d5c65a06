"""What can be done on a request for an interpreter: each a form, a verb and a button."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from goldenthread.cases.facts import Fact
from goldenthread.standards.assessment.interpreting import actions
from goldenthread.standards.assessment.interpreting import forms as boxes
from goldenthread.standards.assessment.interpreting.models import (
    FamilyInterpreter,
    InterpreterCancel,
    InterpreterPresence,
    ProviderReply,
    UnderstoodAnswer,
)


@dataclass(frozen=True, slots=True)
class Deed:
    """One of them. key: the last word of its page's name; makes: the fact that it writes; settles: the requirement that it
    answers; lead: guidance above the form."""

    key: str
    title: str
    button: str
    done: str
    form: type[forms.Form]
    verb: Callable[..., object]
    makes: type[Fact]
    settles: str = ""
    lead: str = ""

    @property
    def url_name(self) -> str:
        """The name of its page."""
        return f"interpreter-{self.key}"


DEEDS: tuple[Deed, ...] = (
    Deed(
        "reply", "Record what a provider answered", "Record the answer", "The provider's answer is recorded.",
        boxes.ReplyForm, actions.record_reply, ProviderReply, "assessment.interpreter-confirmed",
        "Record each provider that you ask, also those that cannot help: that is how the service learns which languages "
        "are hard to find.",
    ),
    Deed(
        "attendance", "Record whether the interpreter came", "Record it", "It is recorded whether the interpreter came.",
        boxes.AttendanceForm, actions.record_attendance, InterpreterPresence, "assessment.interpreter-came",
    ),
    Deed(
        "understood", "Ask the family whether they understood", "Record what they said", "What the family said is recorded.",
        boxes.UnderstoodForm, actions.record_understood, UnderstoodAnswer, "assessment.understood-asked",
        "Ask the parent and, where the child spoke through the interpreter, the child; best through somebody else.",
    ),
    Deed(
        "stand-in", "Somebody else interpreted", "Record who interpreted", "It is recorded who interpreted.",
        boxes.StandInForm, actions.record_stand_in, FamilyInterpreter, "",
        "Relatives leave things out, and children carry what they should not. It is recorded so that it is seen and goes over "
        "again with an interpreter; it does not count as one.",
    ),
    Deed(
        "cancel", "Cancel the request", "Cancel it", "The request is cancelled.",
        boxes.CancelForm, actions.cancel_interpreter, InterpreterCancel, "",
        "Where the provider cancels, record that as its answer instead: the family still needs an interpreter.",
    ),
)  # fmt: skip
BY_KEY = {deed.key: deed for deed in DEEDS}
SETTLED_BY = {deed.settles: deed for deed in DEEDS if deed.settles}
BY_KIND = {deed.makes._meta.model_name or "": deed for deed in DEEDS}
