"""What can be done on a closure from its page: each a form, a verb and a button."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.closing import actions, signing
from goldenthread.standards.allocation.closing import forms as boxes
from goldenthread.standards.allocation.closing.choices import State


@dataclass(frozen=True, slots=True)
class Deed:
    """One of them. states: how the closure must stand for it to be offered; others_only: not by who asked."""

    key: str
    title: str
    button: str
    done: str
    form: Callable[..., forms.Form]
    verb: Callable[..., object]
    states: frozenset[State]
    permission: Permission = Permission.RECORD_REFERRALS
    others_only: bool = False
    warning: str = ""

    @property
    def url_name(self) -> str:
        """The name of its page."""
        return f"closure-{self.key}"


_RUNNING = frozenset({State.ASKED, State.RETURNED})
_ASKED, _SIGN = frozenset({State.ASKED}), Permission.SIGN_OFF

DEEDS: tuple[Deed, ...] = (
    Deed(
        "family", "Record how the family was told", "Record it", "It is recorded.", boxes.ToldForm, actions.tell_family,
        _RUNNING,
    ),
    Deed(
        "agency", "Record how an agency was told", "Record it", "It is recorded.", boxes.AgencyForm,
        actions.tell_agency, _RUNNING,
    ),
    Deed(
        "chronology", "Look at the chronology for the last time", "Record the look", "It is recorded.",
        boxes.ChronologyForm, actions.look_at_chronology, _RUNNING,
    ),
    Deed(
        "again", "Ask again", "Ask again", "The manager is asked again.", boxes.AgainForm, actions.ask_again,
        frozenset({State.RETURNED}),
    ),
    Deed(
        "sign-off", "Sign off and close the file", "Close the file", "The file is closed.", boxes.SignOffForm,
        signing.sign_off_closure, _ASKED, _SIGN, True,
        "The file is closed only where nothing is owed on it, everybody was told, and nothing about a child runs.",
    ),
    Deed(
        "return", "Return it for more work", "Return it", "It is returned.", boxes.ReturnForm, signing.return_closure,
        _ASKED, _SIGN, True,
    ),
    Deed(
        "drop", "Keep the file open", "Keep it open", "The file stays open.", boxes.DropForm, actions.drop_closure,
        _RUNNING,
    ),
    Deed(
        "reopen", "Open the file again", "Open it again", "The file is open again.", boxes.ReopenForm, signing.reopen,
        frozenset({State.CLOSED}), _SIGN,
        warning="It goes back into the hands in which it was when it was closed. What comes round is owed again.",
    ),
)  # fmt: skip
BY_KEY = {deed.key: deed for deed in DEEDS}
