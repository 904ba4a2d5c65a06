"""How long files waited for a worker, against a simulation that goes through the time minute by minute."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core.clock import start_of
from goldenthread.core.timescales import add_months
from goldenthread.standards.allocation.allocating.waiting import (
    Stretch,
    Wait,
    child_days,
    open_at,
    stretches_of,
    waits_of,
)

START = datetime(2026, 3, 28, 20, tzinfo=UTC)  # the clocks go forward in the night
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Held:
    pk: int
    team_id: int
    worker_id: int | None
    since_at: datetime
    closed_at: datetime | None = None


def at(minute: int) -> datetime:
    return START + minute * MINUTE


@st.composite
def files(draw: st.DrawFn) -> tuple[list[Held], datetime, datetime | None, datetime]:
    """The holdings of one file, when it was opened and closed, and the instant that is asked about."""
    minutes = sorted(draw(st.lists(st.integers(0, 600), min_size=1, max_size=6)))
    held = []
    for pk, (minute, following) in enumerate(zip(minutes, [*minutes[1:], None], strict=True)):
        # Now and then it was closed in their hands, and opened again in the next.
        again = (
            draw(st.none() | st.integers(minute, following)) if following is not None and following > minute else None
        )
        closed_in = at(again) if again is not None and minute < again < (following or 0) else None
        held.append(Held(pk, draw(st.integers(1, 2)), draw(st.sampled_from([None, None, 7])), at(minute), closed_in))
    opened = at(minutes[0]) if draw(st.booleans()) else at(max(0, minutes[0] - draw(st.integers(0, 30))))
    closed = draw(st.none() | st.integers(minutes[-1], 700).map(at))
    return draw(st.permutations(held)), opened, closed, at(draw(st.integers(0, 800)))


def waits_by_the_minute(
    held: list[Held], opened: datetime, closed: datetime | None, as_at: datetime
) -> list[tuple[datetime, int]]:
    """Every minute of the file at which it was open with nobody named, and whose it was."""
    found = []
    minute = opened
    while minute < as_at and (closed is None or minute < closed):
        before = [one for one in held if one.since_at <= minute]
        holder = (
            max(before, key=lambda one: (one.since_at, one.pk))
            if before
            else min(held, key=lambda o: (o.since_at, o.pk))
        )
        # Until somebody holds it at all, whoever holds it first does, if that is known by the instant asked about.
        is_closed = holder.closed_at is not None and holder.closed_at <= minute
        if holder.since_at <= as_at and holder.worker_id is None and not is_closed:
            found.append((minute, holder.team_id))
        minute += MINUTE
    return found


@given(files(), st.integers(1, 4))
def test_child_days_are_those_of_a_minute_by_minute_simulation(
    file: tuple[list[Held], datetime, datetime | None, datetime], children: int
) -> None:
    held, opened, closed, as_at = file
    stretches = stretches_of(held, opened_at=opened, closed_at=closed, as_at=as_at)
    minutes = waits_by_the_minute(held, opened, closed, as_at)
    in_stretches = [
        (one.since + n * MINUTE, one.team_id) for one in stretches for n in range(int((one.until - one.since) / MINUTE))
    ]
    assert in_stretches == minutes
    still_open = open_at(held, closed_at=closed, as_at=as_at)
    waits = waits_of(1, children, stretches, as_at=as_at, still_open=still_open)
    assert round(sum(child_days(wait.child_time) for wait in waits) * 24 * 60) == len(minutes) * children
    assert [s for wait in waits for s in wait.stretches] == stretches
    # A wait that has not ended is one that the next minute would be part of.
    goes_on = [wait for wait in waits if not wait.ended]
    in_hands = [one for one in sorted(held, key=lambda one: (one.since_at, one.pk)) if one.since_at <= as_at][-1:]
    shut = any(at is not None and at <= as_at for at in (closed, *(one.closed_at for one in in_hands)))
    assert still_open == (not shut)
    assert bool(goes_on) == bool(not shut and minutes and minutes[-1][0] == as_at - MINUTE)
    for one, other in pairwise(waits):
        assert one.stretches[-1].until < other.since


@given(files(), st.integers(0, 800), st.integers(0, 800))
def test_a_period_holds_the_minutes_that_lie_in_it(
    file: tuple[list[Held], datetime, datetime | None, datetime], one: int, other: int
) -> None:
    held, opened, closed, as_at = file
    start, end = at(min(one, other)), at(max(one, other))
    stretches = stretches_of(held, opened_at=opened, closed_at=closed, as_at=as_at)
    inside = sum((stretch.within(start, end) for stretch in stretches), timedelta())
    minutes = [m for m, _ in waits_by_the_minute(held, opened, closed, as_at) if start <= m < end]
    assert inside == len(minutes) * MINUTE


def test_a_file_that_changes_teams_with_nobody_named_goes_on_waiting() -> None:
    held = [Held(1, 1, None, at(0)), Held(2, 2, None, at(100)), Held(3, 2, 7, at(150)), Held(4, 2, None, at(300))]
    stretches = stretches_of(held, opened_at=at(0), closed_at=None, as_at=at(400))
    first, second = waits_of(1, 3, stretches, as_at=at(400), still_open=True)
    assert first.stretches == (Stretch(1, at(0), at(100)), Stretch(2, at(100), at(150)))
    assert (first.since, first.lasted, first.team_id, first.ended) == (at(0), 150 * MINUTE, 2, True)
    assert (second.lasted, second.child_time, second.ended) == (100 * MINUTE, 300 * MINUTE, False)


def test_a_closed_file_waits_no_more() -> None:
    held = [Held(1, 1, None, at(0))]
    stretches = stretches_of(held, opened_at=at(0), closed_at=at(60), as_at=at(60))
    (wait,) = waits_of(1, 1, stretches, as_at=at(60), still_open=False)
    assert (wait.lasted, wait.ended) == (60 * MINUTE, True)


def test_a_file_that_was_closed_and_is_opened_again_waits_anew_and_not_for_the_time_between() -> None:
    held = [Held(1, 1, None, at(0), at(60)), Held(2, 1, None, at(500))]
    for as_at, lasted in ((at(60), [(60, True)]), (at(300), [(60, True)]), (at(530), [(60, True), (30, False)])):
        still_open = open_at(held, closed_at=None, as_at=as_at)
        stretches = stretches_of(held, opened_at=at(0), closed_at=None, as_at=as_at)
        waits = waits_of(1, 2, stretches, as_at=as_at, still_open=still_open)
        assert [(wait.lasted / MINUTE, wait.ended) for wait in waits] == lasted
        assert [wait.child_time for wait in waits] == [2 * wait.lasted for wait in waits]


def test_a_wait_through_a_whole_month_counts_the_hour_that_the_clocks_gave_or_took() -> None:
    for month, hours in (
        (date(2025, 10, 1), 31 * 24 + 1),
        (date(2026, 3, 1), 31 * 24 - 1),
        (date(2026, 5, 1), 31 * 24),
    ):
        start, end = start_of(month), start_of(add_months(month, 1))
        stretch = Stretch(1, start - 9 * timedelta(days=1), end + 9 * timedelta(days=1))
        assert stretch.within(start, end) == timedelta(hours=hours)
        assert Wait(1, 1, (Stretch(1, start, end),), ended=True).lasted == timedelta(hours=hours)


@given(
    files(),
    st.lists(st.integers(0, 800).map(at), max_size=3),
    st.integers(0, 800).map(at),
    st.integers(0, 800).map(at),
)
def test_a_child_counts_from_when_it_came_onto_the_file(
    file: tuple[list[Held], datetime, datetime | None, datetime], joined: list[datetime], one: datetime, other: datetime
) -> None:
    held, opened, closed, as_at = file
    stretches = stretches_of(held, opened_at=opened, closed_at=closed, as_at=as_at)
    still_open = closed is None or closed > as_at
    waits = waits_of(1, 1 + len(joined), stretches, as_at=as_at, still_open=still_open, joined=joined)
    start, end = sorted((one, other))
    minutes = [minute for minute, _ in waits_by_the_minute(held, opened, closed, as_at)]
    children = {minute: 1 + sum(came <= minute for came in joined) for minute in minutes}
    assert sum((wait.child_time for wait in waits), timedelta()) == sum(children.values()) * MINUTE
    inside = sum((w.child_time_of(s, start, end) for w in waits for s in w.stretches), timedelta())
    assert inside == sum(number for minute, number in children.items() if start <= minute < end) * MINUTE
    for wait in waits:
        last = wait.stretches[-1].until - MINUTE
        assert wait.children == children[last]
