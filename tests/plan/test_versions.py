"""A later version of a plan: both are kept, and what happened goes on."""

from datetime import date, datetime

import pytest

from goldenthread.core.clock import LONDON, end_of, now, start_of
from goldenthread.core.errors import Refused
from goldenthread.obligations.actions import excuse
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.tally import Counts, tally, totals
from goldenthread.plan.actions import add_progress, change_due, complete_action, reassign
from goldenthread.plan.history import reports_on
from goldenthread.plan.models import Plan, Recommendation
from goldenthread.plan.settling import tie_requirement
from goldenthread.plan.storing import content_of
from goldenthread.plan.versions import pair_recommendations, pair_texts
from tests.conftest import Cast
from tests.plan.plans import AS_AT, action, imported, plan_of, recommendation, small_plan

LATER = date(2004, 4, 30)
WRITE = ("Write the policy on unmet need", date(2003, 10, 31))
TELL = ("Tell every team about the policy", date(2004, 3, 31))
DROP = ("Buy a filing cabinet", date(2003, 12, 31))


@pytest.fixture
def earlier(cast: Cast) -> Plan:
    plan = imported(plan_of([WRITE, TELL, DROP]), cast.quality)
    done = datetime(2003, 11, 12, 9, tzinfo=LONDON)
    complete_action(action=action(plan, 1), occurred_at=done, evidence="Policy approved", by=cast.manager)
    tie_requirement(recommendation=recommendation(plan), key="plan.action-done", by=cast.quality)
    return plan


@pytest.fixture
def later(cast: Cast, earlier: Plan) -> Plan:
    content = plan_of(
        [
            ("Tell all teams about the policy", date(2004, 6, 30)),
            ("1. Write the policy on unmet need", WRITE[1]),
            ("Ask families", None),
        ],
        as_at=LATER,
    )
    plan = imported(content, cast.quality, previous=earlier)
    assert content_of(plan) == content
    assert content_of(plan, LATER) == content
    return plan


def test_both_versions_are_kept_and_linked(earlier: Plan, later: Plan) -> None:
    earlier.refresh_from_db()
    assert not earlier.is_current
    assert later.previous == earlier
    assert list(Plan.objects.current()) == [later]
    assert recommendation(later).continues == recommendation(earlier)
    assert action(later, 1).continues == action(earlier, 2), "matched by its words, not by its place"
    assert action(later, 2).continues == action(earlier, 1)
    assert action(later, 3).continues is None
    assert len(content_of(earlier).standards[0].recommendations[0].actions) == 3


def test_what_happened_goes_on_with_its_own_clocks(earlier: Plan, later: Plan) -> None:
    old, new = action(earlier, 1), action(later, 2)
    was, now_is = old.completion(), new.completion()
    assert was
    assert now_is
    assert (now_is.occurred_at, now_is.recorded_at, now_is.by) == (was.occurred_at, was.recorded_at, was.by)
    assert now_is.carried_from == was
    assert (new.since_on, new.known_at) == (old.since_on, old.known_at)


def test_a_date_stated_anew_is_a_change_of_date(earlier: Plan, later: Plan) -> None:
    tell = action(later, 1)
    assert (tell.first_due, tell.due) == (date(2004, 3, 31), date(2004, 6, 30))
    restated = tell.events.get(kind="restated")
    assert (restated.before["due"], restated.after["due"]) == ("2004-03-31", "2004-06-30")
    assert tell.due_at(date(2004, 4, 1)) == date(2004, 3, 31)


def test_the_earlier_version_owes_nothing_any_more(cast: Cast, earlier: Plan, later: Plan) -> None:
    still_open = Obligation.objects.open().filter(requirement="plan.action-done")
    assert {row.subject_id for row in still_open} == {action(later, 1).pk, action(later, 3).pk}
    dropped = Obligation.objects.get(subject_id=action(earlier, 3).pk, requirement="plan.action-done")
    assert dropped.excused_at == end_of(LATER)
    assert dropped.excuse == "Not in the later version of the plan, as at 30 April 2004"


def test_figures_of_the_time_before_still_hold(earlier: Plan, later: Plan) -> None:
    rows = tally(end_of(date(2004, 1, 31)), now(), requirements=["plan.action-done"])
    assert totals(rows)["plan.action-done"] == Counts(late=1, overdue=1, due=1), "the dropped one was overdue then"


