"""Small numbers in reports that leave the service: 1 to 4 is “fewer than 5”, and no other number may give it away.

A report that members read is public. In a small place “1 of 40” can point at a child, and so can “39 of 40”. So:

- a count from 1 to 4 is never printed;
- a share is printed exactly only where both sides of it, those in time and those not, are nought or at least 5;
  otherwise its large side is given as “at least” so many, and the interval is widened to fit every count that is hidden;
- no sum is printed over counts of which one is hidden, and no figures by team or by month.

What stays possible: to subtract one report from the next. Reports are as at dates far enough apart for this to be
seldom telling; who publishes decides how often.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.core.statistics import TOO_FEW, Interval, wilson

SMALL = 5


def is_small(count: int) -> bool:
    """Whether a count must not be printed."""
    return 0 < count < SMALL


def count_in_words(count: int) -> str:
    """The count, or “fewer than 5”."""
    return f"fewer than {SMALL}" if is_small(count) else f"{count:,}"


@dataclass(frozen=True, slots=True)
class Share:
    """A share as a report prints it. interval is None where there are too few to say."""

    words: str
    interval: Interval | None = None
    widened: bool = False

    @property
    def interval_in_words(self) -> str | None:
        """“95% interval 64% to 95%”."""
        if self.interval is None:
            return None
        why = " (widened to keep small numbers private)" if self.widened else ""
        return f"95% interval {self.interval.low:.0%} to {self.interval.high:.0%}{why}"


def share_in_words(part: int, whole: int, *, done: str = "in time") -> Share:
    """“17 of 20 in time (85%)”, or what may be said instead. Raises ValueError where part is not of whole."""
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is not a share")
    if not whole:
        return Share("None to judge yet")
    if whole < TOO_FEW:
        return Share(f"{count_in_words(whole).capitalize()} to judge: too few to say")
    rest = whole - part
    if is_small(part):
        return Share(
            f"Fewer than {SMALL} of {whole:,} {done}",
            Interval(wilson(1, whole).low, wilson(SMALL - 1, whole).high),
            True,
        )
    if is_small(rest):
        return Share(
            f"At least {whole - SMALL + 1:,} of {whole:,} {done}, and not all",
            Interval(wilson(whole - SMALL + 1, whole).low, wilson(whole - 1, whole).high),
            True,
        )
    return Share(f"{part:,} of {whole:,} {done} ({part / whole:.0%})", wilson(part, whole))


def is_hidden(*parts: Sequence[int], with_total: bool) -> bool:
    """Whether every small number stays hidden when one total is printed in parts, in one or several ways.

    parts: the counts of each way (by need, by reason…), all adding up to the same total; with_total: whether the total
    is printed too. Hidden means: whoever knows these rules still finds two or more values for each small count.
    """
    total = sum(parts[0])
    low, high = (total, total) if with_total else (0, total + SMALL * max(map(len, parts)))
    for each in parts:
        shown, small = _split(each)
        low, high = max(low, shown + small), min(high, shown + (SMALL - 1) * small)
    for each in parts:
        shown, small = _split(each)
        if small and _values(low - shown, high - shown, small) < 2:
            return False
    return True


def _split(counts: Sequence[int]) -> tuple[int, int]:
    """The sum of the counts that are printed, and how many are not."""
    return sum(count for count in counts if not is_small(count)), sum(map(is_small, counts))


def _values(low: int, high: int, small: int) -> int:
    """How many values one of so many small counts can have, when together they lie between low and high."""
    others = small - 1
    return sum(max(low, value + others) <= min(high, value + (SMALL - 1) * others) for value in range(1, SMALL))
