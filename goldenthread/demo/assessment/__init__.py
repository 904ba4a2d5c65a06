"""What the made-up council did after its referrals: the records of the assessment room, an alcove a file."""

from typing import Any

from goldenthread.demo.assessment import (
    assessing,
    enquiring,
    hospital,
    household,
    housing,
    interpreting,
    legal,
    protection,
    recording,
    register,
)
from goldenthread.demo.assessment.desk import AssessmentDesk

IN_ORDER = (household, register, assessing, recording, protection, enquiring, interpreting, housing, legal, hospital)


def practise(seed: int, **furniture: Any) -> None:
    """Every alcove, each with chance of its own: what one draws changes nothing for the others."""
    for alcove in IN_ORDER:
        alcove.practise(AssessmentDesk.of(alcove.__name__.rpartition(".")[2], seed=seed, **furniture))
