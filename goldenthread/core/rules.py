"""Rules that every room asks of what is recorded. Each raises Refused with what to do about it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from goldenthread.core.clock import at_minute, now
from goldenthread.core.errors import Refused
from goldenthread.core.words import is_placeholder


def check_not_future(occurred_at: datetime, what: str) -> None:
    """What has not happened yet cannot be recorded."""
    if occurred_at > now():
        raise Refused(f"The time of {what} is in the future: give the time at which it happened.")


def check_time(occurred_at: datetime, what: str, *, after: datetime, after_what: str) -> None:
    """Not in the future, and not before what it follows, to the minute."""
    check_not_future(occurred_at, what)
    if occurred_at < at_minute(after):
        raise Refused(f"The time of {what} is before {after_what}: check both times.")


def check_words(text: str, what: str) -> None:
    """A box that has to say something: empty or filled in for form's sake is refused."""
    if not text.strip():
        raise Refused(f"Write {what}.")
    if is_placeholder(text):
        raise Refused(f"Write {what}: “{text.strip()}” says nothing that someone else could act on.")


def what_changes(row: object, changes: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Those of the changes that change something. names: what can be changed. Raises Refused where something else is to be
    changed, or nothing would."""
    if wrong := set(changes) - set(names):
        raise Refused(f"“{min(wrong)}” cannot be changed.")
    changed = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if not changed:
        raise Refused("Nothing would change.")
    return changed


def check_choice(value: str, choices: Iterable[tuple[str, str]], what: str) -> None:
    """One of a list."""
    if value not in dict(choices):
        raise Refused(f"Choose {what} from the list.")
