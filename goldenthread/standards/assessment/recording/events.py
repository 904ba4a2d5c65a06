"""What of case records is told in the chronology of a case file."""

from goldenthread.cases.events import by_file, page, tells
from goldenthread.standards.assessment.recording.models import CaseRecord

IN_CONFIDENCE = "Part of it was told in confidence: it is read on the record itself."


def _said(row: CaseRecord) -> tuple[str, tuple[str, ...]]:
    what = f"{row.get_kind_display()}, by {row.made_by.name}"
    return what, (IN_CONFIDENCE,) if row.in_confidence else (row.facts,)


tells(
    CaseRecord, said=_said, on=by_file(), url=page("entry", "first_id"), whose=("", "children__child"), with_=("made_by",)
)  # fmt: skip
