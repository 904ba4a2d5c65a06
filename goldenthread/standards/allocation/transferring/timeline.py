"""Everything that happened on a transfer, in order, as its page tells it."""

from collections.abc import Iterator
from dataclasses import replace

from goldenthread.cases.facts import Fact
from goldenthread.cases.timeline import Entry, as_they_stand, latest_first
from goldenthread.core.templatetags.words import day
from goldenthread.standards.allocation.transferring.choices import Reply
from goldenthread.standards.allocation.transferring.models import (
    HandoverRecord,
    JointVisit,
    ObstacleCleared,
    ObstacleMove,
    Transfer,
    TransferAnswer,
    TransferDone,
    TransferObstacle,
    TransferRuling,
    TransferWithdrawn,
)

RELATED = (
    "answers__by", "answers__worker", "answers__to_rule", "obstacles__by", "obstacles__owner", "obstacles__moves__by",
    "obstacles__moves__owner", "obstacles__clearings__by", "handovers__by", "handovers__items", "joint_visits__by",
    "joint_visits__children", "joint_visits__sender", "joint_visits__receiver", "rulings__by", "completions__by",
    "completions__worker", "withdrawals__by",
)  # fmt: skip
"""What is told, to be fetched with a transfer."""
_ON_IT = ("answers", "obstacles", "handovers", "joint_visits", "rulings", "completions", "withdrawals")


def said(fact: Fact) -> tuple[str, tuple[str, ...]]:
    """What a fact says, in words."""
    match fact:
        case TransferAnswer() if fact.reply == Reply.ACCEPTED:
            worker = fact.worker.name if fact.worker else "the worker is not known yet"
            return f"Accepted from {day(fact.starts_on)}: {worker}", (fact.words,)
        case TransferAnswer():
            to = f"To rule: {fact.to_rule.name}" if fact.to_rule else ""
            return "Not agreed: the case should stay where it is", (fact.words, to)
        case TransferObstacle():
            return f"Obstacle: {fact.get_kind_display()}", (fact.what, f"{fact.owner.name}, by {day(fact.due)}")
        case ObstacleMove():
            return f"Obstacle moved: {fact.owner.name}, by {day(fact.due)}", (fact.why,)
        case ObstacleCleared():
            return "Obstacle cleared", (fact.how,)
        case HandoverRecord():
            return "Handover record", (fact.where, f"Risks: {fact.risks}", f"Told: {fact.told}")
        case JointVisit() if fact.made:
            seen = ", ".join(child.name for child in fact.children.all())
            went = f"{fact.sender.name if fact.sender else ''} and {fact.receiver.name if fact.receiver else ''}"
            return f"Joint visit: {went} saw {seen}", (fact.words,)
        case JointVisit():
            return "No joint visit so far", (fact.words,)
        case TransferRuling():
            return f"Ruled: {fact.get_verdict_display()}", (fact.words,)
        case TransferDone():
            to = f" to {fact.worker.name}" if fact.worker else "; nobody is named yet"
            return f"The case went over{to}", ()
        case TransferWithdrawn():
            return "Withdrawn", (fact.words,)
    raise TypeError(f"{type(fact).__name__} has no words")


def _entries(transfer: Transfer) -> Iterator[Entry]:
    for name in _ON_IT:
        yield from as_they_stand(getattr(transfer, name).all(), said)
    for obstacle in transfer.obstacles.all():
        yield from as_they_stand(obstacle.moves.all(), said)
        yield from as_they_stand(obstacle.clearings.all(), said)


def timeline(transfer: Transfer) -> list[Entry]:
    """All facts on it, latest first. Fetch `RELATED` with it. What moved the file cannot be corrected: it has no kind."""
    moved = TransferDone._meta.model_name
    return latest_first(replace(one, kind="") if one.kind == moved else one for one in _entries(transfer))
