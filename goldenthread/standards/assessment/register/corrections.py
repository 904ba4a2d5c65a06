"""Correcting an entry: a fact by a row that supersedes it. A first listing taken back says that the entry was a mistake."""

from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from goldenthread.core import rules
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations.correcting import supersede
from goldenthread.obligations.writing import locked
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.register import rules as own
from goldenthread.standards.assessment.register.choices import Category
from goldenthread.standards.assessment.register.models import KeyWorker, Listing, RegisterEntry, Removal

F = TypeVar("F", Listing, KeyWorker, Removal)

CORRECTABLE: dict[type[Any], tuple[str, ...]] = {
    Listing: tuple(Category.values),
    KeyWorker: ("officer", "name"),
    Removal: ("reason", "words"),
}


@transaction.atomic
def correct_entry(
    *,
    fact: F,
    reason: str,
    by: Officer,
    occurred_at: datetime | None = None,
    changes: dict[str, Any] | None = None,
    withdrawn: bool = False,
    token: str | None = None,
) -> F:
    """Put right what was recorded of an entry, or take it back; the old row stays. Raises Refused where it was corrected
    already, or nothing changes."""
    entry = locked(fact.entry, by, Permission.KEEP_REGISTER)
    wanted = dict(changes or {}) | ({"occurred_at": occurred_at} if occurred_at else {})
    return supersede(
        fact,
        entry,
        changes=None if withdrawn else wanted,
        names=("occurred_at", *CORRECTABLE[type(fact)]),
        check=_check,
        then=lambda new: _check_order(RegisterEntry.objects.get(pk=entry.pk)),
        reason=reason,
        by=by,
        token=token,
    )


def _check(new: Listing | KeyWorker | Removal) -> None:
    """What the verb that first wrote it asked of it."""
    match new:
        case Listing():
            own.check_categories(new.categories)
        case KeyWorker():
            own.check_key_worker(new.officer, new.name)
        case Removal():
            own.check_reason(new.entry, new.reason)
    rules.check_not_future(new.occurred_at, "what happened")


def _check_order(entry: RegisterEntry) -> None:
    """As it stands afterwards: an entry that ends, ends last; one that is alive again is the only one of its council."""
    since, removed = entry.since, entry.removed
    if since is None:
        return
    if removed and removed.moment.occurred_at < max(one.moment.occurred_at for one in entry.listed):
        raise Refused("The end would come before the last change: check the times.")
    if removed is None:
        others = RegisterEntry.objects.filter(child=entry.child_id, council=entry.council).exclude(pk=entry.pk)
        for other in others.prefetch_related("listings", "removals"):
            if other.since and other.removed is None and other.state_at(now()).value != "none":
                raise Refused(f"The child is on it by entry {other} too: correct that one.")
