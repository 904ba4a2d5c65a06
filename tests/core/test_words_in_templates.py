"""Dates, times and shares as pages say them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from goldenthread.core import clock
from goldenthread.core.clock import LONDON, end_of
from goldenthread.core.templatetags import words

NOW = datetime(2003, 10, 15, 11, 0, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock.timezone, "now", lambda: NOW)


def test_days_months_and_moments_are_london_s() -> None:
    late = datetime(2003, 9, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 October in London
    assert words.day(late) == "1 October 2003"
    assert words.month(late) == "October 2003"
    assert words.moment(late) == "1 October 2003, 12:30am"
    assert words.day(date(2003, 2, 3)) == "3 February 2003"
    assert [words.hour(datetime(2003, 1, 1, h, tzinfo=LONDON)) for h in (0, 9, 12, 14)] == [
        "midnight",
        "9am",
        "midday",
        "2pm",
    ]
    assert (words.day(None), words.moment(None)) == ("", "")


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (end_of(date(2003, 10, 15)), "due today"),
        (NOW + timedelta(hours=3), "due today by 2pm"),
        (NOW + timedelta(days=1), "due tomorrow by 11am"),
        (end_of(date(2003, 10, 16)), "due tomorrow"),
        (NOW + timedelta(days=3), "due in 3 days"),
        (NOW - timedelta(hours=1), "overdue since 10am"),
        (NOW - timedelta(days=1), "1 day overdue"),
        (NOW - timedelta(days=2), "2 days overdue"),
        (None, "no date set"),
    ],
)
def test_due_in(due: datetime | None, said: str) -> None:
    assert words.due_in(due) == said


def test_a_deadline_at_the_end_of_a_day_is_that_day() -> None:
    assert words.deadline(end_of(date(2003, 10, 16))) == "16 October 2003"
    assert words.deadline(NOW) == "15 October 2003, 11am"


def test_small_numbers_say_no_share() -> None:
    assert words.percent(9, 9) == "too few to say"
    assert words.percent(17, 20) == "85%"
    assert words.percent(0, 0) == "none yet"
    assert "3\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}4" in words.share(3, 4, True)
    assert "3" not in words.share(3, 4, False)
    assert words.interval(3, 4) == "too few to say"
    assert words.interval(17, 20) == "64% to 95%"


def test_a_verdict_is_a_tag() -> None:
    assert words.verdict_tag("late") == '<strong class="govuk-tag govuk-tag--yellow">Met late</strong>'
    assert "&lt;" in words.verdict_tag("<b>")
