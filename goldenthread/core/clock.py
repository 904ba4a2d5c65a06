"""Two clocks, and the days and months that they fall in.

Every event says when it was true (`occurred_at`, as people report it) and when it was known (`recorded_at`, stamped
by the system). Instants are aware datetimes; a day or a month is always one of London's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, order=True, slots=True)
class Moment:
    """When something was true, and when it was known."""

    occurred_at: datetime
    recorded_at: datetime

    @property
    def late_by(self) -> timedelta:
        """How long it took to be recorded; never less than nothing."""
        return max(self.recorded_at - self.occurred_at, timedelta())


_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """This instant. The only call to the system's clock: tests and demonstrations replace it."""
    return _told.get() or timezone.now()


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Within it, the clock stands at an instant. Only for made-up records: the demonstration authority and tests."""
    before = _told.set(instant)
    try:
        yield
    finally:
        _told.reset(before)


def start_of(day: date) -> datetime:
    """The first instant of a day in London."""
    return datetime.combine(day, time.min, LONDON)


def end_of(day: date) -> datetime:
    """The last microsecond of a day in London: “as at” a day means at its end."""
    return datetime.combine(day, time.max, LONDON)


def day_of(instant: datetime) -> date:
    """The day in London that an instant falls on."""
    return instant.astimezone(LONDON).date()


def month_of(instant: datetime) -> date:
    """The first day of the month in London that an instant falls in."""
    return day_of(instant).replace(day=1)


def at_minute(instant: datetime) -> datetime:
    """An instant without its seconds: people give times to the minute."""
    return instant.replace(second=0, microsecond=0)


def today() -> date:
    """Today in London."""
    return day_of(now())
