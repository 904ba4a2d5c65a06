"""What of allocation, and of a file that nobody has, is told in the chronology of a case file."""

from typing import Any

from goldenthread.cases.events import Significance, by_file, leaves_out, page, tells
from goldenthread.core.templatetags.words import day
from goldenthread.standards.allocation.allocating.choices import Answer, role_in_words
from goldenthread.standards.allocation.allocating.models import (
    Allocation,
    AllocationAnswer,
    AllocationDiscussed,
    RefusalRuling,
    WaitCycle,
    WaitHeard,
    WaitReportSent,
    WaitTold,
)

Told = tuple[str, tuple[str, ...]]


def _allocated(row: Allocation) -> Told:
    return f"Allocated to {row.worker.name}: {row.reference}", (row.purpose, f"Expected: {row.expected}")


def _answered(row: AllocationAnswer) -> Told:
    """Why a worker cannot take a case on may be of the worker and not of the child: it is read on the allocation's page."""
    words = row.words if row.answer == Answer.ACCEPTED else "Why stands on the allocation's own page."
    return f"{row.by.name} answered allocation {row.allocation.reference}: “{row.get_answer_display()}”", (words,)


def _ruled(row: RefusalRuling) -> Told:
    return f"A manager ruled that allocation {row.allocation.reference} stands", (row.words,)


def _discussed(row: AllocationDiscussed) -> Told:
    return f"Allocation {row.allocation.reference} was talked over in supervision", (row.words,)


def _told(row: WaitTold) -> Told:
    known = "knows of it" if row.to_id == row.by_id else "was told"
    since = f"Nobody is named since {day(row.holding.since_at)}"
    return f"Without a worker: the {role_in_words(row.rank)} {known}", (row.get_risk_display(), row.words, since)


def _heard(row: WaitHeard) -> Told:
    return f"Without a worker: {row.by.name}, who was told, answered", (row.words,)


_ON: dict[str, Any] = {
    "on": by_file("allocation__case_file"), "url": page("allocation", "allocation_id"), "with_": ("allocation",),
}  # fmt: skip
tells(
    Allocation, said=_allocated, on=by_file(), when="allocated_at", url=page("allocation"), with_=("worker",),
    significance=Significance.SIGNIFICANT,
)  # fmt: skip
tells(AllocationAnswer, said=_answered, **_ON)
tells(RefusalRuling, said=_ruled, **_ON)
tells(AllocationDiscussed, said=_discussed, **_ON)
tells(
    WaitTold, said=_told, on=by_file("holding__case_file"), url=page("wait", "holding.case_file_id"), with_=("holding",),
)  # fmt: skip
tells(
    WaitHeard, said=_heard, on=by_file("told__holding__case_file"), url=page("wait", "told.holding.case_file_id"),
    with_=("told__holding",),
)  # fmt: skip
_FIGURES = "It is of the figures on all files without a worker, which name no child: it is on no child's file."
leaves_out(WaitCycle, _FIGURES)
leaves_out(WaitReportSent, _FIGURES)
