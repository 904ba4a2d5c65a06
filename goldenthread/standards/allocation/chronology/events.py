"""What a worker put into a chronology is told in it like all else; going through it is no event of the child's life."""

from goldenthread.cases.events import by_file, file_page, leaves_out, tells
from goldenthread.standards.allocation.chronology.models import (
    ChronologyReview,
    ChronologySeen,
    EventMark,
    SignificantEvent,
)


def _said(row: SignificantEvent) -> tuple[str, tuple[str, ...]]:
    return row.what, (f"From: {row.told_by}",)


tells(
    SignificantEvent, said=_said, on=by_file(), url=file_page("chronology"), whose=("", "children"),
    about=lambda row: row.person_id, source=lambda row: row.source, significance=lambda row: row.significance,
    precision=lambda row: row.precision, why=lambda row: row.why,
)  # fmt: skip
_ABOUT_IT = "It tells of the chronology and not of the child: it stands above the events."
leaves_out(EventMark, "It belongs to the event that it marks, and stands beside it.")
leaves_out(ChronologyReview, _ABOUT_IT)
leaves_out(ChronologySeen, _ABOUT_IT)
