"""Correcting what was recorded of a closure, by a row that supersedes it; both stay. A manager's answer is not corrected: a
file that was closed wrongly is opened again, and one that was returned is asked for again. The last look at the chronology is
corrected in its own room."""

from typing import Any, TypeVar

from django.db import transaction

from goldenthread.cases.facts import Fact
from goldenthread.core.errors import Refused
from goldenthread.obligations.correcting import supersede
from goldenthread.obligations.writing import locked
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.closing import rules
from goldenthread.standards.allocation.closing.models import (
    ClosureAgencyTold,
    ClosureFamilyTold,
)

F = TypeVar("F", bound=Fact)

CORRECTABLE: dict[type[Fact], tuple[str, ...]] = {
    ClosureFamilyTold: ("how", "words"),
    ClosureAgencyTold: ("how", "words"),
}
"""What of each fact can be corrected, beside when it was true."""


@transaction.atomic
def correct(*, fact: F, changes: dict[str, Any], reason: str, by: Officer, token: str | None = None) -> F:
    """Put right what a fact says. Raises Refused where it was superseded already, or nothing changes."""
    return _supersede(fact, changes, reason, by, token)


@transaction.atomic
def withdraw(*, fact: F, reason: str, by: Officer, token: str | None = None) -> F:
    """Say that it did not happen. Not once the closure is signed off: it was signed on this."""
    return _supersede(fact, None, reason, by, token)


def _supersede(fact: F, changes: dict[str, Any] | None, reason: str, by: Officer, token: str | None) -> F:
    known: Any = fact
    closure = locked(known.closure, by)
    signed = closure.signed_off()

    def check(new: F) -> None:
        row: Any = new
        rules.check_told(closure, row.how, row.words, row.occurred_at)
        if signed and row.occurred_at > signed.moment.occurred_at:
            raise Refused("The closure was signed off before that: check the time.")

    def free() -> None:
        if signed:
            raise Refused("The file was closed on this: it can be corrected, and not taken back.")

    return supersede(
        fact, closure, changes=changes, names=("occurred_at", *CORRECTABLE[type(fact)]), check=check, free=free,
        reason=reason, by=by, token=token,
    )  # fmt: skip
