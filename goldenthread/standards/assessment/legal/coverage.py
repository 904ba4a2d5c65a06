"""Arithmetic of cover: who is on call when, to the minute, and where nobody is. Reads no database and no clock.

Spans are half-open: from their first instant up to, and without, their last. Instants are compared as instants, so a night
on which the clocks change is an hour longer or shorter, as it is for whoever is on call.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from goldenthread.core.calendar import is_working_day
from goldenthread.core.clock import LONDON, Moment, day_of, start_of

OPENS, CLOSES = time(9), time(17)
"""Office hours: nine to five on working days, in London."""


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """From an instant up to another, without it."""

    starts_at: datetime
    ends_at: datetime

    @property
    def minutes(self) -> int:
        """How many whole minutes it lasts."""
        return int((self.ends_at - self.starts_at) / timedelta(minutes=1))


def span(starts_at: datetime, ends_at: datetime) -> Span:
    """A span in one zone: Python subtracts within London by what the clocks show, and not by what has passed."""
    return Span(starts_at.astimezone(UTC), ends_at.astimezone(UTC))


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time in as few spans as there can be, in order; empty ones are left out."""
    found: list[Span] = []
    for one in sorted(spans):
        if one.ends_at <= one.starts_at:
            continue
        if found and one.starts_at <= found[-1].ends_at:
            found[-1] = Span(found[-1].starts_at, max(found[-1].ends_at, one.ends_at))
        else:
            found.append(one)
    return found


def within(whole: Span, spans: Iterable[Span]) -> list[Span]:
    """The parts of these that lie in the whole, merged."""
    return merged(Span(max(whole.starts_at, one.starts_at), min(whole.ends_at, one.ends_at)) for one in spans)


def gaps(whole: Span, spans: Iterable[Span]) -> list[Span]:
    """What of the whole lies in none of these."""
    found, at = [], whole.starts_at
    for one in within(whole, spans):
        if at < one.starts_at:
            found.append(Span(at, one.starts_at))
        at = one.ends_at
    if at < whole.ends_at:
        found.append(Span(at, whole.ends_at))
    return found


def office_hours(whole: Span) -> list[Span]:
    """The office hours in a span."""
    day, found = day_of(whole.starts_at), []
    while start_of(day) < whole.ends_at:
        if is_working_day(day):
            found.append(span(datetime.combine(day, OPENS, LONDON), datetime.combine(day, CLOSES, LONDON)))
        day += timedelta(days=1)
    return within(whole, found)


def is_office_hours(instant: datetime) -> bool:
    """Whether an instant lies in office hours."""
    local = instant.astimezone(LONDON)
    return is_working_day(local.date()) and OPENS <= local.time() < CLOSES


def share_in_words(part: int, whole: int) -> str:
    """99.4%, rounded down: only what was covered at every minute is 100%."""
    return f"{part * 1000 // whole / 10:.1f}%" if whole else "none"


@dataclass(frozen=True, slots=True)
class Cover:
    """Of how many minutes how many were covered: in office hours, and out of them."""

    office: int = 0
    office_covered: int = 0
    outside: int = 0
    outside_covered: int = 0

    @property
    def minutes(self) -> int:
        """All of them."""
        return self.office + self.outside

    @property
    def covered(self) -> int:
        """All that were covered."""
        return self.office_covered + self.outside_covered

    @property
    def missing(self) -> int:
        """All that were not."""
        return self.minutes - self.covered

    @property
    def office_share(self) -> str:
        """The share of office hours that was covered, in words."""
        return share_in_words(self.office_covered, self.office)

    @property
    def outside_share(self) -> str:
        """The share out of hours that was covered, in words."""
        return share_in_words(self.outside_covered, self.outside)

    @property
    def share(self) -> str:
        """The share of all that was covered, in words."""
        return share_in_words(self.covered, self.minutes)

    def __add__(self, other: "Cover") -> "Cover":
        return Cover(
            self.office + other.office,
            self.office_covered + other.office_covered,
            self.outside + other.outside,
            self.outside_covered + other.outside_covered,
        )


def cover(whole: Span, spans: Iterable[Span]) -> Cover:
    """How much of the whole lies in these spans, in office hours and out of them."""
    office = office_hours(whole)
    on_call = within(whole, spans)
    inside = sum(part.minutes for one in office for part in within(one, on_call))
    hours = sum(one.minutes for one in office)
    return Cover(hours, inside, whole.minutes - hours, sum(one.minutes for one in on_call) - inside)


@dataclass(frozen=True, slots=True)
class OnCall:
    """That somebody is on call: their span, and since when that is arranged, on both clocks."""

    key: int
    span: Span
    arranged: Moment


@dataclass(frozen=True, slots=True)
class Ended:
    """That somebody will not be on call after all from an instant on, and since when that is so, on both clocks."""

    key: int
    until: datetime
    said: Moment


def spans_as_arranged(on_call: Iterable[OnCall], ended: Iterable[Ended], by: datetime | None = None) -> Iterator[Span]:
    """What was arranged by an instant of the true clock (None: in the end)."""
    until: dict[int, datetime] = {}
    for end in ended:
        if by is None or end.said.occurred_at <= by:
            until[end.key] = min(end.until, until.get(end.key, end.until))
    for one in on_call:
        if by is None or one.arranged.occurred_at <= by:
            last = until.get(one.key, one.span.ends_at)
            yield Span(one.span.starts_at, min(last.astimezone(UTC), one.span.ends_at))


def complete_since(whole: Span, on_call: Sequence[OnCall], ended: Sequence[Ended]) -> datetime | None:
    """Since when, by what was arranged, the whole has been covered without a break in that; None: it is not."""
    if gaps(whole, spans_as_arranged(on_call, ended)):
        return None
    since = None
    times = {one.arranged.occurred_at for one in on_call} | {end.said.occurred_at for end in ended}
    for at in sorted(times, reverse=True):
        if gaps(whole, spans_as_arranged(on_call, ended, at)):
            break
        since = at
    return since


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())
