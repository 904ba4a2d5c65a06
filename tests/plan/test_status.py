"""How actions and recommendations stand, worked out as at a day."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.core.clock import LONDON, now
from goldenthread.core.statistics import run_chart
from goldenthread.obligations.tally import Counts
from goldenthread.people.models import Officer
from goldenthread.plan.actions import add_progress, change_due, complete_action, reopen_action
from goldenthread.plan.evidence import Evidence
from goldenthread.plan.models import Action, Plan
from goldenthread.plan.status import Status, due_in_words, is_sustained, status_of, statuses_of
from goldenthread.plan.storing import content_of
from tests.conftest import Cast
from tests.plan.plans import AS_AT, action, imported, plan_of, recommendation

ONE, TWO, THREE = (
    ("Write the policy on unmet need", date(2003, 11, 30)),
    ("Tell every team about it", date(2004, 1, 31)),
    ("Ask families what they think", None),
)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return imported(plan_of([ONE, TWO, THREE]), cast.quality)


def done(which: Action, on: date, by: Officer) -> None:
    complete_action(
        action=which, occurred_at=datetime(on.year, on.month, on.day, 12, tzinfo=LONDON), evidence="Seen on file", by=by
    )


def stands(plan: Plan, as_at: date) -> tuple[str, str]:
    status = status_of(recommendation(plan), as_at)
    return status.key, status.words


def test_from_not_started_to_done(plan: Plan, cast: Cast) -> None:
    assert stands(plan, AS_AT) == ("not-started", "0 of 3 actions done, latest due in 92 days")
    add_progress(
        recommendation=recommendation(plan), reporting_date=date(2003, 11, 15), text="Draft policy", by=cast.manager
    )
    assert stands(plan, date(2003, 11, 15))[0] == "on-track"
    assert stands(plan, AS_AT)[0] == "not-started", "as at October nothing was reported"
    assert stands(plan, date(2003, 12, 5)) == ("overdue", "0 of 3 actions done, 1 overdue by 5 days")
    assert stands(plan, date(2004, 2, 1)) == ("overdue", "0 of 3 actions done, 2 overdue, the longest by 63 days")
    done(action(plan, 1), date(2003, 12, 10), cast.manager)
    assert stands(plan, date(2004, 1, 22)) == ("on-track", "1 of 3 actions done, due in 9 days")
    assert stands(plan, date(2003, 12, 5))[0] == "overdue", "it was done after that day"
    done(action(plan, 2), date(2004, 1, 31), cast.manager)
    assert stands(plan, date(2004, 2, 1)) == ("on-track", "2 of 3 actions done, no due date")
    done(action(plan, 3), date(2004, 3, 1), cast.manager)
    assert stands(plan, date(2004, 9, 1)) == ("done", "3 of 3 actions done, the last on 1 March 2004")


def test_actions_one_by_one(plan: Plan, cast: Cast) -> None:
    first = action(plan, 1)
    assert status_of(first, date(2003, 11, 30)) == Status("not-started", "due today")
    assert status_of(first, date(2003, 12, 1)) == Status("overdue", "1 day overdue")
    assert status_of(action(plan, 3), AS_AT) == Status("not-started", "no due date")
    assert status_of(first, date(2003, 10, 1)) == Status("not-started", "not yet in the plan")
    done(first, date(2003, 12, 2), cast.manager)
    assert status_of(action(plan, 1), date(2003, 12, 2)) == Status("done", "done on 2 December 2003, 2 days late")
    assert status_of(action(plan, 1), date(2003, 12, 1)).key == "overdue"


def test_what_was_not_known_then_can_be_left_out(plan: Plan, cast: Cast) -> None:
    done(action(plan, 1), date(2003, 11, 12), cast.manager)
    first = action(plan, 1)
    completed = first.completion()
    assert completed
    just_before = completed.recorded_at - timedelta(microseconds=1)
    assert status_of(first, date(2003, 11, 20)).key == "done"
    assert status_of(first, date(2003, 11, 20), known_at=just_before).key == "not-started"


def test_the_due_date_in_force_on_the_day_counts(plan: Plan, cast: Cast) -> None:
    change_due(action=action(plan, 1), due=date(2040, 1, 31), reason="The building is not ready", by=cast.quality)
    assert status_of(action(plan, 1), date(2003, 12, 5)).key == "overdue", "the date had not been moved then"
    assert status_of(action(plan, 1), now().date() + timedelta(days=1)).key == "not-started"


def test_reopened_is_not_done(plan: Plan, cast: Cast) -> None:
    done(action(plan, 2), date(2003, 11, 12), cast.manager)
    reopen_action(action=action(plan, 2), reason="Two teams were never told", by=cast.manager)
    assert status_of(action(plan, 2), date(2003, 12, 1)).key == "done"
    assert status_of(action(plan, 2), now().date() + timedelta(days=1)).key == "overdue"


def test_a_recommendation_without_actions_says_so(cast: Cast) -> None:
    plan = imported(plan_of([]), cast.quality)
    assert stands(plan, AS_AT) == ("not-started", "no action to track")


@pytest.mark.parametrize(
    ("days", "words"), [(9, "due in 9 days"), (1, "due in 1 day"), (0, "due today"), (-12, "12 days overdue")]
)
def test_how_close(days: int, words: str) -> None:
    assert due_in_words(AS_AT + timedelta(days=days), AS_AT) == words


def evidence(*months: tuple[int, int, int]) -> Evidence:
    """Evidence with these months of 2004: month, met, judged."""
    series = tuple((date(2004, month, 1), met, judged) for month, met, judged in months)
    counts = Counts(met=sum(met for _, met, _ in series), overdue=sum(judged - met for _, met, judged in series))
    return Evidence("x.y", "X", counts, None, series, run_chart([]), date(2004, 6, 30), now(), "")


KEPT = evidence((3, 1, 9), (4, 9, 10), (5, 10, 10), (6, 19, 20))


@pytest.mark.parametrize(
    ("found", "done_on", "as_at", "sustained"),
    [
        ([KEPT], date(2004, 3, 31), date(2004, 6, 30), True),
        ([KEPT], date(2004, 4, 1), date(2004, 6, 30), False),  # April had begun before it was done
        ([KEPT], date(2004, 2, 1), date(2004, 6, 29), False),  # June is not complete; March was poor
        ([], date(2004, 3, 31), date(2004, 6, 30), False),  # no evidence
        ([KEPT, evidence((4, 2, 2), (6, 2, 2))], date(2004, 3, 31), date(2004, 6, 30), False),  # May: nothing judged
        ([KEPT, evidence((4, 1, 1), (5, 1, 1), (6, 1, 1))], date(2004, 3, 31), date(2004, 6, 30), True),
        ([evidence((4, 1, 1), (5, 1, 1), (6, 1, 1))], date(2004, 3, 31), date(2004, 6, 30), False),  # too few to say
        ([evidence((4, 8, 9), (5, 10, 10), (6, 10, 10))], date(2004, 3, 31), date(2004, 6, 30), False),  # 89%
    ],
)
def test_sustained_needs_three_months_of_evidence(
    found: list[Evidence], done_on: date, as_at: date, sustained: bool
) -> None:
    assert is_sustained(found, done_on, as_at) is sustained


def test_a_whole_plan_takes_few_queries(cast: Cast) -> None:
    counts = []
    for size in (3, 60):
        plan = imported(plan_of([(f"Do thing number {n} of the list", ONE[1]) for n in range(size)]), cast.quality)
        with CaptureQueriesContext(connection) as queries:
            found = statuses_of(plan, AS_AT)
        assert len(found.actions) == size
        counts.append(len(queries))
        single = status_of(recommendation(plan), AS_AT)
        assert found.recommendations[recommendation(plan).pk] == single
    assert counts[0] == counts[1] <= 6


def test_the_plan_and_its_obligations_agree(plan: Plan, cast: Cast) -> None:
    done(action(plan, 1), date(2003, 11, 12), cast.manager)
    as_at = date(2004, 2, 15)
    assert [status_of(action(plan, n), as_at).key for n in (1, 2, 3)] == ["done", "overdue", "not-started"]
    assert content_of(plan, as_at).conservation().holds
