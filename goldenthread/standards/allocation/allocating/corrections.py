"""Correcting what was said of an allocation, by a row that supersedes it; both stay.

The allocation itself is not corrected: a manager states it anew, and the worker sees both.
"""

from typing import Any, TypeVar

from django.db import transaction

from goldenthread.cases.facts import Fact, standing
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations.correcting import supersede
from goldenthread.obligations.writing import locked
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.allocating import rules
from goldenthread.standards.allocation.allocating.choices import Answer
from goldenthread.standards.allocation.allocating.models import (
    Allocation,
    AllocationAnswer,
    AllocationDiscussed,
    RefusalRuling,
)

F = TypeVar("F", bound=Fact)

# What of each fact can be corrected, beside when it was true, with the words for what may never be empty. Whether it was
# accepted is taken back and answered anew.
CORRECTABLE: dict[type[Fact], dict[str, str]] = {
    AllocationAnswer: {"words": ""},
    RefusalRuling: {"words": "why it stands, and what makes it possible"},
    AllocationDiscussed: {"words": "what was talked over"},
}


def correct(*, fact: F, changes: dict[str, Any], reason: str, by: Officer, token: str | None = None) -> F:
    """Put right what a fact says; the old row stays. Raises Refused where it was superseded already, or nothing changes."""
    return _supersede(fact, changes, reason, by, token)


def withdraw(*, fact: F, reason: str, by: Officer, token: str | None = None) -> F:
    """Say that something recorded did not happen. Both rows stay."""
    return _supersede(fact, None, reason, by, token)


@transaction.atomic
def _supersede(fact: F, changes: dict[str, Any] | None, reason: str, by: Officer, token: str | None) -> F:
    known: Any = fact
    permission = Permission.DECIDE_REFERRALS if isinstance(fact, RefusalRuling) else Permission.RECORD_REFERRALS
    allocation: Allocation = locked(known.allocation, by, permission)
    if isinstance(fact, AllocationAnswer) and by.pk != allocation.worker_id:
        raise NotAllowed("An answer is corrected by the worker who gave it.")
    if isinstance(fact, RefusalRuling) and by.pk == allocation.worker_id:
        raise NotAllowed("Somebody else rules on what you refused.")
    ruled = [one.moment.occurred_at for one in standing(allocation.rulings.all())]
    refused = isinstance(fact, AllocationAnswer) and fact.answer == Answer.REFUSED

    def check(new: Any) -> None:
        for name, what in CORRECTABLE[type(fact)].items():
            if what or refused:
                rules.check_words(getattr(new, name), what or "why you cannot take it on")
        rules.check_time(new.occurred_at, "it", after=allocation.allocated_at, after_what="the allocation")
        if refused and any(at < new.occurred_at for at in ruled):
            raise Refused("A manager has ruled on it before that: check the time.")
        if isinstance(new, RefusalRuling):
            said = [s.moment.occurred_at for s in standing(allocation.answers.all()) if s.fact.answer == Answer.REFUSED]
            after = max(said, default=allocation.allocated_at)
            rules.check_time(new.occurred_at, "the ruling", after=after, after_what="the refusal")

    def free() -> None:
        if refused and ruled:
            raise Refused("A manager has ruled on this refusal: it happened.")

    names = ("occurred_at", *CORRECTABLE[type(fact)])
    return supersede(
        fact, allocation, changes=changes, names=names, check=check, free=free, reason=reason, by=by, token=token
    )
