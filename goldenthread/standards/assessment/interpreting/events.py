"""What of interpreters is told in the chronology of a case file."""

from typing import Any

from goldenthread.cases.events import Significance, by_file, page, tells
from goldenthread.standards.assessment.interpreting.models import (
    FamilyInterpreter,
    InterpreterCancel,
    InterpreterPresence,
    InterpreterRequest,
    ProviderReply,
    UnderstoodAnswer,
)
from goldenthread.standards.assessment.interpreting.timeline import told


def _asked(row: InterpreterRequest) -> tuple[str, tuple[str, ...]]:
    what = f"Interpreter asked for: {row.language_in_words}, for {row.get_for_whom_display().lower()}"
    return what, (row.get_purpose_display(),)


_ON: dict[str, Any] = {
    "said": told, "on": by_file("request__case_file"), "url": page("interpreter", "request_id"),
}  # fmt: skip
tells(InterpreterRequest, said=_asked, on=by_file(), when="asked_at", url=page("interpreter"))
tells(ProviderReply, with_=("provider",), **_ON)
tells(InterpreterPresence, with_=("request",), **_ON)
tells(InterpreterCancel, **_ON)
tells(
    FamilyInterpreter, significance=lambda row: Significance.SIGNIFICANT if row.is_child else Significance.ROUTINE, **_ON
)  # fmt: skip
tells(UnderstoodAnswer, **_ON)
