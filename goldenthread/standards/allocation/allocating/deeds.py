"""What can be done on an allocation from its page: each a form, a verb and a button."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.allocating import actions
from goldenthread.standards.allocation.allocating import forms as boxes
from goldenthread.standards.allocation.allocating.models import Allocation


@dataclass(frozen=True, slots=True)
class Deed:
    """One of them. settles: the requirement that it answers; theirs: who may, of those whose role allows it."""

    key: str
    title: str
    button: str
    done: str
    form: type[forms.Form]
    verb: Callable[..., object]
    settles: str
    theirs: Callable[[Officer, Allocation], bool] = lambda officer, allocation: True
    permission: Permission = Permission.RECORD_REFERRALS

    @property
    def url_name(self) -> str:
        """The name of its page."""
        return f"allocation-{self.key}"

    def may(self, officer: Officer, allocation: Allocation) -> bool:
        """Whether it is for this officer to do."""
        return officer.may(self.permission) and self.theirs(officer, allocation)


DEEDS: tuple[Deed, ...] = (
    Deed(
        "answer", "Answer the allocation", "Record the answer", "Your answer is recorded.", boxes.AnswerForm,
        actions.answer_allocation, "allocation.accepted", lambda officer, allocation: officer.pk == allocation.worker_id,
    ),
    Deed(
        "rule", "Rule on what the worker cannot take on", "Record the ruling",
        "The ruling is recorded. The worker sees it on the allocation.", boxes.RuleForm, actions.rule_on_refusal,
        "allocation.refusal-ruled", lambda officer, allocation: officer.pk != allocation.worker_id,
        Permission.DECIDE_REFERRALS,
    ),
    Deed(
        "discuss", "Record that it was talked over in supervision", "Record the supervision",
        "The supervision is recorded.", boxes.DiscussForm, actions.discuss_allocation, "allocation.discussed",
    ),
)  # fmt: skip
BY_KEY = {deed.key: deed for deed in DEEDS}
SETTLED_BY = {deed.settles: deed for deed in DEEDS}
