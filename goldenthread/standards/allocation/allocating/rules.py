"""When something about an allocation is allowed. Each rule raises Refused, or NotAllowed, with what to do about it."""

from collections.abc import Sequence
from datetime import datetime

from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile, Holding
from goldenthread.cases.sight import sight_of
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.rules import check_choice, check_not_future, check_time, check_words
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.allocating.choices import Answer, Risk, Told, role_in_words
from goldenthread.standards.allocation.allocating.models import Allocation, WaitHeard, WaitTold

__all__ = [
    "check_allocation", "check_answer", "check_choice", "check_heard", "check_open", "check_ruling", "check_time",
    "check_told", "check_words", "wait_of",
]  # fmt: skip

Expected = tuple[Officer | None, str, str]
"""Which officer, or else who, and what is expected of them."""


def check_open(case_file: CaseFile) -> None:
    """A closed file has no worker to give it to."""
    if case_file.closed_at is not None:
        raise Refused(f"Case file {case_file.reference} is closed: open it again before you allocate it.")


def check_allocation(
    case_file: CaseFile,
    worker: Officer,
    purpose: str,
    expected: str,
    others: Sequence[Expected],
    allocated_at: datetime,
) -> None:
    """It says what for and what of whom, about an open file, and gives it to a worker of the team that holds it, to whom it is
    not closed: who cannot open it works with nobody."""
    check_open(case_file)
    check_not_future(allocated_at, "the allocation")
    check_words(purpose, "what the intervention is for")
    check_words(expected, "what is expected of the worker")
    for officer, who, what in others:
        if officer is None:
            check_words(who, "of whom it is expected")
        elif officer.pk == worker.pk:
            raise Refused("What is expected of the allocated worker has a box of its own.")
        check_words(what, f"what is expected of {officer.name if officer else who.strip()}")
    if worker.team_id != case_file.team_id or not worker.is_active:
        raise Refused(
            f"{worker.name} does not work in {case_file.team.name}: choose a worker who does, or transfer the file."
        )
    if case_file.pk in sight_of(worker).shut:
        raise Refused(f"{worker.name} may not open this case file: choose somebody else, or see who may open it.")


def check_answer(allocation: Allocation, answer: str, words: str, occurred_at: datetime, by: Officer) -> None:
    """The worker answers for themselves, once; a refusal says why."""
    check_choice(answer, Answer.choices, "whether you accept it")
    check_time(occurred_at, "the answer", after=allocation.allocated_at, after_what="the allocation")
    if by.pk != allocation.worker_id:
        raise NotAllowed("An allocation is answered by the worker whom it names.")
    if answer == Answer.REFUSED:
        check_words(words, "why you cannot take it on")
    if standing(allocation.answers.all()):
        raise Refused("This allocation is answered already: correct the answer if it was wrong.")


def check_ruling(allocation: Allocation, words: str, occurred_at: datetime, by: Officer) -> None:
    """Only what was refused is ruled on, by somebody else than the worker."""
    refused = [one for one in standing(allocation.answers.all()) if one.fact.answer == Answer.REFUSED]
    if not refused:
        raise Refused("The worker has not refused this allocation.")
    check_time(occurred_at, "the ruling", after=refused[-1].moment.occurred_at, after_what="the refusal")
    check_words(words, "why it stands, and what makes it possible")
    if by.pk == allocation.worker_id:
        raise NotAllowed("Somebody else rules on what you refused.")


def wait_of(case_file: CaseFile) -> Holding:
    """The first holding of the wait that a file is in. Raises Refused where it has a worker, or is closed."""
    check_open(case_file)
    held = sorted(case_file.holdings.all(), key=lambda one: (one.since_at, one.pk))
    found: Holding | None = None
    for one in reversed(held):
        if one.worker_id is not None or one.closed_at is not None:
            break  # closed in their hands, and opened again since: what went before is another wait
        found = one
    if found is None:
        raise Refused("Somebody is named on this case file: nobody has to be told.")
    return found


def check_told(wait: Holding, rank: str, to: Officer, risk: str, words: str, occurred_at: datetime) -> None:
    """Whoever is told has the rank that the chain asks for; how it stands with the children is said each time."""
    check_choice(rank, Told.choices, "who was told")
    check_choice(risk, Risk.choices, "how it stands with the children")
    check_words(words, "what was said, and what was agreed")
    check_time(occurred_at, "telling them", after=wait.since_at, after_what="the file was without a worker")
    if to.role != rank or not to.is_active:
        raise Refused(f"{to.name} is not {role_in_words(rank)}: choose who was told.")
    if rank != Told.EXECUTIVE_MEMBER and not sight_of(to).why(wait.case_file):
        raise Refused(f"{to.name} may not open this case file: choose somebody who answers for it.")


def check_heard(told: WaitTold, words: str, occurred_at: datetime, by: Officer) -> None:
    """Whoever was told says what they will do, for themselves and once."""
    check_words(words, "what you will do about it")
    check_time(occurred_at, "your answer", after=told.occurred_at, after_what="you were told")
    if by.pk != told.to_id:
        raise NotAllowed("It is answered by whoever was told.")
    if standing(WaitHeard.objects.filter(told=told.first_id)):
        raise Refused("You have answered this already: correct what you said.")
