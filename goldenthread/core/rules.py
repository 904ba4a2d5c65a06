"""Rules that every room asks of what is recorded. Each raises Refused with what to do about it."""

from collections.abc import Iterable
from datetime import datetime

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


def check_choice(value: str, choices: Iterable[tuple[str, str]], what: str) -> None:
    """One of a list."""
    if value not in dict(choices):
        raise Refused(f"Choose {what} from the list.")
