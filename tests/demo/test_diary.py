"""The days of the demonstration: what lies beyond the last of them is worked out too, and lies ahead of today."""

from datetime import date, timedelta
from random import Random

import pytest

from goldenthread.demo.diary import Diary

DIARY = Diary(date(2024, 7, 1), date(2026, 6, 30))


@pytest.mark.parametrize("days", [1400, 1459, 1460, 2000, 9000])
def test_what_would_come_years_after_the_last_day_breaks_nothing_and_lies_ahead(days: int) -> None:
    at = DIARY.in_office_hours(DIARY.now + timedelta(days=days), Random(1))
    assert at > DIARY.now + timedelta(days=1390)


@pytest.mark.parametrize("amount", [1, 5, 300, 5000])
def test_a_later_working_day_is_one_that_there_is(amount: int) -> None:
    day = DIARY.day_number(date(2026, 6, 29))
    assert DIARY.working[DIARY.workday(day, amount)]


def test_working_days_are_counted_from_a_day_and_a_weekend_has_none() -> None:
    friday, saturday, monday = (DIARY.day_number(date(2026, 6, day)) for day in (5, 6, 8))
    assert [DIARY.workday(friday, 0), DIARY.workday(saturday, 0)] == [friday, monday]
    assert [DIARY.workday(friday, 1), DIARY.workday(saturday, 1), DIARY.workday(monday, 1)] == [
        monday,
        monday,
        monday + 1,
    ]
