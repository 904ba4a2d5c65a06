"""Duties that come round: visits, core groups, reviews. A pure function of what was done; it reads no clock."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from goldenthread.cases.facts import Standing
from goldenthread.core.clock import Moment, day_of
from goldenthread.core.timescales import timescale
from goldenthread.obligations.requirement import Owed

AHEAD = timedelta(days=366)
"""How far after the last that was done further rounds are owed: one that has not begun is on no list and in no figure."""
START = "start"


def rounds(
    begun: Moment,
    done: Sequence[Standing[Any]],
    *,
    then: str,
    first: str | None = None,
    second: str | None = None,
    ended: datetime | None = None,
    owing: Callable[[datetime], bool] = lambda since: True,
) -> Iterator[Owed]:
    """All rounds of a duty, from when it begins until it ends.

    A round begins when the last was done, and is due by the rule `then` (the first by `first`, and the one that begins with the
    first that was done by `second`). One that is missed is
    followed by another, from the day on which it fell due: else a year without a visit would look like one missed visit,
    and one excuse would stop the clock. What is done settles every round that began before it: those that it came too
    late for as late. After the end nothing begins, and what was not yet due then is not owed; what was missed stays missed.

    The rounds are those of what is recorded now. Asked as known before something was recorded late, they say that it was not
    done, and do not say how many more rounds would have been missed by then (docs/decisions/0002, its limits).

    ended: when the duty ended. owing: whether a round that begins then is owed at all.
    """
    counted = [s for s in done if s.moment.occurred_at > begun.occurred_at]
    if ended is not None:
        counted = [s for s in counted if s.moment.occurred_at <= ended]
    anchors = [(START, begun), *((f"after-{s.first.pk}", s.moment) for s in counted)]
    followed: list[Moment | None] = [*(s.moment for s in counted), None]
    rules = [first or then, second or then, *(then for _ in counted[1:])]
    for (key, anchor), settled, rule in zip(anchors, followed, rules[: len(anchors)], strict=True):
        yield from _until_done(key, anchor, settled, rule, then, ended, owing)


def _until_done(
    key: str,
    anchor: Moment,
    done: Moment | None,
    rule: str,
    then: str,
    ended: datetime | None,
    owing: Callable[[datetime], bool],
) -> Iterator[Owed]:
    since, number = anchor, 0
    while (done is not None and since.occurred_at < done.occurred_at) or (
        done is None and since.occurred_at - anchor.occurred_at <= AHEAD
    ):
        by_rule = timescale(rule, day_of(since.occurred_at))
        if by_rule is None:
            return
        due = by_rule.due(since.occurred_at)
        if done is None and ended is not None and due > ended:
            return
        if owing(since.occurred_at):
            yield Owed(since, done, due=due, key=f"{key}-{number}" if number else key)
        since, rule, number = Moment(due, max(due, anchor.recorded_at)), then, number + 1
