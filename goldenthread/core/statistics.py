"""Small, well-known statistics: how sure a share is, and whether a series shows more than chance.

Intervals: Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference, Journal of the
American Statistical Association 22, 209–212; recommended for a single proportion by Newcombe, R. G. (1998), Two-sided
confidence intervals for the single proportion, Statistics in Medicine 17, 857–872 (its method 3).

Run charts: Perla, R. J., Provost, L. P. and Murray, S. K. (2011), The run chart: a simple analytical tool for learning
from variation in healthcare processes, BMJ Quality & Safety 20, 46–51. The limits for the number of runs come from the
exact distribution behind Swed, F. S. and Eisenhart, C. (1943), Tables for testing randomness of grouping in a sequence
of alternatives, Annals of Mathematical Statistics 14, 66–87. That paper's fourth rule, the astronomical point, is left
out: it is a matter of the eye.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from math import comb, sqrt
from statistics import NormalDist, median

TOO_FEW = 10
"""Below this many, a share is not shown as one: with 9, the interval spans up to 54 percentage points, so
nearly any level fits, and in a small place a reader could tell which child is meant."""

BASELINE = 12
"""The median is taken from this many first points, so that what changes later is seen against how things were."""

SHIFT = 6
TREND = 5
FEWEST_USEFUL, MOST_USEFUL = 10, 60
TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Interval:
    """The lowest and highest share, each between 0 and 1, that fit what was counted."""

    low: float
    high: float

    def __contains__(self, share: float) -> bool:
        return self.low <= share <= self.high


def wilson(successes: int, n: int, confidence: float = 0.95) -> Interval:
    """Wilson's score interval for `successes` of `n`. Raises ValueError where n is not positive or less than successes."""
    if n < 1 or not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is not a share")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence lies between 0 and 1, and {confidence} does not")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    centre = successes + z * z / 2
    half = z * sqrt(successes * (n - successes) / n + z * z / 4)
    whole = n + z * z
    return Interval(
        low=0.0 if successes == 0 else (centre - half) / whole, high=1.0 if successes == n else (centre + half) / whole
    )


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a series: the places of its first and last point (from 0), both included."""

    first: int
    last: int
    upwards: bool


@dataclass(frozen=True, slots=True)
class RunChart:
    """What the run-chart rules find in a series.

    median: of the baseline; None for an empty series. useful: points that are not on the median. runs: stretches of
    useful points on one side. fewest and most: the numbers of runs that chance alone keeps to (95%), None with fewer
    than 10 or more than 60 useful points. shifts: 6 or more useful points in a row on one side. trends: 5 or more
    points all rising or all falling.
    """

    median: float | None
    useful: int
    runs: int
    fewest: int | None
    most: int | None
    shifts: tuple[Span, ...]
    trends: tuple[Span, ...]

    @property
    def too_few_runs(self) -> bool:
        """Points cluster on one side, then on the other: the level has moved."""
        return self.fewest is not None and self.runs < self.fewest

    @property
    def too_many_runs(self) -> bool:
        """Points swing from side to side: often two processes drawn as one."""
        return self.most is not None and self.runs > self.most

    @property
    def signals(self) -> tuple[str, ...]:
        """What was found, in words; empty when the series shows no more than chance."""
        found = [
            f"shift: {'above' if span.upwards else 'below'} the median from point {span.first + 1} to {span.last + 1}"
            for span in self.shifts
        ]
        found += [
            f"trend: {'rising' if span.upwards else 'falling'} from point {span.first + 1} to {span.last + 1}"
            for span in self.trends
        ]
        if self.too_few_runs:
            found.append(f"too few runs: {self.runs}, where chance gives {self.fewest} to {self.most}")
        if self.too_many_runs:
            found.append(f"too many runs: {self.runs}, where chance gives {self.fewest} to {self.most}")
        return tuple(found)


Point = tuple[int, float]


def run_chart(values: Sequence[float | None], *, baseline: int = BASELINE) -> RunChart:
    """Apply the rules to a series in order of time. None is a month with nothing to judge: it is passed over.

    Places in the answer count every value given, the empty ones too. Raises ValueError for a baseline below 1.
    """
    if baseline < 1:
        raise ValueError("a baseline has at least one point")
    points = [(place, value) for place, value in enumerate(values) if value is not None]
    if not points:
        return RunChart(None, 0, 0, None, None, (), ())
    middle = median(value for _, value in points[:baseline])
    useful = [(place, value) for place, value in points if value != middle]
    sides = [(upwards, list(run)) for upwards, run in groupby(useful, key=lambda point: point[1] > middle)]
    above = sum(len(run) for upwards, run in sides if upwards)
    limits = run_limits(above, len(useful) - above) if FEWEST_USEFUL <= len(useful) <= MOST_USEFUL else None
    return RunChart(
        median=middle,
        useful=len(useful),
        runs=len(sides),
        fewest=limits[0] if limits else None,
        most=limits[1] if limits else None,
        shifts=tuple(Span(run[0][0], run[-1][0], upwards) for upwards, run in sides if len(run) >= SHIFT),
        trends=tuple(_trends(points)),
    )


def _trends(points: list[Point]) -> Iterator[Span]:
    """Rising or falling stretches. A value that repeats the one before neither breaks a trend nor adds to it."""
    moving = [point for before, point in pairwise([(-1, float("nan")), *points]) if before[1] != point[1]]
    steps = [(later[1] > earlier[1], earlier, later) for earlier, later in pairwise(moving)]
    for upwards, stretch in groupby(steps, key=lambda step: step[0]):
        run = list(stretch)
        if len(run) + 1 >= TREND:
            yield Span(run[0][1][0], run[-1][2][0], upwards)


@lru_cache(maxsize=1024)
def run_limits(above: int, below: int) -> tuple[int, int]:
    """The fewest and the most runs that chance keeps to, for so many points above and below the median.

    Each lies where at most 2.5% of all orders of the points have fewer, or more (Swed and Eisenhart's two-sided 5%).
    A median from a baseline seldom halves the series, so the limits use the two numbers as they are, and not half of
    all points as printed tables do; with equal halves they agree.
    """
    most = min(above, below) * 2 + (above != below) if above and below else 1
    fewest, tail = 1, 0.0
    while fewest < most and (tail := tail + chance_of_runs(fewest, above, below)) <= TAIL:
        fewest += 1
    highest, tail = most, 0.0
    while highest > fewest and (tail := tail + chance_of_runs(highest, above, below)) <= TAIL:
        highest -= 1
    return fewest, highest


def chance_of_runs(runs: int, above: int, below: int) -> float:
    """How likely so many runs are when every order of the points is as likely as every other."""
    if not above or not below:
        return float(runs == 1)
    if runs < 2:
        return 0.0
    pairs, odd = divmod(runs, 2)
    if odd:
        ways = comb(above - 1, pairs) * comb(below - 1, pairs - 1) + comb(above - 1, pairs - 1) * comb(below - 1, pairs)
    else:
        ways = 2 * comb(above - 1, pairs - 1) * comb(below - 1, pairs - 1)
    return ways / comb(above + below, above)
