from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core import clock
from goldenthread.core.clock import Moment, day_of, end_of, month_of, start_of


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2003, 3, 30), 23), (date(2003, 10, 26), 25), (date(2026, 3, 29), 23), (date(2026, 10, 25), 25)],
)
def test_the_days_when_clocks_change_are_longer_or_shorter(day: date, hours: int) -> None:
    length = end_of(day).astimezone(UTC) - start_of(day).astimezone(UTC)
    assert length == timedelta(hours=hours) - timedelta(microseconds=1)


def test_an_instant_falls_on_londons_day_and_month() -> None:
    before_midnight, after = datetime(2003, 9, 30, 22, 59, tzinfo=UTC), datetime(2003, 9, 30, 23, 0, tzinfo=UTC)
    assert (day_of(before_midnight), month_of(before_midnight)) == (date(2003, 9, 30), date(2003, 9, 1))
    assert (day_of(after), month_of(after)) == (date(2003, 10, 1), date(2003, 10, 1))
    assert month_of(datetime(2003, 10, 31, 23, 59, tzinfo=UTC)) == date(2003, 10, 1)


def test_the_hour_that_comes_twice_is_two_instants_of_one_day() -> None:
    first, second = datetime(2003, 10, 26, 0, 30, tzinfo=UTC), datetime(2003, 10, 26, 1, 30, tzinfo=UTC)
    assert first.astimezone(clock.LONDON).hour == second.astimezone(clock.LONDON).hour == 1
    assert day_of(first) == day_of(second) == date(2003, 10, 26)


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_a_day_begins_and_ends_on_itself_and_days_leave_no_gap(day: date) -> None:
    assert day_of(start_of(day)) == day_of(end_of(day)) == day
    gap = start_of(day + timedelta(days=1)).astimezone(UTC) - end_of(day).astimezone(UTC)
    assert gap == timedelta(microseconds=1)


def test_late_recording_is_never_less_than_nothing() -> None:
    at = datetime(2003, 10, 1, tzinfo=UTC)
    assert Moment(at, at + timedelta(days=2)).late_by == timedelta(days=2)
    assert Moment(at + timedelta(days=2), at).late_by == timedelta()
