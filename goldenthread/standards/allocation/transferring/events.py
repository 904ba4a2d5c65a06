"""What of transfers from team to team is told in the chronology of a case file."""

from typing import Any

from goldenthread.cases.events import Significance, by_file, leaves_out, page, tells
from goldenthread.standards.allocation.transferring.models import (
    HandoverItem,
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
from goldenthread.standards.allocation.transferring.timeline import said

Told = tuple[str, tuple[str, ...]]


def _asked(row: Transfer) -> Told:
    return (
        f"{row.from_team.name} asked {row.to_team.name} to take the case on: transfer {row.reference}",
        (row.why, f"Asked: {row.asked}"),
    )


def _on_it(row: Any) -> Told:
    what, words = said(row)
    return f"Transfer {row.transfer.reference}: {what[0].lower()}{what[1:]}", words


def _on_obstacle(row: Any) -> Told:
    what, words = said(row)
    return f"Transfer {row.obstacle.transfer.reference}: {what[0].lower()}{what[1:]}", (row.obstacle.what, *words)


def _visited(row: JointVisit) -> Told:
    """The children whom they saw are named beside it, as of every event."""
    if not row.made or row.sender is None or row.receiver is None:
        return _on_it(row)
    return f"Joint visit by {row.sender.name} and {row.receiver.name}, before the case goes over", (row.words,)


_SIGNIFICANT = Significance.SIGNIFICANT
_UP: dict[str, Any] = {"on": by_file("transfer__case_file"), "url": page("transfer", "transfer_id")}
_ON: dict[str, Any] = _UP | {"said": _on_it}
_ON_OBSTACLE: dict[str, Any] = {
    "said": _on_obstacle, "on": by_file("obstacle__transfer__case_file"), "url": page("transfer", "obstacle.transfer_id"),
}  # fmt: skip

tells(
    Transfer, said=_asked, on=by_file(), when="asked_at", url=page("transfer"), with_=("from_team", "to_team"),
)  # fmt: skip
tells(TransferAnswer, with_=("transfer", "worker", "to_rule"), **_ON)
tells(TransferObstacle, with_=("transfer", "owner"), **_ON)
tells(ObstacleMove, with_=("obstacle__transfer", "owner"), **_ON_OBSTACLE)
tells(ObstacleCleared, with_=("obstacle__transfer",), **_ON_OBSTACLE)
tells(HandoverRecord, with_=("transfer",), significance=_SIGNIFICANT, **_ON)
tells(
    JointVisit, said=_visited, whose=("", "children"), with_=("transfer", "sender", "receiver"),
    significance=lambda row: _SIGNIFICANT if row.made else Significance.ROUTINE, **_UP,
)  # fmt: skip
tells(TransferRuling, with_=("transfer",), **_ON)
tells(TransferDone, with_=("transfer", "worker"), significance=_SIGNIFICANT, **_ON)
tells(TransferWithdrawn, with_=("transfer",), **_ON)
leaves_out(
    HandoverItem, "What was still owed when the case was handed over: a part of the handover record, which is an event."
)
