"""When something about closing a file is allowed. Each rule raises Refused, or NotAllowed, with what to do about it."""

from datetime import datetime

from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.rules import check_choice, check_not_future, check_time, check_words
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.closing.agencies import involved_with
from goldenthread.standards.allocation.closing.blocks import running
from goldenthread.standards.allocation.closing.choices import Reason, State, Told
from goldenthread.standards.allocation.closing.chronology import is_last, last_chronology
from goldenthread.standards.allocation.closing.models import Closure

__all__ = [
    "check_asked", "check_choice", "check_look", "check_not_future", "check_not_own", "check_ready", "check_reopened", "check_running",
    "check_state", "check_time", "check_told", "check_words",
]  # fmt: skip


def check_asked(case_file: CaseFile, reason: str, changed: str, support: str, asked_at: datetime) -> None:
    """An open file, no closure of it that runs, and words for whoever reads it later."""
    if case_file.closed_at is not None:
        raise Refused(f"Case file {case_file.reference} is closed already.")
    check_choice(reason, Reason.choices, "why the work ends")
    check_words(changed, "what has changed for the children")
    check_words(support, "who supports them from now on")
    check_time(asked_at, "the request", after=case_file.opened_at, after_what="the file was opened")
    for other in Closure.objects.filter(case_file=case_file):
        if other.is_running:
            raise Refused(f"Closure {other} of this case file is not answered yet: go on with that one.")


def check_running(closure: Closure) -> None:
    """It still waits for something."""
    state = closure.state
    if state == State.DROPPED:
        raise Refused("It was said that this file is not closed after all: ask anew if it is to be closed now.")
    if state not in {State.ASKED, State.RETURNED}:
        raise Refused("This closure is signed off: what is recorded there can be corrected, and the file opened again.")


def check_state(closure: Closure, state: State, words: str) -> None:
    """It stands as it must for this."""
    if closure.state != state:
        raise Refused(words)


def check_told(closure: Closure, how: str, words: str, occurred_at: datetime) -> None:
    """How they were told and what they said, or why they were not. Often it was before the closure was asked, never before
    the file was opened."""
    check_choice(how, Told.choices, "how they were told")
    check_words(words, "why they were not told" if how == Told.NOT else "what was said")
    check_time(occurred_at, "telling them", after=closure.case_file.opened_at, after_what="the file was opened")


def check_look(closure: Closure, occurred_at: datetime) -> None:
    """Not ahead, and not before the day on which the closure was asked: else it was not the last look."""
    check_not_future(occurred_at, "the look")
    if not is_last(closure, occurred_at):
        raise Refused("That was before it was asked to close the file: look at the chronology once more.")


def check_not_own(closure: Closure, by: Officer) -> None:
    """Nobody answers what they asked for themselves."""
    if by.pk in {closure.by_id, *(one.fact.by_id for one in standing(closure.asked_again.all()))}:
        raise NotAllowed("You asked for this closure: another manager answers it.")


def check_ready(closure: Closure, at: datetime) -> None:
    """Everything that must be before a file is closed, but for what is owed on it: the verb asks that last, with the file
    already closed in the same transaction."""
    if found := running(closure.case_file, at):
        raise Refused(f"{found[0][0]}: the file stays open until that has ended.")
    if not standing(closure.family_told.all()):
        raise Refused("The family has not been told: record how they were told, or why they were not.")
    told = {one.fact.agency_id for one in standing(closure.agencies_told.all())}
    to_tell = list(closure.agencies.all())
    missing = [one.name for one in to_tell if one.pk not in told]
    known = {(one.kind, one.name.casefold()) for one in to_tell}
    missing += [one.name for one in involved_with(closure.case_file, at) if one.same not in known]
    if missing:
        raise Refused(f"{missing[0]} has not been told: record how it was told, or why it was not.")
    look = last_chronology(closure)
    if look is None or look.moment.occurred_at > at:
        raise Refused("Nobody has looked at the chronology for the last time: look at it, and record what it shows.")


def check_reopened(closure: Closure, words: str, occurred_at: datetime) -> None:
    """Only what is closed is opened again, and only by its last closure."""
    check_state(closure, State.CLOSED, "This closure did not close the file, or the file was opened again already.")
    if closure.case_file.closed_at is None:
        raise Refused("The case file is open already.")
    check_words(words, "why the file is opened again")
    check_time(occurred_at, "opening it again", after=closure.case_file.closed_at, after_what="it was closed")
