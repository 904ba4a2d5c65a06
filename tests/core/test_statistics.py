"""The statistics against published worked examples, and against counting."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core.statistics import Interval, Span, chance_of_runs, run_chart, run_limits, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_newcombe_1998_table_1_method_3(successes: int, n: int, low: float, high: float) -> None:
    found = wilson(successes, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_all_and_none_reach_the_ends_exactly() -> None:
    assert wilson(0, 7).low == 0
    assert wilson(7, 7).high == 1


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_mirrors(counts: tuple[int, int]) -> None:
    successes, n = counts
    found, mirrored = wilson(successes, n), wilson(n - successes, n)
    assert successes / n in found
    assert found.low == pytest.approx(1 - mirrored.high)
    assert 0 <= found.low < found.high <= 1


@given(st.integers(1, 500))
def test_more_children_or_less_confidence_make_it_narrower(n: int) -> None:
    def width(found: Interval) -> float:
        return found.high - found.low

    assert width(wilson(2 * n, 4 * n)) < width(wilson(n, 2 * n))
    assert width(wilson(n, 2 * n, confidence=0.8)) < width(wilson(n, 2 * n))


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (-1, 5), (6, 5), (1, -1)])
def test_what_is_no_share_has_no_interval(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        wilson(successes, n)
    with pytest.raises(ValueError, match="confidence"):
        wilson(1, 2, confidence=1)


# Swed and Eisenhart (1943), two-sided 5%, as reprinted in textbooks (Triola, table A-10): for so many points on either
# side, a number of runs is unlikely when it is the first number or less, or the second or more.
SWED_AND_EISENHART = {
    (4, 6): (2, 9), (4, 7): (2, 10), (4, 8): (3, 10),
    (5, 5): (2, 10), (5, 6): (3, 10), (5, 7): (3, 11), (5, 8): (3, 11), (5, 9): (3, 12), (5, 10): (3, 12),
    (6, 6): (3, 11), (6, 7): (3, 12), (6, 8): (3, 12), (6, 9): (4, 13), (6, 10): (4, 13),
    (7, 7): (3, 13), (7, 8): (4, 13), (7, 9): (4, 14), (7, 10): (5, 14),
    (8, 8): (4, 14), (8, 9): (5, 14), (8, 10): (5, 15),
    (9, 9): (5, 15), (9, 10): (5, 16), (10, 10): (6, 16),
}  # fmt: skip


@pytest.mark.parametrize(("sides", "critical"), SWED_AND_EISENHART.items())
def test_the_limits_are_those_of_swed_and_eisenhart(sides: tuple[int, int], critical: tuple[int, int]) -> None:
    assert run_limits(*sides) == (critical[0] + 1, critical[1] - 1)
    assert run_limits(*reversed(sides)) == run_limits(*sides)


def test_the_chance_of_runs_is_the_printed_one() -> None:
    """Cumulative probabilities from the printed table of the runs test (its rows 5, 5 and 5, 6)."""
    five_five, five_six, total = [], [], [0.0, 0.0]
    for runs in range(2, 9):
        total = [total[0] + chance_of_runs(runs, 5, 5), total[1] + chance_of_runs(runs, 5, 6)]
        five_five.append(round(total[0], 3))
        five_six.append(round(total[1], 3))
    assert five_five == [0.008, 0.040, 0.167, 0.357, 0.643, 0.833, 0.960]
    assert five_six == [0.004, 0.024, 0.110, 0.262, 0.522, 0.738, 0.911]


@pytest.mark.parametrize("sides", [(1, 1), (2, 3), (4, 3), (1, 5), (0, 4), (5, 0)])
def test_the_chance_of_runs_is_what_counting_gives(sides: tuple[int, int]) -> None:
    orders = list(permutations("a" * sides[0] + "b" * sides[1]))
    counts = [1 + sum(one != other for one, other in pairwise(order)) for order in orders]
    for runs in range(9):
        assert chance_of_runs(runs, *sides) == pytest.approx(counts.count(runs) / len(orders))


@given(st.integers(5, 30), st.integers(5, 30))
def test_chance_keeps_to_the_limits_95_times_in_100(above: int, below: int) -> None:
    fewest, most = run_limits(above, below)
    below_limit = sum(chance_of_runs(runs, above, below) for runs in range(fewest))
    above_limit = sum(chance_of_runs(runs, above, below) for runs in range(most + 1, above + below + 1))
    assert below_limit <= 0.025
    assert above_limit <= 0.025
    assert below_limit + chance_of_runs(fewest, above, below) > 0.025


def test_sixteen_months_after_a_change_have_too_few_runs() -> None:
    """Quality Digest, October 2008, “An underrated test for run charts”: runs of 7, 7, 1 and 1 in 16 months are too few."""
    months = [9, 8, 9, 7, 8, 9, 8, 2, 1, 2, 3, 1, 2, 1, 8, 2]
    found = run_chart([float(value) for value in months], baseline=16)
    assert (found.median, found.useful, found.runs) == (5.0, 16, 4)
    assert found.too_few_runs
    assert [(span.first, span.last, span.upwards) for span in found.shifts] == [(0, 6, True), (7, 13, False)]
    assert not found.trends


def test_points_on_the_median_are_passed_over_in_a_shift() -> None:
    found = run_chart([1, 9, 1, 9, 1, 9, 1, 9, 1, 9, 5, 5, 8, 7, 5, 8, 7, 5])
    assert found.median == 5
    assert found.shifts == ()  # five above, and three on it
    assert run_chart([1, 9, 1, 9, 1, 9, 1, 9, 1, 9, 5, 5, 8, 7, 5, 8, 7, 5, 6]).shifts == (Span(9, 18, True),)


def test_five_points_rising_are_a_trend_and_four_are_not() -> None:
    assert run_chart([1, 2, 3, 4]).trends == ()
    assert run_chart([1, 2, 3, 4, 5]).trends == (Span(0, 4, True),)
    assert run_chart([5, 4, 3, 2, 1]).trends == (Span(0, 4, False),)
    assert run_chart([1, 2, 3, 4, 3, 4, 5, 6]).trends == ()


def test_a_repeated_value_neither_breaks_a_trend_nor_counts() -> None:
    assert run_chart([1, 2, 2, 3, 4]).trends == ()
    assert run_chart([1, 2, 2, 3, 4, 5]).trends == (Span(0, 5, True),)


def test_a_month_with_nothing_to_judge_is_passed_over_and_keeps_its_place() -> None:
    assert run_chart([1, None, 2, 3, None, 4, 5]).trends == (Span(0, 6, True),)
    assert run_chart([None, None]).median is None
    assert run_chart([]).signals == ()


def test_the_median_comes_from_the_first_twelve() -> None:
    found = run_chart([1.0] * 6 + [3.0] * 6 + [100.0] * 12)
    assert found.median == 2.0
    assert found.shifts[-1] == Span(6, 23, True)


def test_fewer_than_ten_useful_points_are_not_judged_by_their_runs() -> None:
    assert run_chart([1, 2] * 4).fewest is None
    assert run_chart([1, 2] * 5).too_many_runs
    assert run_chart([1, 2] * 31).most is None


def test_signals_say_what_was_found_in_words() -> None:
    signals = run_chart([float(n) for n in range(14)]).signals
    assert signals == (
        "shift: below the median from point 1 to 6",
        "shift: above the median from point 7 to 14",
        "trend: rising from point 1 to 14",
        "too few runs: 2, where chance gives 4 to 11",
    )
    assert run_chart([5.0] * 30).signals == ()


@given(st.lists(st.none() | st.integers(0, 6).map(float), max_size=70))
def test_turned_upside_down_a_series_shows_the_same(values: list[float | None]) -> None:
    found, turned = run_chart(values), run_chart([None if value is None else -value for value in values])
    assert (found.useful, found.runs, found.fewest, found.most) == (
        turned.useful,
        turned.runs,
        turned.fewest,
        turned.most,
    )
    for spans, others in ((found.shifts, turned.shifts), (found.trends, turned.trends)):
        assert [(s.first, s.last, s.upwards) for s in spans] == [(s.first, s.last, not s.upwards) for s in others]
