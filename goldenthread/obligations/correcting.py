"""Correcting a fact: a further row supersedes it, with a reason, and the old one stays."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from goldenthread.cases.facts import Fact
from goldenthread.cases.records import OnFile
from goldenthread.core import rules, trail
from goldenthread.core.errors import Refused
from goldenthread.core.templatetags.words import day, moment
from goldenthread.core.versions import Standing, version_of
from goldenthread.obligations.writing import made_before, put
from goldenthread.people.models import Officer

F = TypeVar("F", bound=Fact)
_REASON = Fact._meta.get_field("correction_reason").max_length or 0


def next_row(
    fact: F,
    changes: Mapping[str, Any] | None,
    *,
    reason: str,
    names: Collection[str] = (),
    check: Callable[[F], None] | None = None,
    free: Callable[[], None] | None = None,
    also: bool = False,
    token: str | None = None,
) -> tuple[F, dict[str, tuple[Any, Any]]]:
    """The row that corrects a fact, or (changes None) takes it back, not yet written; and what it changes, as the trail
    may tell it.

    names: what of it can be corrected; check: what the verb that wrote it asks of the whole, given the row as it will be;
    free: asked before it is taken back, whether something stands on it; also: something changes besides the row itself.
    Raises Refused where it was superseded already, no reason is given, it is not to be corrected so, or nothing would
    change.
    """
    rows: Any = type(fact)._default_manager  # of a model that is abstract here, the type checker finds no primary key
    later = rows.filter(supersedes=fact).first()
    if (later or fact).withdrawn:
        raise Refused("This was taken back already.")
    if later:
        raise Refused("This was corrected already: correct what stands now.")
    rules.check_words(reason, "why it is corrected")
    if len(reason.strip()) > _REASON:
        raise Refused(f"Write why it is corrected in {_REASON} characters at most.")
    new: F = rows.get(pk=fact.pk)
    before_and_after: dict[str, tuple[Any, Any]] = {}
    if changes is not None:
        if unknown := set(changes) - set(names):
            raise Refused(f"“{min(unknown)}” cannot be corrected.")
        after = {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
        before_and_after = trail.changes(new, after)
        if not (before_and_after or also):
            raise Refused("Nothing would change.")
        for name in before_and_after:
            setattr(new, name, after[name])
        if check:
            check(new)
    elif free:
        free()
    new.pk, new.supersedes, new.root_id = None, fact, fact.first_id
    new.correction_reason, new.withdrawn, new.token = reason.strip(), changes is None, token
    new._state.adding = True
    return new, before_and_after


def supersede(
    fact: F,
    record: OnFile,
    *,
    changes: Mapping[str, Any] | None,
    names: Collection[str],
    check: Callable[[F], None],
    reason: str,
    by: Officer,
    free: Callable[[], None] | None = None,
    also: bool = False,
    beside: Callable[[F], None] | None = None,
    then: Callable[[F], None] | None = None,
    token: str | None = None,
    **detail: Any,
) -> F:
    """Write the row that corrects a fact, or (changes None) takes it back. The record is locked already.

    beside: writes what belongs to the row; then: what else follows; both are given the row as it was written. detail: what
    the trail tells besides. The rest is as `next_row` says.
    """
    if made := made_before(type(fact), token):
        return made
    new, changed = next_row(fact, changes, reason=reason, names=names, check=check, free=free, also=also, token=token)
    deed = "withdraw" if new.withdrawn else "correct"
    put(new, record, deed, by=by, beside=beside, changed=changed, corrects=fact.pk, **detail)
    if then:
        then(new)
    return new


def last_row(fact: F) -> F:
    """The row that a fact stands as, after its corrections."""
    rows: Any = type(fact)._default_manager  # of a model that is abstract here, the type checker finds no primary key
    while (later := rows.select_related("by").filter(supersedes=fact).first()) is not None:
        fact = later
    return fact


def _in_words(fact: Fact, name: str) -> str:
    shown = getattr(fact, f"get_{name}_display", None)
    value = shown() if shown else getattr(fact, name)
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return moment(value)
        case date():
            return day(value)
    return str(value or "not given")


def standing_of(fact: Fact, names: Collection[str], *more: tuple[str, str]) -> Standing:
    """How a fact stands, for the page that corrects it. names: its fields, as they can be corrected; more: what else it
    says."""
    now = [("When it happened", moment(fact.occurred_at))]
    for name in names:
        if name != "occurred_at":
            field: Any = fact._meta.get_field(name)
            now.append((str(field.verbose_name).capitalize(), _in_words(fact, name)))
    now += more
    if fact.withdrawn:
        now = [("Now", "taken back: it did not happen")]
    return Standing(version_of(fact), fact.by.name, fact.recorded_at, tuple(now))
