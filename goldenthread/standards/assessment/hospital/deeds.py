"""What can be done on a notification from its page: each a form, a verb and a button."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.hospital import actions
from goldenthread.standards.assessment.hospital import forms as boxes


@dataclass(frozen=True, slots=True)
class Deed:
    """One of them. settles: the requirements that it answers."""

    key: str
    title: str
    button: str
    done: str
    form: type[forms.Form]
    verb: Callable[..., object]
    settles: tuple[str, ...] = ()
    permission: Permission = Permission.RECORD_REFERRALS
    warning: str = ""

    @property
    def url_name(self) -> str:
        """The name of its page."""
        return f"hospital-{self.key}"


DEEDS: tuple[Deed, ...] = (
    Deed(
        "visit", "Record a visit to the ward", "Record the visit", "The visit is recorded.", boxes.VisitForm,
        actions.visit_on_ward, ("assessment.hospital-response", "assessment.long-hospital-stay"),
    ),
    Deed(
        "step", "Record a step of the protocol", "Record the step", "The step is recorded.", boxes.StepForm,
        actions.take_step, ("assessment.hospital-steps",),
    ),
    Deed(
        "harm", "Look again: may somebody have harmed the child?", "Record the answer", "The answer is recorded.",
        boxes.HarmForm, actions.review_harm,
    ),
    Deed(
        "plan", "Record the discharge plan", "Record the plan", "The plan is recorded.", boxes.PlanForm,
        actions.agree_discharge_plan, ("assessment.discharge-plan",),
    ),
    Deed(
        "discharge", "Record that the child left", "Record the discharge", "The discharge is recorded.",
        boxes.DischargeForm, actions.record_discharge,
        warning="Where somebody may have harmed the child, the child leaves as agreed only once a plan is recorded. If the child "
        "has left without one, say so: it goes to the group manager.",
    ),
    Deed(
        "escalation", "Answer to a discharge that was not as agreed", "Record the answer", "The answer is recorded.",
        boxes.EscalationForm, actions.answer_escalation, ("assessment.unplanned-discharge",), Permission.SIGN_OFF,
    ),
)  # fmt: skip
BY_KEY = {deed.key: deed for deed in DEEDS}
SETTLED_BY = {requirement: deed for deed in DEEDS for requirement in deed.settles}
