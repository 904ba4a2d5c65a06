"""What can be done on a transfer from its page: each a form, a verb and a button, for one of the two sides."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Self

from goldenthread.cases.sight import sight_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.transferring import actions, handing, obstacles
from goldenthread.standards.allocation.transferring import forms as boxes
from goldenthread.standards.allocation.transferring.course import Course
from goldenthread.standards.allocation.transferring.models import Transfer

Whose = Literal["sending", "receiving", "either", "above"]


@dataclass(frozen=True, slots=True)
class Deed:
    """One of them. whose: which side does it. on_obstacle: it is done on one of the obstacles. fits: whether there is
    something to do, as the transfer stands. settles: the requirements that it answers."""

    key: str
    title: str
    button: str
    done: str
    form: type[boxes.OnTransfer]
    verb: Callable[..., object]
    whose: Whose
    permission: Permission
    fits: Callable[[Course], bool]
    settles: tuple[str, ...] = ()
    on_obstacle: bool = False
    warning: str = ""

    @property
    def url_name(self) -> str:
        """The name of its page."""
        return f"transfer-{self.key}"

    def may(self, officer: Officer, acts: "Acts") -> bool:
        """Whether an officer who may open the transfer may do it."""
        return officer.may(self.permission) and acts.for_side(self.whose)


@dataclass(frozen=True, slots=True)
class Acts:
    """For whom an officer acts on one transfer: those who work with the case, the receiving team, or both."""

    writes: bool
    receives: bool
    above: bool

    @classmethod
    def of(cls, officer: Officer, transfer: Transfer) -> Self:
        """As it is now: asked once for a page. The verbs ask again, under the lock."""
        reached, teams = officer.line_team_ids(), (transfer.from_team_id, transfer.to_team_id)
        writes = sight_of(officer).may_write(transfer.case_file)
        receives = officer.may(Permission.SIGN_OFF) and (reached is None or transfer.to_team_id in reached)
        return cls(writes, receives, writes and (reached is None or set(teams) <= set(reached)))

    def for_side(self, whose: Whose) -> bool:
        """Whether they act for it."""
        return {"sending": self.writes, "receiving": self.receives, "above": self.above}.get(
            whose, self.writes or self.receives
        )


_P = Permission
DEEDS: tuple[Deed, ...] = (
    Deed(
        "accept", "Accept the transfer", "Accept it", "The transfer is accepted.", boxes.AcceptForm, actions.accept_transfer,
        "receiving", _P.SIGN_OFF, lambda one: one.under_way and one.accepted is None, ("allocation.transfer-answered",),
    ),
    Deed(
        "disagree", "Say that the case should stay where it is", "Record that we do not agree",
        "It is recorded. A manager above both teams is to rule.", boxes.DisagreeForm, actions.disagree_with_transfer,
        "receiving", _P.SIGN_OFF, lambda one: one.under_way and not one.disputed and one.ruling is None,
    ),
    Deed(
        "rule", "Rule where the teams disagree", "Record the ruling", "The ruling is recorded.", boxes.RuleForm,
        actions.rule_on_transfer, "above", _P.SIGN_OFF, lambda one: one.disputed, ("allocation.transfer-ruled",),
    ),
    Deed(
        "obstacle", "Name an obstacle", "Name the obstacle", "The obstacle is recorded.", boxes.ObstacleForm,
        obstacles.name_obstacle, "either", _P.RECORD_REFERRALS, lambda one: one.under_way,
    ),
    Deed(
        "handover", "Write the handover record", "Save the handover record", "The handover record is saved.", boxes.HandoverForm,
        handing.record_handover, "sending", _P.RECORD_REFERRALS, lambda one: one.under_way, ("allocation.transfer-handover",),
        warning="What is owed on this case file now is listed beside it: it is not typed.",
    ),
    Deed(
        "visit", "Record the joint visit", "Record the visit", "The visit is recorded.", boxes.VisitForm,
        handing.record_joint_visit, "either", _P.RECORD_REFERRALS,
        lambda one: one.under_way or (one.done is not None and not any(v.fact.made for v in one.visits)),
        ("allocation.transfer-joint-visit",),
    ),
    Deed(
        "complete", "Complete the transfer", "Hand the case over", "The case has gone over.", boxes.CompleteForm,
        actions.complete_transfer, "sending", _P.DECIDE_REFERRALS, lambda one: one.under_way,
        ("allocation.transfer-completed",),
        warning="From then on the receiving team holds the case, and owes what is open on it. You may then no longer open it.",
    ),
    Deed(
        "withdraw", "Withdraw the request", "Withdraw it", "The request is withdrawn: the case stays.", boxes.WithdrawForm,
        actions.withdraw_transfer, "sending", _P.DECIDE_REFERRALS, lambda one: one.under_way,
    ),
    Deed(
        "clear", "Record that the obstacle is cleared", "Record it", "The obstacle is cleared.", boxes.ClearForm, obstacles.clear_obstacle,
        "either", _P.RECORD_REFERRALS, lambda one: one.under_way, ("allocation.transfer-obstacle",), on_obstacle=True,
    ),
    Deed(
        "move", "Give the obstacle another day or owner", "Move the obstacle", "The obstacle is moved.", boxes.MoveForm, obstacles.move_obstacle,
        "either", _P.RECORD_REFERRALS, lambda one: one.under_way, on_obstacle=True,
    ),
)  # fmt: skip
BY_KEY = {deed.key: deed for deed in DEEDS}
SETTLED_BY = {requirement: deed for deed in DEEDS for requirement in deed.settles}
