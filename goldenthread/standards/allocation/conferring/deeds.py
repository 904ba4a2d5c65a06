"""What can be done on a meeting from its page: each a form, a verb and a button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from goldenthread.standards.allocation.conferring import actions, holding
from goldenthread.standards.allocation.conferring import forms as boxes


@dataclass(frozen=True, slots=True)
class Deed:
    """One of them. settles: the requirements that it answers; when: “before” it was held, “after”, or “always”."""

    key: str
    title: str
    button: str
    done: str
    form: Callable[..., forms.Form]
    verb: Callable[..., Any]
    when: str = "before"
    settles: tuple[str, ...] = ()
    begun: tuple[tuple[str, str], ...] = ()

    @property
    def url_name(self) -> str:
        """The name of its page."""
        return f"meeting-{self.key}"


DEEDS: tuple[Deed, ...] = (
    Deed(
        "held", "Record that it was held, and who came", "Record the meeting", "The meeting is recorded.", boxes.HeldForm,
        holding.hold_meeting, "before", ("allocation.conference-attendance",),
    ),
    Deed(
        "invite", "Record invitations", "Record the invitations", "The invitations are recorded.", boxes.InviteForm,
        actions.invite, "before", ("allocation.conference-invitations",),
    ),
    Deed(
        "answer", "Record an answer or apologies", "Record the answer", "The answer is recorded.", boxes.AnswerForm,
        actions.answer_invitation,
    ),
    Deed(
        "report", "Record reports", "Record the reports", "The reports are recorded.", boxes.ReportForm,
        actions.record_reports, "always", ("allocation.conference-reports", "allocation.review-conference-reports"),
    ),
    Deed(
        "invitee", "Somebody else should come, or came", "Add to the list", "They are on the list.", boxes.InviteeForm,
        actions.add_invitee, "always",
    ),
    Deed(
        "move", "Put it off or cancel it", "Record it", "It is recorded.", boxes.MoveForm, actions.move_meeting,
    ),
    Deed(
        "attendance", "Record who came", "Record who came", "Who came is recorded.", boxes.AttendanceForm,
        holding.record_attendance, "after",
    ),
    Deed(
        "part", "Record how a child or the family took part", "Record it", "It is recorded.", boxes.PartForm,
        holding.record_part, "after",
    ),
    Deed(
        "decision", "Record a decision", "Record the decision", "The decision is recorded.", boxes.DecisionForm,
        holding.record_decision, "after",
    ),
    Deed(
        "dissent", "Record that somebody does not agree", "Record it", "It is recorded.", boxes.DissentForm,
        holding.record_dissent, "after",
    ),
    Deed(
        "sent", "Record that minutes or decisions were sent", "Record it", "It is recorded.", boxes.SentForm,
        holding.send_minutes, "after", ("allocation.conference-decisions", "allocation.conference-minutes"),
    ),
)  # fmt: skip
BY_KEY = {deed.key: deed for deed in DEEDS}
SETTLED_BY = {requirement: deed for deed in DEEDS for requirement in deed.settles}
