"""How exactly it is known when something happened: to the minute, or only the day, the month or the year."""

from datetime import date, datetime, timedelta

from django.db import models

from goldenthread.core.clock import day_of, end_of, start_of
from goldenthread.core.templatetags.words import day as day_in_words
from goldenthread.core.templatetags.words import moment
from goldenthread.core.templatetags.words import month as month_in_words


class Precision(models.TextChoices):
    """How exactly it is known when something happened."""

    TIME = "time", "To the minute"
    DAY = "day", "The day"
    MONTH = "month", "Only the month"
    YEAR = "year", "Only the year"


def when_in_words(at: datetime, precision: str) -> str:
    """An instant as exactly as it is known: “3 March 2003, 4pm”, “3 March 2003”, “March 2003”, “2003”."""
    match precision:
        case Precision.DAY:
            return day_in_words(at)
        case Precision.MONTH:
            return month_in_words(at)
        case Precision.YEAR:
            return str(day_of(at).year)
    return moment(at)


def first_instant(at: datetime, precision: str) -> datetime:
    """The first instant of the time that an event is known to fall into."""
    day = day_of(at)
    match precision:
        case Precision.DAY:
            return start_of(day)
        case Precision.MONTH:
            return start_of(day.replace(day=1))
        case Precision.YEAR:
            return start_of(date(day.year, 1, 1))
    return at


def last_instant(at: datetime, precision: str) -> datetime:
    """The last instant of that time."""
    day = day_of(at)
    match precision:
        case Precision.DAY:
            return end_of(day)
        case Precision.MONTH:
            after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
            return end_of(after - timedelta(days=1))
        case Precision.YEAR:
            return end_of(date(day.year, 12, 31))
    return at
