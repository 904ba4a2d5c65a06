"""The rule library: how long something may take, by the law or policy in force when its clock started.

The rules are data (`timescales.toml`), each with the dates between which it holds and where it comes from.
"""

import calendar as month_lengths
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from goldenthread.core.calendar import add_working_days
from goldenthread.core.clock import day_of, end_of


class Unit(StrEnum):
    """What a timescale is counted in."""

    HOURS = "hours"
    WORKING_DAYS = "working days"
    DAYS = "calendar days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Timescale:
    """One dated rule of time.

    amount and unit: how long; starts: what starts the clock, in words; valid_from and valid_until: the days, both
    included, on which a clock may start under this rule; citation: where the rule comes from; local: whether it is
    the council's own standard, to be set by the council, and not a national one.
    """

    key: str
    title: str
    amount: int
    unit: Unit
    starts: str
    valid_from: date
    valid_until: date | None
    citation: str
    local: bool = False

    def due(self, started: datetime) -> datetime:
        """The last instant that is in time. Hours run by the clock; days and months end at the end of a day."""
        if self.unit is Unit.HOURS:
            return started.astimezone(UTC) + timedelta(
                hours=self.amount
            )  # in London's zone, a repeated hour goes missing
        day = day_of(started)
        if self.unit is Unit.WORKING_DAYS:
            return end_of(add_working_days(day, self.amount))
        if self.unit is Unit.DAYS:
            return end_of(day + timedelta(days=self.amount))
        return end_of(add_months(day, self.amount))

    def in_words(self) -> str:
        """“1 working day”, “48 hours”."""
        unit = self.unit.value if self.amount != 1 else self.unit.value.removesuffix("s")
        return f"{self.amount} {unit}"


def add_months(day: date, months: int) -> date:
    """The same day of the month, so many months on; the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, month_lengths.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=1)
def library() -> dict[str, tuple[Timescale, ...]]:
    """All rules by key, each key's in order of date. Raises ValueError where two rules of one key overlap."""
    entries = tomllib.loads((Path(__file__).parent / "timescales.toml").read_text(encoding="utf-8"))
    rules = {
        key: tuple(
            sorted(
                (
                    Timescale(
                        key=key,
                        title=entry["title"],
                        amount=rule["amount"],
                        unit=Unit(rule["unit"]),
                        starts=entry["starts"],
                        valid_from=rule["valid_from"],
                        valid_until=rule.get("valid_until"),
                        citation=rule["citation"],
                        local=rule.get("local", False),
                    )
                    for rule in entry["rules"]
                ),
                key=lambda rule: rule.valid_from,
            )
        )
        for key, entry in entries.items()
    }
    for key, dated in rules.items():
        for earlier, later in pairwise(dated):
            if earlier.valid_until is None or earlier.valid_until >= later.valid_from:
                raise ValueError(f"timescales.toml: two rules of “{key}” hold on {later.valid_from}")
    return rules


def timescale(key: str, started: date) -> Timescale | None:
    """The rule in force on the day a clock started, or None where there was none yet. Raises KeyError: no such key."""
    for rule in library()[key]:
        if rule.valid_from <= started and (rule.valid_until is None or started <= rule.valid_until):
            return rule
    return None
