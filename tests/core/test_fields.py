"""Days and moments typed in boxes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core import clock
from goldenthread.core.clock import LONDON
from goldenthread.core.fields import DayField, MomentField


class _Form(forms.Form):
    day = DayField(label="Date received", required=False)
    past = DayField(label="Date of birth", required=False, past=True, earliest=date(1980, 1, 1))
    at = MomentField(label="When it happened", required=False, past=True)


def _form(**boxes: str) -> _Form:
    return _Form(boxes)


def _error(field: str, **boxes: str) -> str:
    form = _form(**boxes)
    assert not form.is_valid()
    return str(form.errors[field][0])


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_any_day_typed_is_read_back(day: date) -> None:
    for month in (str(day.month), f"{day:%B}", f"{day:%b}"):
        form = _form(day_day=str(day.day), day_month=month, day_year=str(day.year))
        assert form.is_valid(), form.errors
        assert form.cleaned_data["day"] == day


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        (("", "10", "2003"), "Date received must include a day"),
        (("1", "", ""), "Date received must include a month and a year"),
        (("31", "11", "2003"), "Date received must be a real date"),
        (("one", "10", "2003"), "Date received must be a real date"),
        (("1", "10", "03"), "Date received: the year must have 4 numbers"),
        (("1", "10", "२००३"), "Date received: the year must have 4 numbers"),
    ],
)
def test_what_is_wrong_is_said(boxes: tuple[str, str, str], said: str) -> None:
    assert _error("day", day_day=boxes[0], day_month=boxes[1], day_year=boxes[2]).startswith(said)


def test_what_was_typed_stays_in_the_boxes() -> None:
    page = str(_form(day_day="31", day_month="Nov<b>", day_year="20O3"))
    for typed in ('value="31"', 'value="Nov&lt;b&gt;"', 'value="20O3"'):
        assert typed in page


def test_bounds() -> None:
    tomorrow = clock.today() + timedelta(days=1)
    assert "today or in the past" in _error(
        "past", past_day=str(tomorrow.day), past_month=str(tomorrow.month), past_year=str(tomorrow.year)
    )
    assert "1 January 1980 or later" in _error("past", past_day="31", past_month="12", past_year="1979")
    assert _form(past_day="1", past_month="1", past_year="1980").is_valid()


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [("14:30", 14, 30), ("1430", 14, 30), ("2:30pm", 14, 30), ("2.30 pm", 14, 30), ("2pm", 14, 0), ("12am", 0, 0),
     ("12:05pm", 12, 5), ("midday", 12, 0), ("midnight", 0, 0), ("00:00", 0, 0), ("9:05", 9, 5)],
)  # fmt: skip
def test_times_as_people_write_them(typed: str, hour: int, minute: int) -> None:
    form = _form(at_day="1", at_month="10", at_year="2003", at_time=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == datetime(2003, 10, 1, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize("typed", ["25:00", "14:60", "2", "13pm", "soon", "2:3pm"])
def test_times_that_are_none(typed: str) -> None:
    assert "must be a time, like 14:30 or 2:30pm" in _error(
        "at", at_day="1", at_month="10", at_year="2003", at_time=typed
    )


def test_the_hour_that_summer_time_leaves_out() -> None:
    assert "the clocks went forward" in _error("at", at_day="30", at_month="3", at_year="2003", at_time="01:30")
    form = _form(at_day="26", at_month="10", at_year="2003", at_time="01:30")
    assert form.is_valid()
    assert form.cleaned_data["at"].astimezone(UTC) == datetime(2003, 10, 26, 0, 30, tzinfo=UTC)


def test_a_moment_needs_both_halves_and_lies_in_the_past() -> None:
    assert "must include a time" in _error("at", at_day="1", at_month="10", at_year="2003")
    assert "must include a date" in _error("at", at_time="14:30")
    assert "must be today or in the past" in _error("at", at_day="1", at_month="1", at_year="2999", at_time="14:30")
    assert _form().is_valid()


@given(st.datetimes(datetime(1990, 1, 1), datetime(2024, 12, 31)))  # noqa: DTZ001
def test_a_moment_shown_is_read_back_the_same(naive: datetime) -> None:
    moment = naive.replace(second=0, microsecond=0, tzinfo=UTC)
    form = _Form(initial={"at": moment})
    boxes: list[Any] = form.fields["at"].widget.decompress(moment)
    back = _form(at_day=str(boxes[0]), at_month=str(boxes[1]), at_year=str(boxes[2]), at_time=boxes[3])
    assert back.is_valid(), back.errors
    same = back.cleaned_data["at"].astimezone(UTC)
    assert same in {moment, moment - timedelta(hours=1)}  # the hour that comes twice in October is read as the first
