"""What of a case file itself is told in its chronology: that it was opened and closed, and who held it."""

from typing import Any

from goldenthread.cases.events import Significance, by_file, leaves_out, page, tells
from goldenthread.cases.models import (
    BreakGlass,
    CaseFile,
    Conflict,
    Holding,
    Involvement,
    Restriction,
    RestrictionReview,
)


def _held(row: Holding) -> tuple[str, tuple[str, ...]]:
    if row.worker is None:
        return f"Held by {row.team.name}, without a worker", ()
    return f"Held by {row.worker.name}, {row.team.name}", ()


def _involved(row: Involvement) -> tuple[str, tuple[str, ...]]:
    return f"{row.get_kind_display()}: {row.officer.name}", ()


_the_file: Any = by_file("pk")  # one and the same for both, so that the file is read once
tells(
    CaseFile, part="opened", on=_the_file, when="opened_at", known="opened_at", url=page("case-file"),
    said=lambda row: ("The case file was opened", ()), significance=Significance.SIGNIFICANT,
)  # fmt: skip
tells(
    CaseFile, part="closed", on=_the_file, when="closed_at", known="closed_at", url=page("case-file"),
    said=lambda row: ("The case file was closed", ()), significance=Significance.SIGNIFICANT,
)  # fmt: skip
tells(
    Holding, on=by_file(), when="since_at", said=_held, url=page("case-file", "case_file_id"), with_=("team", "worker"),
)  # fmt: skip
tells(
    Involvement, on=by_file(), when="since_at", said=_involved, url=page("file-access", "case_file_id"),
    with_=("officer",),
)  # fmt: skip
_ACCESS = "Who may open the records, and who did: it tells nothing of the child, and stands on a page of its own."
leaves_out(Restriction, _ACCESS)
leaves_out(RestrictionReview, _ACCESS)
leaves_out(Conflict, _ACCESS)
leaves_out(BreakGlass, _ACCESS)
