"""Evidence: counts, interval and trend, from one query."""

from datetime import date, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.core.clock import LONDON, month_of, now
from goldenthread.core.statistics import run_chart, wilson
from goldenthread.core.timescales import add_months
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.requirement import installed
from goldenthread.obligations.tally import Counts
from goldenthread.plan.actions import complete_action
from goldenthread.plan.evidence import evidence_for, evidence_of_plan, is_over
from goldenthread.plan.models import Plan
from goldenthread.plan.settling import tie_requirement
from goldenthread.plan.template import adopt_template
from tests.conftest import Cast
from tests.plan.plans import action, imported, plan_of, recommendation

KEY = "plan.action-done"


def plan_with(cast: Cast, done: int, of: int) -> Plan:
    """Actions all due by January 2004, so many of them done in time."""
    plan = imported(plan_of([(f"Do thing number {n} of the list", date(2004, 1, 31)) for n in range(of)]), cast.quality)
    for order in range(1, done + 1):
        on = datetime(2003, 12, 1, 12, tzinfo=LONDON)
        complete_action(action=action(plan, order), occurred_at=on, evidence="Seen on file", by=cast.manager)
    return plan


def test_counts_interval_months_and_source(cast: Cast) -> None:
    plan_with(cast, done=9, of=12)
    (found,) = evidence_for([KEY], date(2004, 2, 29), known_at=now())
    assert (found.met, found.judged, found.counts) == (9, 12, Counts(met=9, overdue=3))
    assert found.interval == wilson(9, 12)
    assert found.share == 0.75
    assert found.months == ((date(2003, 10, 1), 9, 12),)
    assert "12 in all, as at 29 February 2004, on what was recorded by" in found.source


def test_what_was_not_known_then_is_not_counted(cast: Cast) -> None:
    plan_with(cast, done=9, of=12)
    (found,) = evidence_for([KEY], date(2004, 2, 29))
    assert found.counts == Counts(), "on that day none of it had been recorded here"
    assert (found.interval, found.months, found.signals) == (None, (), ())


def test_too_few_to_say(cast: Cast) -> None:
    plan_with(cast, done=8, of=9)
    (found,) = evidence_for([KEY], date(2004, 2, 29), known_at=now())
    assert (found.met, found.judged, found.interval, found.share) == (8, 9, None, None)


def test_keys_that_are_not_installed_are_left_out(cast: Cast) -> None:
    assert [each.requirement for each in evidence_for(["no.such", KEY, KEY], date(2004, 1, 1))] == [KEY]
    assert evidence_for([], date(2004, 1, 1)) == []


def test_a_whole_plan_takes_two_queries(cast: Cast) -> None:
    plan = adopt_template(adopted_on=date(2004, 1, 31), by=cast.quality)
    with CaptureQueriesContext(connection) as queries:
        found = evidence_of_plan(plan, date(2004, 6, 30))
    assert len(queries) == 2
    police = found[recommendation(plan, "1.3").pk]
    assert {"referrals.police-advised", "referrals.police-told-onward"} <= {each.requirement for each in police}


def test_an_imported_plan_has_evidence_where_it_is_tied(cast: Cast) -> None:
    plan = plan_with(cast, done=1, of=2)
    assert evidence_of_plan(plan, date(2004, 6, 30)) == {}
    tie_requirement(recommendation=recommendation(plan), key=KEY, by=cast.quality)
    (found,) = evidence_of_plan(plan, date(2004, 6, 30), now())[recommendation(plan).pk]
    assert (found.met, found.judged) == (1, 2)


def test_a_month_in_which_something_is_still_to_fall_due_moves_no_run_chart(cast: Cast) -> None:
    response = installed()["referrals.onward-response"]  # ten working days
    assert not is_over(response, date(2004, 3, 1), date(2004, 3, 31)), "the month has ended, its answers are still out"
    assert is_over(response, date(2004, 3, 1), date(2004, 4, 16))
    assert not is_over(response, date(2004, 3, 1), date(2004, 4, 15))
    begun = datetime(2003, 4, 10, 12, tzinfo=LONDON)
    for n in range(8):  # seven months half met, and an eighth in which only what was answered at once is judged
        since = datetime.combine(add_months(begun.date(), n), begun.time(), LONDON)
        for place in range(2):
            done = since if place == 0 or n == 7 else None
            Obligation.objects.create(
                requirement=response.key, subject_type="no.such", subject_id=10 * n + place, month=month_of(since),
                since_at=since, since_known_at=since, due_at=since + timedelta(days=14), done_at=done,
                done_known_at=done, team=cast.east,
            )  # fmt: skip
    (found,) = evidence_for([response.key], date(2003, 11, 15))
    assert found.months[-1] == (date(2003, 11, 1), 2, 2)
    assert [month for month, _, _ in found.months_over][-1] == date(2003, 10, 1)
    assert found.chart == run_chart([0.5] * 7)
    Obligation.objects.all().delete()  # they are of no record
