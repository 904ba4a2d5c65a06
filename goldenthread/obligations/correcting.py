"""Correcting a fact: a further row supersedes it, with a reason, and the old one stays."""

from collections.abc import Callable
from typing import Any, TypeVar

from goldenthread.cases.facts import Fact
from goldenthread.cases.records import OnFile
from goldenthread.core import rules, trail
from goldenthread.core.errors import Refused
from goldenthread.core.templatetags.words import moment
from goldenthread.core.versions import Standing, version_of
from goldenthread.obligations.writing import put
from goldenthread.people.models import Officer

F = TypeVar("F", bound=Fact)


def supersede(
    fact: F,
    record: OnFile,
    *,
    changes: dict[str, Any] | None,
    check: Callable[[F], None],
    reason: str,
    by: Officer,
    token: str | None = None,
) -> F:
    """Write the row that corrects a fact, or (changes None) takes it back. The record is locked already.

    check: what the verb that wrote it asks of the whole; it is given the row as it will be. Raises Refused where the fact
    was superseded already, no reason is given, or nothing would change.
    """
    if type(fact)._default_manager.filter(supersedes=fact).exists() or fact.withdrawn:
        raise Refused("This was corrected already: correct what stands now.")
    rules.check_words(reason, "why it is corrected")
    new = type(fact)._default_manager.get(pk=fact.pk)
    before_and_after = {}
    if changes is not None:
        changed = {name: value for name, value in changes.items() if getattr(new, name) != value}
        if not changed:
            raise Refused("Nothing would change.")
        before_and_after = trail.changes(new, changed)
        for name, value in changed.items():
            setattr(new, name, value)
        check(new)
    new.pk, new.supersedes, new.correction_reason = None, fact, reason.strip()
    new.root_id = fact.first_id
    new.withdrawn, new.token = changes is None, token
    new._state.adding = True
    deed = "withdraw" if changes is None else "correct"
    return put(new, record, deed, by=by, changed=before_and_after or None, corrects=fact.pk)


def last_row(fact: F) -> F:
    """The row that a fact stands as, after its corrections."""
    rows: Any = type(fact)._default_manager  # of a model that is abstract here, the type checker finds no primary key
    while (later := rows.filter(supersedes=fact).first()) is not None:
        fact = later
    return fact


def standing_of(fact: Fact, names: tuple[str, ...]) -> Standing:
    """How a fact stands, for the page that corrects it. names: its fields, as they can be corrected."""
    now = [("When it happened", moment(fact.occurred_at))]
    for name in names:
        shown = getattr(fact, f"get_{name}_display", None)
        value = shown() if shown else getattr(fact, name)
        field: Any = fact._meta.get_field(name)
        now.append((str(field.verbose_name).capitalize(), str(value or "not given")))
    if fact.withdrawn:
        now = [("Now", "taken back: it did not happen")]
    return Standing(version_of(fact), fact.by.name, fact.recorded_at, tuple(now))