def test_the_earlier_version_is_not_kept_up(cast: Cast, earlier: Plan, later: Plan) -> None:
    rec = recommendation(earlier)
    with pytest.raises(Refused, match="later version"):
        add_progress(recommendation=rec, reporting_date=LATER, text="Policy in use", by=cast.manager)
    with pytest.raises(Refused, match="later version"):
        change_due(action=action(earlier, 2), due=date(2005, 1, 1), reason="More time is needed", by=cast.quality)
    with pytest.raises(Refused, match="has a later version already"):
        imported(plan_of([WRITE], as_at=LATER), cast.quality, previous=earlier)
    with pytest.raises(Refused, match="before the one"):
        imported(plan_of([WRITE], as_at=AS_AT), cast.quality, previous=later)


def test_ties_go_on(earlier: Plan, later: Plan) -> None:
    assert recommendation(later).ties.get().requirement == "plan.action-done"


def test_a_date_changed_here_after_the_later_versions_day_still_holds(cast: Cast, earlier: Plan) -> None:
    change_due(action=action(earlier, 2), due=date(2030, 1, 31), reason="Waiting for the new building", by=cast.quality)
    plan = imported(plan_of([TELL], as_at=LATER), cast.quality, previous=earlier)
    tell = action(plan, 1)
    assert tell.due == date(2030, 1, 31)
    assert tell.due_at(LATER) == date(2004, 3, 31)
    assert tell.events.filter(kind="restated").count() == 0, "as at that day both say the same"


def test_a_plan_goes_through_three_versions(cast: Cast, earlier: Plan, later: Plan) -> None:
    third = imported(plan_of([WRITE, TELL], as_at=date(2004, 10, 31)), cast.quality, previous=later)
    assert action(third, 1).completion() is not None
    assert action(third, 1).since_on == AS_AT
    assert action(third, 1).events.get(kind="added").occurred_at == start_of(AS_AT)
    chain: Recommendation | None = recommendation(third)
    numbers = []
    while chain:
        numbers.append(chain.plan.pk)
        chain = chain.continues
    assert numbers == [third.pk, later.pk, earlier.pk]


def test_a_reassignment_in_the_earlier_version_leaves_the_later_ones_leads_alone(cast: Cast) -> None:
    first = imported(small_plan(), cast.quality)
    reassign(action=action(first, 1, "1.2"), leads=["Dev Lindqvist"], reason="Grace has left", by=cast.quality)
    content = small_plan(as_at=LATER)
    second = imported(content, cast.quality, previous=first)
    assert content_of(second) == content
    assert action(second, 1, "1.2").owner == cast.head


def test_an_excuse_goes_on(cast: Cast, earlier: Plan) -> None:
    row = Obligation.objects.get(requirement="plan.action-done", subject_id=action(earlier, 2).pk)
    excuse(obligation=row, reason="The teams were merged", by=cast.manager)
    plan = imported(plan_of([TELL], as_at=LATER), cast.quality, previous=earlier)
    again = Obligation.objects.get(requirement="plan.action-done", subject_id=action(plan, 1).pk)
    assert again.excuse == "The teams were merged"


def test_progress_of_earlier_versions_stays_visible(cast: Cast) -> None:
    first = imported(small_plan(), cast.quality)
    second = imported(small_plan(as_at=LATER), cast.quality, previous=first)
    rec = recommendation(second)
    add_progress(recommendation=rec, reporting_date=date(2004, 7, 31), text="In use everywhere", by=cast.manager)
    reports = reports_on(rec)
    assert [(report.reporting_date, report.plan) for report in reports] == [
        (date(2004, 7, 31), second),
        (LATER, second),
        (AS_AT, first),
    ]
    assert [remark.text for remark in reports[2].progress] == ["Policy drafted", "Teams told in part"]
    assert [remark.text for remark in reports[2].next_steps] == ["Put the policy to the management team"]


def test_recommendations_are_paired_by_number_and_words() -> None:
    before = [("1.1", "Count unmet need"), ("1.2", "Ask referrers to write to us"), ("1.3", "Tell the police")]
    after = [("1.1", "Count all unmet need"), ("1.2", "Mend the roof of the office"), ("1.4", "Tell the police")]
    assert pair_recommendations(before, after) == {0: 0, 2: 2}


def test_each_action_is_paired_once_with_its_likest() -> None:
    before = ["1. Report to members", "2. Report to all members"]
    assert pair_texts(before, ["Report to all members", "Report to members"]) == {0: 1, 1: 0}
    assert pair_texts(before, ["Report to members", "Report to members"]) == {0: 0, 1: 1}
    assert pair_texts(before, ["Something else altogether"]) == {}
