from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from goldenthread.core import timescales
from goldenthread.core.clock import LONDON
from goldenthread.core.timescales import Timescale, Unit, add_months, library, timescale


def _rule(amount: int, unit: Unit) -> Timescale:
    return Timescale("test", "Test", amount, unit, "at the start", date(2000, 1, 1), None, "none")


def _utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_hours_run_by_the_clock_even_through_the_night_when_clocks_change() -> None:
    assert _rule(4, Unit.HOURS).due(_utc(2003, 10, 25, 23, 0)) == _utc(2003, 10, 26, 3, 0)
    assert _rule(48, Unit.HOURS).due(_utc(2026, 3, 28, 12, 0)) == _utc(2026, 3, 30, 12, 0)
    told_in_london = _utc(2003, 10, 25, 23, 0).astimezone(LONDON)
    assert _rule(4, Unit.HOURS).due(told_in_london) == _utc(2003, 10, 26, 3, 0)


def test_days_end_at_the_end_of_londons_day() -> None:
    started = _utc(2003, 10, 3, 9, 0)  # a Friday in summer time
    end = timedelta(microseconds=-1)
    assert _rule(1, Unit.WORKING_DAYS).due(started) == _utc(2003, 10, 6, 23, 0) + end
    assert _rule(1, Unit.DAYS).due(started) == _utc(2003, 10, 4, 23, 0) + end
    assert _rule(1, Unit.MONTHS).due(started) == _utc(2003, 11, 4, 0, 0) + end


def test_a_clock_started_just_after_midnight_in_summer_belongs_to_the_new_day() -> None:
    assert _rule(1, Unit.WORKING_DAYS).due(_utc(2003, 10, 5, 23, 30)) == _utc(2003, 10, 7, 23) - timedelta(
        microseconds=1
    )


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2003, 1, 31), 1, date(2003, 2, 28)),
        (date(2004, 1, 31), 1, date(2004, 2, 29)),
        (date(2003, 10, 31), 3, date(2004, 1, 31)),
        (date(2003, 12, 1), 12, date(2004, 12, 1)),
        (date(2003, 8, 31), 6, date(2004, 2, 29)),
    ],
)
def test_months_keep_the_day_or_end_with_the_month(day: date, months: int, end: date) -> None:
    assert add_months(day, months) == end


def test_a_record_is_judged_by_the_rule_in_force_when_its_clock_started() -> None:
    last, first = (
        timescale("written-confirmation", date(2013, 4, 14)),
        timescale("written-confirmation", date(2013, 4, 15)),
    )
    assert last is not None
    assert first is not None
    assert (last.amount, last.unit, last.local) == (48, Unit.HOURS, False)
    assert "recommendation 21" in last.citation
    assert first.local
    assert timescale("written-confirmation", date(2003, 1, 27)) is None
    with pytest.raises(KeyError):
        timescale("no-such-rule", date(2003, 1, 27))


def test_every_rule_names_its_source_its_clock_and_whose_it_is() -> None:
    for dated in library().values():
        for rule in dated:
            assert rule.amount > 0 or rule.unit is Unit.DAYS, "a day of nought: by the end of the same day"
            assert rule.starts.startswith("when ")
            assert len(rule.citation) > 20
            assert rule.local == ("council's own" in rule.citation), rule.key


# Kinds of assessment that came to an end, and one that took their place: an assessment of another time has no rule.
ENDED, CAME_LATER = {"assessment-initial", "assessment-core"}, {"assessment-single"}


def test_every_requirement_with_a_timescale_finds_a_rule_for_2003_and_for_today() -> None:
    from goldenthread.core.clock import today
    from goldenthread.obligations.requirement import installed

    for requirement in installed().values():
        if requirement.timescale:
            then, now = (timescale(requirement.timescale, day) for day in (date(2003, 10, 31), today()))
            assert bool(then) is (requirement.timescale not in CAME_LATER), requirement.key
            assert bool(now) is (requirement.timescale not in ENDED), requirement.key


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(timescales, "__file__", str(tmp_path / "timescales.py"))
    library.cache_clear()
    yield tmp_path / "timescales.toml"
    library.cache_clear()


RULES = """
[one]
title = "One"
starts = "when it began"
[[one.rules]]
amount = 2
unit = "hours"
valid_from = {later}
citation = "the later law of the two"
[[one.rules]]
amount = 1
unit = "months"
valid_from = 2000-01-01
{until}
citation = "the earlier law of the two"
"""


@pytest.mark.parametrize("until", ["", "valid_until = 2010-01-01", "valid_until = 2011-05-05"])
def test_two_rules_that_overlap_are_refused(written: Path, until: str) -> None:
    written.write_text(RULES.format(later="2010-01-01", until=until))
    with pytest.raises(ValueError, match="two rules of “one” hold on 2010-01-01"):
        library()


def test_rules_that_follow_each_other_hold_whatever_their_order_in_the_file(written: Path) -> None:
    written.write_text(RULES.format(later="2010-01-01", until="valid_until = 2009-12-31"))
    on = [timescale("one", date(2009, 12, 31)), timescale("one", date(2010, 1, 1))]
    assert [rule.in_words() for rule in on if rule] == ["1 month", "2 hours"]


def test_an_unknown_unit_is_refused(written: Path) -> None:
    written.write_text(
        RULES.format(later="2010-01-01", until="valid_until = 2009-12-31").replace("months", "fortnights")
    )
    with pytest.raises(ValueError, match="fortnights"):
        library()
