"""What happened on a request for an interpreter, in words, as its page tells it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from goldenthread.cases.facts import Fact
from goldenthread.core.templatetags.words import lasted
from goldenthread.standards.assessment.interpreting.models import (
    FamilyInterpreter,
    InterpreterCancel,
    InterpreterPresence,
    InterpreterRequest,
    ProviderReply,
    UnderstoodAnswer,
)

FACTS = ("replies", "attendances", "cancellations", "stand_ins", "understood")
_LATE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. kind and pk: the fact, for the page that corrects it; superseded: a later row stands in
    its place; withdrawn: it was taken back."""

    what: str
    words: str
    occurred_at: datetime
    recorded_at: datetime
    by: str
    kind: str
    pk: int
    superseded: bool
    withdrawn: bool
    reason: str

    @property
    def late(self) -> timedelta | None:
        """How much later it was recorded, where that is more than a day."""
        apart = self.recorded_at - self.occurred_at
        return apart if apart > _LATE else None


def _minutes(late: timedelta) -> str:
    minutes = round(late.total_seconds() / 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}" if minutes < 120 else lasted(late)


def _told(fact: Fact) -> tuple[str, str]:
    """What it says, and the words beside it."""
    match fact:
        case ProviderReply():
            sent = f": {fact.interpreter_reference}" if fact.interpreter_reference else ""
            return f"{fact.provider}: {fact.get_answer_display().lower()}{sent}", fact.words
        case InterpreterPresence():
            late = f", {_minutes(fact.late_by)} after the time" if fact.outcome == "late" else ""
            return f"The interpreter {fact.get_outcome_display().lower()}{late}", fact.words
        case InterpreterCancel():
            return f"Cancelled: {fact.get_why_display().lower()}", fact.words
        case FamilyInterpreter():
            return f"Interpreted by {fact.get_who_display().lower()}", fact.why
        case UnderstoodAnswer():
            return f"The family was asked whether they understood: {fact.get_answer_display().lower()}", fact.words
    raise TypeError(type(fact))


def _entries(request: InterpreterRequest) -> Iterator[Entry]:
    for name in FACTS:
        rows: list[Fact] = list(getattr(request, name).all())
        gone = {row.supersedes_id for row in rows}
        for row in rows:
            if isinstance(row, InterpreterPresence):
                row.request = request  # at hand: it need not be asked for
            what, words = _told(row)
            yield Entry(
                what, words, row.occurred_at, row.recorded_at, row.by.name, row._meta.model_name or "", row.pk,
                row.pk in gone, row.withdrawn, row.correction_reason,
            )  # fmt: skip


def timeline(request: InterpreterRequest) -> list[Entry]:
    """Everything that happened, newest first, what was corrected too."""
    return sorted(_entries(request), key=lambda e: (e.occurred_at, e.recorded_at, e.pk), reverse=True)
