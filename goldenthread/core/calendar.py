"""Working days: Monday to Friday, less England's bank holidays (from the holidays package)."""

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=128)
def bank_holidays(year: int) -> frozenset[date]:
    """England's bank holidays of a year, with substitutes and one-off days."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether a council's offices are open that day."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


@lru_cache(maxsize=8192)
def add_working_days(day: date, amount: int) -> date:
    """The `amount`-th working day after `day`. The day itself is day nought, whether or not it is a working day.

    Raises ValueError for a negative amount.
    """
    if amount < 0:
        raise ValueError("working days are counted forwards")
    while amount:
        day += timedelta(days=1)
        amount -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
