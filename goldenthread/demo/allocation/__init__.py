"""What the made-up council did of allocation, service provision and closure: an alcove a file."""

from typing import Any

from goldenthread.demo.allocation import allocating, chronology, closing, conferring, supervising, transferring
from goldenthread.demo.assessment.desk import AssessmentDesk

IN_ORDER = (allocating, transferring, conferring, supervising, chronology, closing)


def practise(seed: int, **furniture: Any) -> None:
    """Every alcove, each with chance of its own: what one draws changes nothing for the others."""
    for alcove in IN_ORDER:
        alcove.practise(AssessmentDesk.of(alcove.__name__.rpartition(".")[2], seed=seed, **furniture))


def settle() -> None:
    """What can only be written when the ledger says what is owed."""
    closing.excuse_what_was_left()
