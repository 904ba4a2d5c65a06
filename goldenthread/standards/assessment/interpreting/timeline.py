"""What happened on a request for an interpreter, in words, as its page tells it."""

from datetime import timedelta

from goldenthread.cases.facts import Fact
from goldenthread.cases.timeline import Entry, each_row, latest_first
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


def _minutes(late: timedelta) -> str:
    minutes = round(late.total_seconds() / 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}" if minutes < 120 else lasted(late)


def told(fact: Fact) -> tuple[str, tuple[str, ...]]:
    """What it says, and the words beside it."""
    match fact:
        case ProviderReply():
            sent = f": {fact.interpreter_reference}" if fact.interpreter_reference else ""
            return f"{fact.provider}: {fact.get_answer_display().lower()}{sent}", (fact.words,)
        case InterpreterPresence():
            late = f", {_minutes(fact.late_by)} after the time" if fact.outcome == "late" else ""
            return f"The interpreter {fact.get_outcome_display().lower()}{late}", (fact.words,)
        case InterpreterCancel():
            return f"Cancelled: {fact.get_why_display().lower()}", (fact.words,)
        case FamilyInterpreter():
            return f"Interpreted by {fact.get_who_display().lower()}", (fact.why,)
        case UnderstoodAnswer():
            return f"The family was asked whether they understood: {fact.get_answer_display().lower()}", (fact.words,)
    raise TypeError(type(fact))


def timeline(request: InterpreterRequest) -> list[Entry]:
    """Everything that happened, newest first, what was corrected too."""
    for row in request.attendances.all():
        row.request = request  # at hand: it need not be asked for
    return latest_first(entry for name in FACTS for entry in each_row(getattr(request, name).all(), told))
