"""When a case file was open: from its opening until it was closed and, where it was opened again, from then on. What comes
round is owed in these times, and in none between them."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import Moment


@dataclass(frozen=True, slots=True)
class TimeOpen:
    """One of them. since: on both clocks; until: when it was closed (None: it is open); again: the holding with which it was
    opened again (None: this is the first time)."""

    since: Moment
    until: datetime | None
    again: int | None = None


def times_open(case_file: CaseFile) -> list[TimeOpen]:
    """First to last. A file's opening and closing have one clock; that it is open is known from its first holding. Reads
    `holdings`; none: nothing."""
    held = sorted(case_file.holdings.all(), key=lambda one: (one.since_at, one.pk))
    if not held:
        return []
    found: list[TimeOpen] = []
    since, again = Moment(case_file.opened_at, max(case_file.opened_at, held[0].recorded_at)), None
    for one, following in pairwise(held):
        if one.closed_at is not None:
            found.append(TimeOpen(since, one.closed_at, again))
            since, again = Moment(following.since_at, following.recorded_at), following.pk
    return [*found, TimeOpen(since, case_file.closed_at, again)]
