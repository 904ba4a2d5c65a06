"""Cover by arithmetic is cover by counting each minute, also on the nights when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from goldenthread.core.clock import LONDON, Moment
from goldenthread.standards.assessment.legal.coverage import (
    Cover,
    Ended,
    OnCall,
    complete_since,
    cover,
    gaps,
    is_office_hours,
    merged,
    share_in_words,
    span,
    spans_as_arranged,
    week_of,
    within,
)

MINUTE = timedelta(minutes=1)
# From the Friday before the clocks go back in 2003, over it, and before Easter 2004, over the going forward.
ANCHORS = (
    datetime(2003, 10, 24, 20, tzinfo=UTC), datetime(2004, 3, 27, 20, tzinfo=UTC), datetime(2003, 12, 24, 6, tzinfo=UTC),
)  # fmt: skip
spans = st.lists(
    st.tuples(st.integers(-300, 4000), st.integers(1, 1500), st.integers(0, 9), st.one_of(st.none(), st.integers(-50, 1500))),
    max_size=6,
)  # fmt: skip


@hypothesis_settings(max_examples=40)
@given(st.sampled_from(ANCHORS), spans, st.integers(1, 3600))
def test_cover_is_what_counting_each_minute_gives(
    anchor: datetime, drawn: list[tuple[int, int, int, int | None]], length: int
) -> None:
    on_call, ended = [], []
    for key, (start, long, said, cut) in enumerate(drawn):
        begins = anchor + start * MINUTE
        on_call.append(OnCall(key, span(begins, begins + long * MINUTE), Moment(anchor, anchor)))
        if cut is not None:
            ended.append(Ended(key, begins + cut * MINUTE, Moment(anchor + said * MINUTE, anchor + said * MINUTE)))
    whole = span(anchor, anchor + length * MINUTE)
    found = cover(whole, spans_as_arranged(on_call, ended))
    counted = [0, 0, 0, 0]
    missing = set()
    until = {end.key: end.until for end in ended}
    for number in range(length):
        minute = anchor + number * MINUTE
        covered = any(
            one.span.starts_at <= minute < min(one.span.ends_at, until.get(one.key, one.span.ends_at))
            for one in on_call
        )
        office = is_office_hours(minute)
        counted[0 if office else 2] += 1
        counted[1 if office else 3] += covered
        if not covered:
            missing.add(minute)
    assert found == Cover(*counted)
    open_ = gaps(whole, spans_as_arranged(on_call, ended))
    assert {gap.starts_at + n * MINUTE for gap in open_ for n in range(gap.minutes)} == missing
    assert all(a.ends_at < b.starts_at for a, b in pairwise(open_)), "two gaps in a row are one"


def test_a_night_on_which_the_clocks_change_is_as_long_as_it_is() -> None:
    back = span(datetime(2003, 10, 25, 17, tzinfo=LONDON), datetime(2003, 10, 26, 9, tzinfo=LONDON))
    forward = span(datetime(2004, 3, 27, 17, tzinfo=LONDON), datetime(2004, 3, 28, 9, tzinfo=LONDON))
    assert (back.minutes, forward.minutes) == (17 * 60, 15 * 60)


def test_office_hours_end_at_five_and_know_christmas() -> None:
    assert is_office_hours(datetime(2003, 12, 23, 16, 59, tzinfo=LONDON))
    assert not is_office_hours(datetime(2003, 12, 23, 17, 0, tzinfo=LONDON))
    assert not is_office_hours(datetime(2003, 12, 25, 11, 0, tzinfo=LONDON))
    assert not is_office_hours(datetime(2003, 12, 27, 11, 0, tzinfo=LONDON))


def test_spans_that_touch_are_one_and_what_lies_outside_does_not_count() -> None:
    at = ANCHORS[0]
    one, two, far = (span(at + a * MINUTE, at + b * MINUTE) for a, b in ((0, 10), (10, 20), (50, 60)))
    assert merged([two, one, span(at, at)]) == [span(at, at + 20 * MINUTE)]
    assert within(span(at, at + 15 * MINUTE), [one, two, far]) == [span(at, at + 15 * MINUTE)]


def test_almost_all_is_never_rounded_up_to_all() -> None:
    assert share_in_words(10079, 10080) == "99.9%"
    assert share_in_words(10080, 10080) == "100.0%"
    assert share_in_words(0, 0) == "none"


@given(spans)
@hypothesis_settings(max_examples=60)
def test_complete_since_is_the_last_time_that_nothing_was_missing_from_then_on(
    drawn: list[tuple[int, int, int, int | None]],
) -> None:
    anchor = ANCHORS[2]
    whole = span(anchor, anchor + 200 * MINUTE)
    # Spans that often cover the whole, so that the question has answers.
    on_call = [
        OnCall(key, span(anchor + (start % 120 - 60) * MINUTE, anchor + (start % 120 - 60 + long) * MINUTE), _moment(anchor, said))
        for key, (start, long, said, _) in enumerate(drawn)
    ]  # fmt: skip
    ended = [
        Ended(key, on_call[key].span.starts_at + cut * MINUTE, _moment(anchor, said + cut % 5))
        for key, (_, _, said, cut) in enumerate(drawn)
        if cut is not None and cut >= 0
    ]
    times = [anchor + n * MINUTE for n in range(16)]
    full = [not gaps(whole, spans_as_arranged(on_call, ended, at)) for at in times]
    expected = next((times[n] for n in range(16) if all(full[n:])), None)
    assert complete_since(whole, on_call, ended) == expected


def _moment(anchor: datetime, minutes: int) -> Moment:
    return Moment(anchor + minutes * MINUTE, anchor + minutes * MINUTE)


def test_a_week_begins_on_its_monday() -> None:
    assert week_of(date(2003, 10, 5)) == date(2003, 9, 29)
    assert week_of(date(2003, 10, 6)) == date(2003, 10, 6)
