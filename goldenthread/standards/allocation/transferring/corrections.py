"""Correcting what was recorded of a transfer, by a row that supersedes it; both stay.

What moved the file, or ended the transfer, is not taken back: a file that went over goes back by a transfer of its own.
"""

from typing import Any, TypeVar

from django.db import transaction

from goldenthread.cases.facts import Fact
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations.correcting import supersede
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.transferring import rules
from goldenthread.standards.allocation.transferring.choices import Reply, Side, Verdict
from goldenthread.standards.allocation.transferring.course import Course
from goldenthread.standards.allocation.transferring.models import (
    HandoverRecord,
    JointVisit,
    ObstacleCleared,
    ObstacleMove,
    Transfer,
    TransferAnswer,
    TransferObstacle,
    TransferRuling,
    TransferWithdrawn,
)
from goldenthread.standards.allocation.transferring.obstacles import hurdle_of
from goldenthread.standards.allocation.transferring.writing import (
    held_for_either,
    held_for_receiving,
    held_for_sending,
)

F = TypeVar("F", bound=Fact)

# What of each fact can be corrected, beside when it was true, with the words for what may never be empty.
CORRECTABLE: dict[type[Fact], dict[str, str]] = {
    TransferAnswer: {"words": ""},
    TransferObstacle: {"what": "what exactly stands in the way"},
    ObstacleMove: {"why": "why it is moved"},
    ObstacleCleared: {"how": "how it was cleared"},
    HandoverRecord: {
        "where": "where the work stands", "risks": "what may put the children at risk",
        "told": "what the children and the family were told",
    },
    JointVisit: {"words": "what was seen and said, or why there was no visit"},
    TransferRuling: {"words": "why you rule so"},
    TransferWithdrawn: {"words": "why it is withdrawn"},
}  # fmt: skip


def transfer_of(fact: Fact) -> Transfer:
    """The transfer that a fact is on, by itself or by its obstacle."""
    found: Any = fact
    transfer: Transfer = found.obstacle.transfer if isinstance(fact, ObstacleMove | ObstacleCleared) else found.transfer
    return transfer


@transaction.atomic
def correct(*, fact: F, changes: dict[str, Any], reason: str, by: Officer, token: str | None = None) -> F:
    """Put right what a fact says; the old row stays. Raises Refused where it was superseded already, or nothing changes."""
    return _supersede(fact, changes, reason, by, token)


@transaction.atomic
def withdraw(*, fact: F, reason: str, by: Officer, token: str | None = None) -> F:
    """Say that something recorded did not happen. Both rows stay. Raises Refused for what ended the transfer, or it rests on."""
    return _supersede(fact, None, reason, by, token)


def _held(fact: Fact, by: Officer) -> tuple[Transfer, Course]:
    """The transfer, held for whoever may say what this fact says."""
    transfer = transfer_of(fact)
    if isinstance(fact, TransferAnswer) or (isinstance(fact, TransferObstacle) and fact.side == Side.RECEIVING):
        return held_for_receiving(transfer, by)
    if isinstance(fact, TransferRuling):
        found, course = held_for_sending(transfer, by, Permission.SIGN_OFF)
        if not rules.is_above(by, found):
            raise NotAllowed("A ruling is corrected by a manager who answers for both teams.")
        return found, course
    if isinstance(fact, TransferWithdrawn):
        return held_for_sending(transfer, by, Permission.DECIDE_REFERRALS)
    if isinstance(fact, HandoverRecord):
        return held_for_sending(transfer, by)
    if isinstance(fact, JointVisit) and not fact.made:
        return held_for_either(transfer, by, Permission.SIGN_OFF)
    return held_for_either(transfer, by)


def _supersede(fact: F, changes: dict[str, Any] | None, reason: str, by: Officer, token: str | None) -> F:
    transfer, course = _held(fact, by)

    def check(new: F) -> None:
        for name, what in CORRECTABLE[type(fact)].items():
            if what:
                rules.check_words(getattr(new, name), what)
        if isinstance(new, TransferAnswer) and new.reply == Reply.DISAGREED:
            rules.check_words(new.words, "why the case should stay where it is")
        if new.occurred_at != fact.occurred_at:
            rules.check_after(transfer, new.occurred_at, "it")
            _check_order(course, new)

    def beside(new: F) -> None:
        if isinstance(new, JointVisit) and isinstance(fact, JointVisit):
            new.children.set(fact.children.all())

    return supersede(
        fact,
        transfer,
        changes=changes,
        names=("occurred_at", *CORRECTABLE[type(fact)]),
        check=check,
        free=lambda: _check_free(course, fact),
        reason=reason,
        by=by,
        beside=beside,
        token=token,
    )


def _check_order(course: Course, new: Fact) -> None:
    """A corrected time leaves what rests on it after it."""
    at, last = new.occurred_at, course.ended
    ends_it = isinstance(new, TransferWithdrawn | JointVisit) or (
        isinstance(new, TransferRuling) and new.verdict == Verdict.STAYS
    )
    if last and at > last.occurred_at and not ends_it:
        raise Refused("That is after the transfer ended: check the time.")
    if isinstance(new, ObstacleMove | ObstacleCleared):
        named = hurdle_of(course, new.obstacle).said.moment.occurred_at
        rules.check_time(at, "it", after=named, after_what="the obstacle was named")
    if isinstance(new, TransferObstacle):
        hurdle = hurdle_of(course, new)
        rules.check_due(new.due, at)
        if hurdle.cleared and at > hurdle.cleared.moment.occurred_at:
            raise Refused("That is after it was cleared: check the time.")
    if isinstance(new, TransferRuling) and course.disagreement:
        said = course.disagreement.moment.occurred_at
        rules.check_time(at, "the ruling", after=said, after_what="the receiving team disagreed")
    if isinstance(new, TransferAnswer):
        if course.ruling and at > course.ruling.moment.occurred_at and new.reply == Reply.DISAGREED:
            raise Refused("That is after it was ruled on: check the time.")
        if len(course.answers) > 1:
            raise Refused("The receiving team answered more than once: take this back and record it anew.")
    if isinstance(new, HandoverRecord | TransferAnswer | TransferRuling) and course.done:
        raise Refused("The case went over on this: what was said can be corrected, when it was said no more.")


def _check_free(course: Course, fact: Fact) -> None:
    """What a transfer rests on stays."""
    if isinstance(fact, TransferWithdrawn) or (isinstance(fact, TransferRuling) and course.stopped):
        raise Refused("The transfer has ended by this: ask for a new one if the case is to go after all.")
    if course.done and not isinstance(fact, JointVisit):
        raise Refused("The case has gone over: what it went over on stays. What was said can be corrected.")
    if isinstance(fact, TransferAnswer) and fact.reply == Reply.DISAGREED and course.ruling:
        raise Refused("It was ruled on: take the ruling back first.")
