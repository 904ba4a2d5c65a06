"""What of supervision is told in the chronology of a case file: what was decided about the case, why, and what was agreed.

Of the supervision itself nothing is: who supervises whom, whether they met, and the worker's part in it are on no child's file.
"""

from typing import Any

from goldenthread.cases.events import by_file, leaves_out, page, tells
from goldenthread.core.templatetags.words import day
from goldenthread.standards.allocation.supervising.models import (
    AgreedDone,
    AgreedMoved,
    AgreedTakenBack,
    CaseSupervision,
    SupervisionAction,
    SupervisionPair,
    SupervisionSession,
)

Told = tuple[str, tuple[str, ...]]


def _decided(row: CaseSupervision) -> Told:
    return "The case was talked over in supervision", (f"Decided: {row.decisions}", f"Talked about: {row.discussed}")


def _agreed(row: SupervisionAction) -> Told:
    return f"Agreed in supervision: {row.reference}", (row.what, f"{row.officer.name}, by {day(row.due)}")


def _done(row: AgreedDone) -> Told:
    return f"What was agreed in supervision was done: {row.action.reference}", (row.action.what, row.words)


def _moved(row: AgreedMoved) -> Told:
    until = f"{row.officer.name}, by {day(row.due)}"
    return f"What was agreed in supervision was moved: {row.action.reference}", (row.action.what, until, row.words)


def _taken_back(row: AgreedTakenBack) -> Told:
    return f"What was agreed in supervision need not be done: {row.action.reference}", (row.action.what, row.words)


_ON: dict[str, Any] = {
    "on": by_file("action__case_file"), "url": page("discussion", "action.supervision_id"), "with_": ("action",),
}  # fmt: skip
tells(CaseSupervision, said=_decided, on=by_file(), url=page("discussion", "first_id"))
tells(
    SupervisionAction, said=_agreed, on=by_file(), when="agreed_at", url=page("discussion", "supervision_id"),
    with_=("officer",),
)  # fmt: skip
tells(AgreedDone, said=_done, **_ON)
tells(AgreedMoved, said=_moved, **(_ON | {"with_": ("action", "officer")}))
tells(AgreedTakenBack, said=_taken_back, **_ON)
_PRIVATE = (
    "It is between a worker and whoever supervises them, on no child's file: what was said of a case is an event of it."
)
leaves_out(SupervisionPair, _PRIVATE)
leaves_out(SupervisionSession, _PRIVATE)
