"""Waiting for a worker: the stretches of time in which an open case file had nobody named on it, and their child-days.

An open file counts from the very minute that it has no worker until the minute that it has one, or is closed. A file that
goes from team to team with nobody named goes on waiting: one wait, of several stretches, each some team's. One that was closed
and is opened again with nobody named waits anew from then on: while it was closed, nobody waited. Times are
instants; a child-day is one child for 24 hours, so a spring and an autumn Sunday count for what they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

DAY = timedelta(days=1)


def _between(start: datetime, end: datetime) -> timedelta:
    """From one instant to another. Two of London's would be taken from each other as their clocks show, an hour wrong where the
    clocks changed between them."""
    return end.astimezone(UTC) - start.astimezone(UTC)


class Held(Protocol):
    """What is read of a holding: from `since_at` on, this team and this worker held the file; until `closed_at`, where it was
    closed in their hands."""

    @property
    def pk(self) -> int: ...
    @property
    def team_id(self) -> int: ...
    @property
    def worker_id(self) -> int | None: ...
    @property
    def since_at(self) -> datetime: ...
    @property
    def closed_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `since` until `until`, which is not in it any more, a file was some team's and had no worker."""

    team_id: int
    since: datetime
    until: datetime

    def within(self, start: datetime, end: datetime) -> timedelta:
        """How much of it lies from `start` up to `end`."""
        return max(_between(max(self.since, start), min(self.until, end)), timedelta())


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait of one file. children: how many were on the file at its end; joined: when those of them came who came while it
    lasted. ended: a worker was named or the file closed; where not, it went on at the instant that was asked about, at which
    its last stretch is cut off."""

    case_file_id: int
    children: int
    stretches: tuple[Stretch, ...]
    ended: bool
    joined: tuple[datetime, ...] = ()

    @property
    def since(self) -> datetime:
        """When it began."""
        return self.stretches[0].since

    @property
    def team_id(self) -> int:
        """Whose the file was last while it waited."""
        return self.stretches[-1].team_id

    @property
    def lasted(self) -> timedelta:
        """From its beginning to its end, or to the instant that was asked about."""
        return _between(self.since, self.stretches[-1].until)

    @property
    def child_time(self) -> timedelta:
        """As long as it lasted, for each of the children: of who came meanwhile, from then on."""
        return sum((self.child_time_of(one, one.since, one.until) for one in self.stretches), timedelta())

    def child_time_of(self, stretch: Stretch, start: datetime, end: datetime) -> timedelta:
        """How long each of the children waited in one of its stretches from `start` up to `end`, together."""
        before = sum((stretch.within(start, min(end, at)) for at in self.joined), timedelta())
        return stretch.within(start, end) * self.children - before


def stretches_of(
    holdings: Iterable[Held], *, opened_at: datetime, closed_at: datetime | None, as_at: datetime
) -> list[Stretch]:
    """The stretches without a worker of one file, up to an instant, the first first. What is of a later time than `as_at` is
    left out. Before its first holding a file is in the hands of that: somebody has recorded late who took it."""
    ends = as_at if closed_at is None else min(closed_at, as_at)
    held = sorted((one for one in holdings if one.since_at <= as_at), key=lambda one: (one.since_at, one.pk))
    found: list[Stretch] = []
    for place, one in enumerate(held):
        since = max(one.since_at, opened_at) if place else opened_at
        until = min(held[place + 1].since_at, ends) if place + 1 < len(held) else ends
        until = until if one.closed_at is None else min(until, one.closed_at)
        if one.worker_id is None and since < until:
            found.append(Stretch(one.team_id, since, until))
    return found


def open_at(holdings: Iterable[Held], *, closed_at: datetime | None, as_at: datetime) -> bool:
    """Whether a file was open at an instant after its opening, also where it was opened again since. closed_at: when it was
    closed last, where it is closed."""
    held = [one for one in holdings if one.since_at <= as_at]
    last = max(held, key=lambda one: (one.since_at, one.pk), default=None)
    closings = [closed_at, last.closed_at if last else None]
    return not any(at is not None and at <= as_at for at in closings)


def waits_of(
    case_file_id: int,
    children: int,
    stretches: Sequence[Stretch],
    *,
    as_at: datetime,
    still_open: bool,
    joined: Sequence[datetime] = (),
) -> list[Wait]:
    """The stretches of one file, put together to waits. children: how many are on it in all, of whom some joined at these
    instants. still_open: whether the file was open at `as_at`: a stretch that reaches up to there has then not ended."""
    runs: list[list[Stretch]] = []
    for stretch in stretches:
        if runs and runs[-1][-1].until == stretch.since:
            runs[-1].append(stretch)
        else:
            runs.append([stretch])
    found = []
    for run in runs:
        later = [at for at in joined if at >= run[-1].until]
        while_it_lasted = tuple(sorted(at for at in joined if run[0].since < at < run[-1].until))
        ended = not (still_open and run[-1].until == as_at)
        found.append(Wait(case_file_id, children - len(later), tuple(run), ended, while_it_lasted))
    return found


def child_days(time: timedelta) -> float:
    """So much time of children, in days of 24 hours."""
    return time / DAY
