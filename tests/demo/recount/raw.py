"""Tables as they are, and days: with arithmetic of their own, and the bank holidays of the demonstration's years written out
by hand from the published list."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from math import sqrt
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models

ZONE = ZoneInfo("Europe/London")
HOLIDAYS = {
    date(*day)
    for day in (
        (2024, 5, 27), (2024, 8, 26), (2024, 12, 25), (2024, 12, 26), (2025, 1, 1), (2025, 4, 18), (2025, 4, 21), (2025, 5, 5), (2025, 5, 26), (2025, 8, 25), (2025, 12, 25),
        (2025, 12, 26), (2026, 1, 1), (2026, 4, 3), (2026, 4, 6), (2026, 5, 4), (2026, 5, 25), (2026, 8, 31),
        (2026, 12, 25), (2026, 12, 28),
    )
}  # fmt: skip
Raw = dict[str, Any]


def night(day: date) -> datetime:
    """The last microsecond of a day in London, in UTC."""
    return datetime.combine(day, time(23, 59, 59, 999999), ZONE).astimezone(UTC)


PAST = (date(2025, 12, 31), date(2026, 3, 29), date(2026, 6, 14))  # a year's end, a night of changing clocks, a Sunday
CLOCKS = [(night(day), night(day - timedelta(days=back))) for day in PAST for back in (0, 2, 20)]


@cache  # of the one authority that the tests of this folder only look at
def _table(model: type[models.Model]) -> list[Raw]:
    return list(model._base_manager.order_by("pk").values())


def rows(model: type[models.Model]) -> list[Raw]:
    """A table as it is."""
    return list(_table(model))


def working(day: date, amount: int) -> datetime:
    """The end of the so many-th working day after a day."""
    while amount > 0:
        day = day + timedelta(days=1)
        if day.weekday() not in (5, 6) and day not in HOLIDAYS:
            amount -= 1
    return night(day)


def london(instant: datetime) -> date:
    return instant.astimezone(ZONE).date()


def first(found: list[Raw]) -> Raw | None:
    return found[0] if found else None


def months_on(day: date, months: int) -> date:
    """The same day some months later, or the month's last."""
    month, year = (day.month + months - 1) % 12 + 1, day.year + (day.month + months - 1) // 12
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


def wilson(n: int, m: int) -> tuple[float, float]:
    z = 1.959963984540054
    p = n / m
    root = z * sqrt(p * (1 - p) / m + z * z / (4 * m * m))
    return (p + z * z / (2 * m) - root) / (1 + z * z / m), (p + z * z / (2 * m) + root) / (1 + z * z / m)


class Told:
    """Facts of one kind that stood, on what was known by an instant: by what they hang on."""

    def __init__(self, model: type[models.Model], hangs_on: str, known: datetime) -> None:
        self.all = {row["id"]: row for row in rows(model) if row["recorded_at"] <= known}
        gone = {row["supersedes_id"] for row in self.all.values()}
        self.by: dict[int, list[Raw]] = defaultdict(list)
        for row in self.all.values():
            if row["id"] in gone or row["withdrawn"]:
                continue
            chain = [row]
            while chain[-1]["supersedes_id"]:
                chain.append(self.all[chain[-1]["supersedes_id"]])
            stands = row | {
                "first": chain[-1]["id"],
                "chain": chain,
                "known": min(r["recorded_at"] for r in chain if r["occurred_at"] == row["occurred_at"]),
            }
            self.by[row[hangs_on]].append(stands)
        for found in self.by.values():
            found.sort(key=lambda row: (row["occurred_at"], row["first"]))

    def __getitem__(self, pk: int) -> list[Raw]:
        return self.by.get(pk, [])
