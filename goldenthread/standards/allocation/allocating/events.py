"""What of allocation is told in the chronology of a case file."""

from typing import Any

from goldenthread.cases.events import Significance, by_file, page, tells
from goldenthread.standards.allocation.allocating.models import (
    Allocation,
    AllocationAnswer,
    AllocationDiscussed,
    RefusalRuling,
    WaitTold,
)

_ON: dict[str, Any] = {
    "on": by_file("allocation__case_file"), "url": page("case-file", "allocation.case_file_id"), "with_": ("allocation",),
}  # fmt: skip
tells(
    Allocation, said=lambda row: (f"Allocated to {row.worker.name}: {row.reference}", (row.purpose,)), on=by_file(),
    when="allocated_at", url=page("case-file", "case_file_id"), with_=("worker",), significance=Significance.SIGNIFICANT,
)  # fmt: skip
tells(
    AllocationAnswer, said=lambda row: (f"The worker answered: {row.get_answer_display().lower()}", (row.words,)), **_ON
)
tells(RefusalRuling, said=lambda row: ("A manager ruled that the allocation stands", (row.words,)), **_ON)
tells(AllocationDiscussed, said=lambda row: ("The allocation was talked over in supervision", (row.words,)), **_ON)
tells(
    WaitTold, said=lambda row: (f"Without a worker: {row.get_rank_display()} was told", (row.words,)),
    on=by_file("holding__case_file"), url=page("case-file", "holding.case_file_id"), with_=("holding",),
)  # fmt: skip
