"""An auditor's recount: every verdict and due instant again from the raw rows, by other code than that which made it.

Nothing of requirements, ledger, tally, verdicts, timescales or figures is used to count here. Working days have their own
arithmetic, with the bank holidays of the demonstration's years written out by hand from the published list.
"""

from collections import Counter
from datetime import date, datetime

import pytest

from goldenthread.obligations import tally
from goldenthread.obligations.models import Obligation
from goldenthread.plan.evidence import evidence_for
from tests.demo.conftest import TODAY
from tests.demo.recount.raw import CLOCKS, PAST, night, wilson
from tests.demo.recount.whole import recount

pytestmark = pytest.mark.usefixtures("authority")


@pytest.mark.parametrize(("as_at", "known"), CLOCKS, ids=lambda at: f"{at:%d%b}")
def test_every_verdict_of_every_team_and_month_is_counted_the_same_by_hand(as_at: datetime, known: datetime) -> None:
    ours = {
        (row.requirement, row.team_id, row.month, verdict): getattr(row.counts, verdict)
        for row in tally.tally(as_at, known)
        for verdict in ("met", "late", "overdue", "due", "excused")
        if getattr(row.counts, verdict)
    }
    recounted = dict(recount(as_at, known).counts)
    differ = {key: (ours.get(key), recounted.get(key)) for key in ours.keys() | recounted.keys() if ours.get(key) != recounted.get(key)}  # fmt: skip
    assert differ == {}
    assert len(recounted) > 50


def test_every_due_instant_is_the_same_by_hand() -> None:
    at = night(TODAY)
    mine = recount(at, at).due
    ours = {
        (row.requirement, row.subject_type, row.subject_id, row.key): row.due_at
        for row in Obligation.objects.filter(since_at__lte=at).exclude(requirement="plan.action-done")
    }
    assert {key: (ours.get(key), due) for key, due in mine.items() if ours.get(key) != due} == {}
    assert ours.keys() == mine.keys()


def test_knowing_earlier_changes_figures_and_only_by_what_was_recorded_late() -> None:
    (at, now), (_, before) = CLOCKS[3], CLOCKS[5]
    assert recount(at, now).counts != recount(at, before).counts


@pytest.mark.parametrize("day", PAST, ids=str)
def test_the_plans_evidence_is_counted_the_same_by_hand(day: date) -> None:
    counts = recount(night(day), night(day)).counts
    keys = sorted({key for key, *_ in counts})
    for evidence in evidence_for(keys, day):
        mine = {
            verdict: sum(n for (key, _, _, v), n in counts.items() if (key, v) == (evidence.requirement, verdict))
            for verdict in ("met", "late", "overdue", "due", "excused")
        }
        judged = mine["met"] + mine["late"] + mine["overdue"]
        assert (evidence.met, evidence.judged) == (mine["met"], judged)
        assert (evidence.counts.due, evidence.counts.excused) == (mine["due"], mine["excused"])
        if judged < 10:
            assert evidence.interval is None
            assert evidence.share is None
        else:
            assert evidence.interval is not None
            low, high = wilson(mine["met"], judged)
            assert evidence.interval.low == pytest.approx(low, abs=1e-9)
            assert evidence.interval.high == pytest.approx(high, abs=1e-9)
        for month, met, of in evidence.months:
            of_month = Counter(
                {v: n for (k, _, at, v), n in counts.items() if (k, at) == (evidence.requirement, month)}
            )
            by = Counter[str]()
            for (key, _, at, verdict), number in counts.items():
                if (key, at) == (evidence.requirement, month):
                    by[verdict] += number
            assert (met, of) == (by["met"], by["met"] + by["late"] + by["overdue"]), of_month
        assert sum(of for _, _, of in evidence.months) == judged
