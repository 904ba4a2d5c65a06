"""The words of the practice table: how the share done in time goes, and what becomes of what was not done in time.

A path is the share done in time: it goes smoothly from `start` to `end`, is half way at `middle` (a share of the months
loaded), and takes most of its way in about six times `pace`. A path of one number stays level. The first year is what a
run chart measures by, so whatever changes does so around the middle or later.
"""

from dataclasses import dataclass
from math import exp


@dataclass(frozen=True, slots=True)
class Path:
    """The share done in time, month by month."""

    start: float
    end: float
    middle: float = 0.6
    pace: float = 0.05

    def share(self, elapsed: float) -> float:
        """The share at a point of the time loaded (0 is its beginning, 1 its end)."""
        return self.start + (self.end - self.start) / (1 + exp((self.middle - elapsed) / self.pace))


def level(share: float) -> Path:
    """The same share all the time."""
    return Path(share, share)


@dataclass(frozen=True, slots=True)
class Lateness:
    """What becomes of what was not done in time. never: the share that is not done at all; days: how late the rest is
    on average, in calendar days; excused: the share of what is never done that a manager excuses."""

    never: float
    days: float
    excused: float = 0.15
