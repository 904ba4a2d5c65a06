"""What the words of a timescale come to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.exchange.timescales import find_as_at, in_words, is_same, read_timescale


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("End Oct 03", date(2003, 10, 31)),
        ("Oct 03", date(2003, 10, 31)),
        ("July 03", date(2003, 7, 31)),
        ("Sept 03", date(2003, 9, 30)),
        ("Dec. 2003", date(2003, 12, 31)),
        ("Feb-24", date(2024, 2, 29)),
        ("31/10/2003", date(2003, 10, 31)),
        ("31 October 2003", date(2003, 10, 31)),
        ("by 31st Oct 2003", date(2003, 10, 31)),
        ("Friday 31 October 2025", date(2025, 10, 31)),
        ("2025-10-31", date(2025, 10, 31)),
        ("Before 1 May 2024", date(2024, 4, 30)),
        ("Q2 2025/26", date(2025, 9, 30)),
        ("Q4 2025/26", date(2026, 3, 31)),
        ("July - Oct 03", date(2003, 10, 31)),
        ("Ongoing", None),
        ("Immediate", None),
        ("Completed", None),
        ("Spring 2026", None),
        ("October", None),
        ("31 February 2003", None),
        ("When we can", None),
        ("", None),
    ],
)
def test_the_last_day_in_time(words: str, due: date | None) -> None:
    assert read_timescale(words).due == due


@pytest.mark.parametrize(
    "words", ["Spring 2026", "October", "31 February 2003", "Within 3 months", "TBC", "When we can"]
)
def test_words_without_a_last_day_are_put_to_a_person(words: str) -> None:
    remark = read_timescale(words).remark
    assert remark is not None
    assert words in remark
    assert "give a due date" in remark


def test_a_quarter_says_how_it_was_read() -> None:
    assert "July to September 2025" in (read_timescale("Q2 2025/26").remark or "")


def test_a_start_is_not_a_deadline() -> None:
    reading = read_timescale("From Oct 03")
    assert (reading.starts, reading.due) == (date(2003, 10, 1), date(2003, 10, 31))
    assert "when it starts" in (reading.remark or "")


@pytest.mark.parametrize("words", ["Ongoing", "Immediate", "Completed"])
def test_what_goes_on_or_is_done_needs_no_date(words: str) -> None:
    assert read_timescale(words).remark is None


@given(st.dates(date(2000, 1, 1), date(2079, 12, 31)))
def test_any_day_in_words_reads_back(day: date) -> None:
    for words in (in_words(day), f"{day:%d/%m/%Y}", f"{day:%d.%m.%y}", f"by {day:%d %b %y}", day.isoformat()):
        assert read_timescale(words).due == day


@given(st.text(max_size=100))
def test_no_words_break_the_reader(words: str) -> None:
    read_timescale(words)
    find_as_at(words)


def test_as_above_points_up() -> None:
    assert is_same("As above")
    assert is_same("ditto")
    assert not is_same("As above but later")


def test_the_date_a_plan_is_as_at() -> None:
    assert find_as_at("IMPROVEMENT PLAN - Progress as at 31 October 2003")[0] == date(2003, 10, 31)
    assert find_as_at("Position as at 30/09/2025 (draft)")[0] == date(2025, 9, 30)
    assert find_as_at("Plan as of now")[0] is None
