"""What of temporary accommodation is told in the chronology of a case file. A confidential place is not named."""

from typing import Any

from goldenthread.cases.events import Significance, Source, by_file, page, tells
from goldenthread.standards.assessment.housing.choices import Overall
from goldenthread.standards.assessment.housing.models import (
    AccommodationReview,
    ShortfallAnswer,
    ShortfallOutcome,
    ShortfallReport,
    Suitability,
    TemporaryMove,
    TemporaryMoveEnd,
)
from goldenthread.standards.assessment.housing.timeline import told


def _moved(row: TemporaryMove) -> tuple[str, tuple[str, ...]]:
    where = "" if row.confidential or not row.place else f", {row.place}"
    by = f"Placed by {row.authority}" if row.authority else ""
    return f"Moved to temporary accommodation: {row.get_kind_display().lower()}{where}", (by,)


def _falls_short(row: Suitability) -> str:
    return Significance.ROUTINE if row.overall == Overall.SUITABLE else Significance.SIGNIFICANT


_REPORT: dict[str, Any] = {"said": told, "source": Source.HOUSING, "with_": ("report__assessment", "report__to")}
_ON_REPORT: dict[str, Any] = _REPORT | {
    "on": by_file("report__assessment__move__case_file"), "url": page("temporary-move", "report.assessment.move_id"),
    "whose": ("report.assessment.child", ""),
}  # fmt: skip
_ON_MOVE: dict[str, Any] = {
    "said": told, "on": by_file("move__case_file"), "url": page("temporary-move", "move_id"), "whose": ("move", "children"),
}  # fmt: skip
tells(
    TemporaryMove, said=_moved, on=by_file(), when="moved_at", url=page("temporary-move"), whose=("", "children"),
    source=Source.HOUSING, significance=Significance.SIGNIFICANT,
)  # fmt: skip
tells(
    Suitability, said=told, on=by_file("move__case_file"), url=page("temporary-move", "move_id"), whose=("child", ""),
    significance=_falls_short, with_=("child",),
)  # fmt: skip
tells(
    ShortfallReport, said=told, on=by_file("assessment__move__case_file"),
    url=page("temporary-move", "assessment.move_id"), whose=("assessment.child", ""), with_=("assessment", "to"),
)  # fmt: skip
tells(ShortfallAnswer, **_ON_REPORT)
tells(ShortfallOutcome, **_ON_REPORT)
tells(AccommodationReview, **_ON_MOVE)
tells(TemporaryMoveEnd, significance=Significance.SIGNIFICANT, **_ON_MOVE)
