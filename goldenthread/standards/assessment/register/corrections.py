"""Correcting an entry: a fact by a row that supersedes it. A first listing taken back says that the entry was a mistake."""

from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from goldenthread.core import rules, trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations.writing import locked, made_before, put
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
    rows: Any = type(fact)._default_manager
    if made := made_before(type(fact), token):
        return made
    if fact.withdrawn or rows.filter(supersedes=fact).exists():
        raise Refused("This was corrected already: correct what stands now.")
    rules.check_words(reason, "why it is corrected")
    wanted = dict(changes or {})
    if set(wanted) - set(CORRECTABLE[type(fact)]):
        raise Refused("That cannot be corrected.")
    if occurred_at is not None:
        wanted["occurred_at"] = occurred_at
    new: F = rows.get(pk=fact.pk)
    changed = {} if withdrawn else {name: value for name, value in wanted.items() if getattr(new, name) != value}
    if not withdrawn and not changed:
        raise Refused("Nothing would change.")
    before_and_after = trail.changes(new, changed)
    for name, value in changed.items():
        setattr(new, name, value)
    if not withdrawn:
        _check(new)
    new.pk, new.supersedes, new.root_id = None, fact, fact.first_id
    new.correction_reason, new.withdrawn, new.token = reason.strip(), withdrawn, token
    new._state.adding = True
    deed = "take back" if withdrawn else "correct"
    put(new, entry, deed, by=by, changed=before_and_after, corrects=fact.pk)
    _check_order(RegisterEntry.objects.get(pk=entry.pk))
    return new


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
