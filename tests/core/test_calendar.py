from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core.calendar import add_working_days, bank_holidays, is_working_day, working_days_between


@pytest.mark.parametrize(
    "day",
    [
        date(2003, 4, 18), date(2003, 4, 21), date(2003, 5, 5), date(2003, 5, 26), date(2003, 8, 25),
        date(2003, 12, 25), date(2003, 12, 26),
        date(2022, 6, 2), date(2022, 6, 3),  # the spring holiday moved, and the Platinum Jubilee
        date(2022, 9, 19),  # the Queen's funeral
        date(2023, 5, 8),  # the coronation
        date(2020, 5, 8),  # the early May holiday moved to VE day
        date(2027, 12, 27), date(2027, 12, 28),  # substitutes: Christmas Day and Boxing Day fall on the weekend
    ],
)  # fmt: skip
def test_bank_holidays_of_england(day: date) -> None:
    assert day in bank_holidays(day.year)
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2022, 5, 30),  # where the spring holiday would have been
        date(2020, 5, 4),
        date(2003, 1, 2),  # a holiday in Scotland
        date(2003, 3, 17),  # and in Northern Ireland
        date(2003, 12, 24),
    ],
)
def test_working_days_that_look_like_holidays(day: date) -> None:
    assert is_working_day(day)


def test_one_working_day_over_christmas_2027() -> None:
    assert add_working_days(date(2027, 12, 24), 1) == date(2027, 12, 29)


def test_a_clock_that_starts_at_the_weekend_ends_on_monday() -> None:
    assert add_working_days(date(2003, 10, 4), 1) == add_working_days(date(2003, 10, 3), 1) == date(2003, 10, 6)
    assert add_working_days(date(2003, 10, 4), 0) == date(2003, 10, 4)


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2003, 10, 6), -1)


DAYS = st.dates(date(1995, 1, 1), date(2035, 12, 31))


@given(DAYS, st.integers(1, 60))
def test_adding_and_counting_agree(day: date, amount: int) -> None:
    end = add_working_days(day, amount)
    assert is_working_day(end)
    assert working_days_between(day, end) == amount
    assert working_days_between(end, day) == -amount


@given(DAYS, st.integers(0, 40), st.integers(0, 40))
def test_counts_of_adjoining_stretches_add_up(day: date, one: int, other: int) -> None:
    middle, end = day + timedelta(days=one), day + timedelta(days=one + other)
    assert working_days_between(day, middle) + working_days_between(middle, end) == working_days_between(day, end)
