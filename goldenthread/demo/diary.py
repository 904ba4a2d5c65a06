"""Days and times of the demonstration: local days told to the minute, as instants in UTC, and office hours.

All instants are computed here from a day and a minute, so that no clock is read and arithmetic never meets the hour
that summer time skips.
"""

import bisect
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from goldenthread.core.calendar import is_working_day
from goldenthread.core.clock import LONDON

OPENS, CLOSES = 9 * 60, 17 * 60


class Diary:
    """The days from `first` until four years after `today`: what lies ahead is worked out, and then left out."""

    def __init__(self, first: date, today: date) -> None:
        self.first, self.today = first, today
        self.days = [first + timedelta(days=n) for n in range((today - first).days + 1460)]
        # Noon less twelve hours: on the two days when the clock changes, minutes still count evenly.
        noons = (datetime.combine(day, time(12), LONDON).astimezone(UTC) for day in self.days)
        self._bases = [noon - timedelta(hours=12) for noon in noons]
        self.working = [is_working_day(day) for day in self.days]
        self._workdays = [n for n, works in enumerate(self.working) if works]
        self.now = self.at((today - first).days, 0)

    def at(self, day: int, minute: int) -> datetime:
        """The instant of a day (counted from the first) and a minute of it."""
        return self._bases[day] + timedelta(minutes=minute)

    def place(self, instant: datetime) -> tuple[int, int]:
        """The day and the minute of an instant."""
        day = bisect.bisect_right(self._bases, instant) - 1
        return day, int((instant - self._bases[day]).total_seconds() // 60)

    def day_number(self, day: date) -> int:
        """A day, counted from the first."""
        return (day - self.first).days

    def workday(self, day: int, amount: int) -> int:
        """The `amount`-th working day after a day; with nought, that day or the next working one. The last that there is stands
        for all later ones: it lies years ahead."""
        beside = bisect.bisect_right(self._workdays, day) - 1 if amount else bisect.bisect_left(self._workdays, day)
        return self._workdays[min(beside + amount, len(self._workdays) - 1)]

    def in_office_hours(self, instant: datetime, chance: Random) -> datetime:
        """The instant itself, or, when the office is closed, some time in the first three hours after it opens."""
        day, minute = self.place(instant)
        if self.working[day] and OPENS <= minute < CLOSES:
            return instant
        if minute >= CLOSES:
            day += 1
        return self.at(self.workday(day, 0), OPENS + int(180 * chance.random()))
