"""Families, and when concerns about them arrive: shaped by England's figures, by season, weekday and hour."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

from goldenthread.cases.models import Child, Holding
from goldenthread.demo.diary import Diary
from goldenthread.demo.national import National
from goldenthread.demo.writer import Writer

if TYPE_CHECKING:
    from goldenthread.standards.referrals.models import Decision, Referral

SIBLINGS = {1: 78, 2: 15, 3: 5, 4: 2}
"""Children referred together. Ours: the national returns count children, not families."""

BUSY_DAYS, BUSIER = 3, 3
"""The last days are this much busier than others, so that work lists have something to show that is not yet due. Ours."""

# How often each day of the week (from Monday) and each month (from January) is that of a referral. Ours: the national
# returns are by year.
_WEEK = {"school": (10, 10, 10, 10, 12, 0, 0), "police": (10, 9, 9, 9, 10, 9, 9), "other": (11, 11, 10, 10, 10, 2, 1)}
_YEAR = {
    "school": (11, 9, 11, 8, 11, 12, 9, 0.4, 10, 10, 12, 9),
    "police": (10, 9, 10, 10, 10, 10, 11, 11, 10, 10, 9, 10),
    "other": (10, 10, 11, 9, 10, 11, 10, 9, 10, 11, 11, 8),
}
# Minutes of the day: (earliest, latest, likeliest), and how likely each spell is.
_HOURS = {
    "school": (((500, 1020, 680), 9), ((900, 1080, 945), 3)),
    "police": (((480, 1200, 700), 5), ((0, 1439, 1260), 5)),
    "other": (((520, 1080, 660), 9), ((0, 1439, 1100), 1.5)),
}
# The publisher's sources, and who in our list refers: only the totals are national, the split of “individual” and the like is ours.
KINDS: dict[str, dict[str, int]] = {
    "individual": {"family": 55, "neighbour": 35, "self": 10},
    "schools": {"school": 1},
    "education_services": {"education": 1},
    "health_services": {"health": 1},
    "housing": {"housing": 1},
    "council_services": {"council": 1},
    "police": {"police": 1},
    "other_legal_agency": {"probation": 60, "legal": 40},
    "other": {"voluntary": 65, "other-council": 35},
    "anonymous": {"anonymous": 1},
    "unknown": {"other": 1},
}


class Weighted:
    """A choice among things by weight, drawn again and again."""

    def __init__(self, weights: dict[str, float] | dict[str, int] | dict[int, int]) -> None:
        self.things: Sequence[str | int] = list(weights)
        self._sums = list(accumulate(weights.values()))

    def draw(self, chance: Random) -> str:
        """One of them (numbers as text)."""
        return str(self.things[bisect(self._sums, chance.random() * self._sums[-1])])


@dataclass(slots=True)
class Family:
    """One to four children, what they need (the national words for it), which team their home belongs to, and the
    day on which they were first seen."""

    children: list[int]
    need: str
    home: str
    file: "File | None" = None
    seen: date | None = None


@dataclass(slots=True)
class File:
    """A case file on its way: who holds it from when, and when it closes. held_by: its holdings, as they were written."""

    pk: int
    opened_at: datetime
    children: list[int]
    holdings: list[tuple[datetime, str, int | None]] = field(default_factory=list)
    closed_at: datetime | None = None
    referrals: "list[tuple[Referral, Decision | None]]" = field(default_factory=list)
    held_by: list[Holding] = field(default_factory=list)

    def held(self, instant: datetime) -> tuple[str, int | None]:
        """Team and worker at an instant."""
        held = self.holdings[0]
        for holding in self.holdings:
            if holding[0] <= instant:
                held = holding
        return held[1], held[2]


@dataclass(frozen=True, slots=True, order=True)
class Arrival:
    """A concern about a family reaches us."""

    at: datetime
    family: int
    kind: str


class Calendar:
    """Draws the day and the minute at which a referral of some kind arrives."""

    def __init__(self, diary: Diary, last: int, yearly_change: float) -> None:
        self.diary, self.last = diary, last
        self._weights: dict[str, list[float]] = {}
        self._sums: dict[str, list[float]] = {}
        for profile, week in _WEEK.items():
            weights = [
                week[day.weekday()]
                * _YEAR[profile][day.month - 1]
                * yearly_change ** (n / 365)
                * (1 if profile != "school" or diary.working[n] else 0)
                * (BUSIER if n >= last - BUSY_DAYS else 1)
                for n, day in enumerate(diary.days[:last])
            ]
            self._weights[profile], self._sums[profile] = weights, list(accumulate(weights))

    @staticmethod
    def profile(kind: str) -> str:
        """School-like, police-like or other hours."""
        return "school" if kind in {"school", "education"} else "police" if kind == "police" else "other"

    def day(self, kind: str, chance: Random) -> int:
        """Any day of the time loaded."""
        sums = self._sums[self.profile(kind)]
        return bisect(sums, chance.random() * sums[-1])

    def minute(self, kind: str, chance: Random) -> int:
        """A minute of the day."""
        (usual, often), (other, seldom) = _HOURS[self.profile(kind)]
        low, high, mode = usual if chance.random() * (often + seldom) < often else other
        return int(chance.triangular(low, high, mode))

    def fits(self, day: int, kind: str) -> bool:
        """Whether such a referral can arrive on that day."""
        return self._weights[self.profile(kind)][day] > 0


def families(chance: Random, count: int, national: National, writer: Writer) -> list[Family]:
    """Families with this many children in all. The children take their numbers here, and are written at the end."""
    sizes, needs = Weighted(SIBLINGS), Weighted(national.needs)
    found: list[Family] = []
    given = 0
    while given < count:
        size = min(int(sizes.draw(chance)), count - given)
        need, draw = needs.draw(chance), chance.random()
        home = "ra-east" if draw < 0.52 else "ra-west"
        if need == "childs_disability_or_illness" and draw < 0.75:
            home = "disabled"
        found.append(Family([writer.next_number(Child) for _ in range(size)], need, home))
        given += size
    return found


def arrivals(chance: Random, found: list[Family], diary: Diary, national: National) -> list[Arrival]:
    """Every arrival in order of time: each family's first, and those that follow within a year of the one before.

    In a service that takes in as many as it always did, the share of referrals that follow another within twelve
    months is the chance that one is followed by another; so the national share is that chance here.
    """
    last = diary.day_number(diary.today)
    calendar = Calendar(diary, last, national.yearly_change)
    sources = Weighted(national.sources)
    kinds = {source: Weighted(split) for source, split in KINDS.items()}
    made: list[Arrival] = []
    for number in range(len(found)):
        kind = kinds[sources.draw(chance)].draw(chance)
        day = calendar.day(kind, chance)
        while day < last:
            made.append(Arrival(diary.at(day, calendar.minute(kind, chance)), number, kind))
            if chance.random() >= national.re_referral:
                break
            day += 2 + int(360 * chance.betavariate(1, 1.5))
            kind = kinds[sources.draw(chance)].draw(chance)
            while day < last and not calendar.fits(day, kind):
                day += 1
    return sorted(made)


def birthday(chance: Random, seen: date) -> date:
    """A date of birth: up to seventeen when first referred, with more babies than others, some only weeks old."""
    if chance.random() < 0.03:
        return seen - timedelta(days=chance.randrange(10, 120))
    years = 0.9 if chance.random() < 0.12 else 17.5
    return seen - timedelta(days=1 + int(chance.random() * years * 365.25))
