"""Correcting a fact: a further row that supersedes it. What each kind asks of its own words, its verb says."""

from collections.abc import Mapping
from typing import Any, TypeVar

from goldenthread.cases.facts import Fact
from goldenthread.core import rules, trail
from goldenthread.core.errors import Refused

F = TypeVar("F", bound=Fact)


def next_row(
    fact: F,
    changes: Mapping[str, Any],
    reason: str,
    *,
    withdraw: bool = False,
    also: bool = False,
    token: str | None = None,
) -> tuple[F, dict[str, tuple[Any, Any]]]:
    """The row that supersedes this one, not yet written; and what it changes, as the trail may tell it.

    also: something changes besides the row itself. Raises Refused where a later row stands already, the reason says
    nothing, or nothing would change.
    """
    rows: Any = type(fact)._default_manager  # of a model that is abstract here, the type checker finds no primary key
    if fact.withdrawn or rows.filter(supersedes=fact).exists():
        raise Refused("This was corrected already: correct what stands now.")
    rules.check_words(reason, "why it is corrected")
    new: F = rows.get(pk=fact.pk)
    changed = {} if withdraw else trail.changes(new, changes)
    if not (withdraw or changed or also):
        raise Refused("Nothing would change.")
    if not withdraw:
        for name, value in changes.items():
            setattr(new, name, value)
    new.pk, new.supersedes, new.correction_reason = None, fact, reason.strip()
    new.root_id = fact.first_id
    new.withdrawn, new.token = withdraw, token
    new._state.adding = True
    return new, changed
