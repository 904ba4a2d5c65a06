"""What is owed from the discussion to the end of a plan: before, after, late, for whom not, and as at any day."""

from datetime import datetime, timedelta

import pytest

from goldenthread.core.clock import LONDON
from goldenthread.obligations.actions import excuse
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.verdicts import verdict
from goldenthread.standards.assessment.protection.corrections import correct, withdraw
from goldenthread.standards.assessment.recording.actions import correct_record, withdraw_record
from goldenthread.standards.referrals.actions import decide
from goldenthread.standards.referrals.corrections import correct as correct_referral
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.assessment.protection.conftest import ALL_THREE, Steps, at
from tests.standards.referrals.conftest import Hands

WHY = "The note was misread"


def owed(key: str) -> list[Obligation]:
    return list(Obligation.objects.filter(requirement=f"protection.{key}").order_by("since_at", "pk"))


def stands(key: str, now: datetime) -> list[str]:
    """The verdicts of all that had begun."""
    return [str(found) for row in owed(key) if (found := verdict(row, now))]


def night(day: int, month: int = 10) -> datetime:
    return datetime(2003, month, day, 23, 59, 59, 999999, tzinfo=LONDON)


def test_a_decision_for_a_discussion_owes_one_by_the_next_working_day(
    steps: Steps, hands: Hands, cast: Cast, referral: Referral
) -> None:
    assert owed("strategy-discussion") == []
    reason = "She may be in danger"
    decision = decide(
        referral=referral, what="strategy-discussion", reason=reason, occurred_at=hands.now, by=cast.manager
    )
    [duty] = owed("strategy-discussion")
    assert (duty.since_at, duty.due_at) == (hands.now, night(2))
    steps.discuss()
    assert owed("strategy-discussion")[0].done_at is None, "that one is about another concern"
    hands.now = at(3)
    assert stands("strategy-discussion", hands.now) == ["overdue"]
    made = steps.discuss(referral=referral, decision="no-enquiry")
    assert stands("strategy-discussion", hands.now) == ["late"]
    withdraw(fact=made, reason=WHY, by=cast.worker)
    assert stands("strategy-discussion", hands.now) == ["overdue"]
    correct_referral(fact=decision, changes={"what": "assessment"}, reason=WHY, by=cast.manager)
    assert owed("strategy-discussion") == []


def test_a_discussion_without_health_is_made_whole_by_another_in_time(steps: Steps, hands: Hands) -> None:
    steps.discuss()
    assert stands("three-agencies", hands.now) == ["met"]
    hands.on(hours=1)
    steps.discuss(who={"social-care": "Asha Verma", "police": "DS Ferris"})
    assert stands("three-agencies", hands.now) == ["met", "due"]
    hands.on(hours=1)
    steps.discuss(children=[steps.sibling])
    assert stands("three-agencies", hands.now) == ["met", "due", "met"], "that one was about her brother"
    hands.now = at(6)
    assert stands("three-agencies", hands.now) == ["met", "overdue", "met"]
    steps.discuss()
    assert stands("three-agencies", hands.now) == ["met", "late", "met", "met"]


def test_who_was_there_all_along_counts_from_the_day(steps: Steps, hands: Hands, cast: Cast) -> None:
    made = steps.discuss(who={"social-care": "Asha Verma"})
    hands.now = at(20)
    assert stands("three-agencies", hands.now) == ["overdue"]
    correct(fact=made, changes={}, who=ALL_THREE, reason=WHY, by=cast.worker)
    assert stands("three-agencies", hands.now) == ["met"]


def test_an_enquiry_owes_an_outcome_and_a_conference_only_where_one_is_needed(
    steps: Steps, hands: Hands, cast: Cast
) -> None:
    discussion = steps.discuss()
    steps.discuss(decision="assessment")
    [outcome] = owed("enquiry-outcome")
    assert outcome.due_at == night(15)
    assert owed("initial-conference") == []
    hands.now = at(16)
    assert stands("enquiry-outcome", hands.now) == ["overdue"]
    found = steps.outcome(discussion)
    assert stands("enquiry-outcome", hands.now) == ["late"]
    [conference] = owed("initial-conference")
    assert (conference.since_at, conference.due_at) == (discussion.occurred_at, night(22)), "from the discussion"
    assert conference.since_known_at == hands.now, "and known from the outcome"
    hands.now = at(23)
    assert stands("initial-conference", hands.now) == ["overdue"]
    steps.confer(discussion, plan_for={}, occurred_at=at(22, 15))
    assert stands("initial-conference", hands.now) == ["met"], "held in time, recorded the day after"
    assert stands("initial-conference", at(22, 23)) == ["due"], "as known that night"
    assert owed("visit") == [], "no plan was made"
    assert found.outcome == "conference"


def test_a_plan_owes_visits_from_its_first_day_and_each_owes_the_next(steps: Steps, hands: Hands) -> None:
    steps.plan()
    assert [row.due_at for row in owed("visit")][:2] == [night(15), night(29)]
    assert stands("visit", hands.now) == ["due"]
    hands.now = at(10)
    steps.visit()
    assert stands("visit", hands.now) == ["met", "due"]
    first, second = owed("visit")[:2]
    assert (first.done_at, second.since_at, second.due_at) == (at(10), at(10), night(24))


def test_a_missed_visit_is_counted_each_time_that_it_fell_due(steps: Steps, hands: Hands) -> None:
    steps.plan()
    hands.now = at(30)
    assert stands("visit", hands.now) == ["overdue", "overdue", "due"]
    assert stands("visit", at(20)) == ["overdue", "due"], "as at an earlier day"
    hands.now = at(31)
    steps.visit()
    assert stands("visit", hands.now) == ["late", "late", "met", "due"]
    assert stands("visit", at(30)) == ["overdue", "overdue", "due"], "the past is as it was"


def test_a_visit_recorded_late_settles_what_it_was_in_time_for(steps: Steps, hands: Hands, cast: Cast) -> None:
    steps.plan()
    hands.now = at(20)
    record = steps.visit(occurred_at=at(14))
    assert stands("visit", hands.now) == ["met", "due"]
    assert verdict(owed("visit")[0], at(19)) == "overdue", "nobody knew of it then"
    withdraw_record(record=record, reason="It was another child's visit", by=cast.worker)
    assert stands("visit", hands.now) == ["overdue", "due"]


def test_only_a_visit_at_which_this_child_was_seen_counts(steps: Steps, hands: Hands, cast: Cast) -> None:
    steps.plan()
    hands.now = at(8)
    steps.visit(kind="phone", seen={steps.child.pk: "not-seen"})
    steps.visit(seen={steps.child.pk: "not-seen", steps.sibling.pk: "alone"})
    steps.visit(kind="meeting")
    assert stands("visit", hands.now) == ["due"]
    record = steps.visit(seen={steps.child.pk: "seen"}, kind="school-visit")
    assert stands("visit", hands.now) == ["met", "due"]
    assert stands("seen-alone", hands.now) == ["due"]
    correct_record(
        record=record, changes={}, seen={steps.child.pk: "alone"}, reason="Her teacher left the room", by=cast.worker
    )
    assert stands("seen-alone", hands.now) == ["met", "due"]


def test_a_baby_is_visited_and_need_not_be_seen_alone(steps: Steps, hands: Hands) -> None:
    discussion = steps.discuss(children=[steps.sibling])
    steps.outcome(discussion)
    steps.confer(discussion, plan_for={steps.sibling.pk: "neglect"})
    assert stands("visit", hands.now) == ["due"]
    assert stands("seen-alone", hands.now) == []


def test_an_excused_visit_does_not_stop_the_clock(steps: Steps, hands: Hands, cast: Cast) -> None:
    steps.plan()
    hands.now = at(14)
    excuse(obligation=owed("visit")[0], reason="In hospital, and seen by the ward each day", by=cast.manager)
    hands.now = at(17)
    assert stands("visit", hands.now) == ["excused", "due"]
    steps.visit(occurred_at=at(16))
    assert stands("visit", hands.now) == ["late", "met", "due"], "done counts before excused"


def test_core_groups_first_in_ten_working_days_then_every_six_weeks(steps: Steps, hands: Hands) -> None:
    plan = steps.plan()
    [first] = owed("first-core-group")
    assert first.due_at == night(15)
    assert stands("core-group", hands.now) == []
    hands.now = at(13)
    steps.meet(plan)
    assert stands("first-core-group", hands.now) == ["met"]
    assert owed("core-group")[0].due_at == night(24, 11)
    hands.now = at(13) + timedelta(days=60)
    assert stands("core-group", hands.now) == ["overdue", "due"]
    assert len(owed("first-core-group")) == 1


def test_a_core_group_that_never_met_at_all_does_not_look_like_one_missed(steps: Steps, hands: Hands) -> None:
    steps.plan()
    hands.on(days=120)
    assert stands("first-core-group", hands.now) == ["overdue"]
    assert stands("core-group", hands.now) == ["overdue", "overdue", "due"]


def test_reviews_in_three_months_and_then_within_six(steps: Steps, hands: Hands) -> None:
    plan = steps.plan()
    assert owed("first-review-conference")[0].due_at == datetime(2004, 1, 1, 23, 59, 59, 999999, tzinfo=LONDON)
    hands.on(days=90)
    steps.review(plan)
    assert stands("first-review-conference", hands.now) == ["met"]
    assert stands("review-conference", hands.now) == ["due"]
    assert owed("review-conference")[0].due_at == datetime(2004, 6, 30, 23, 59, 59, 999999, tzinfo=LONDON)


def test_after_its_end_a_plan_owes_nothing_new_and_what_was_missed_stays_missed(
    steps: Steps, hands: Hands, cast: Cast
) -> None:
    plan = steps.plan()
    hands.now = at(20)
    ended = steps.end(plan)
    assert stands("visit", hands.now) == ["overdue"]
    assert owed("first-review-conference") == owed("review-conference") == []
    steps.visit(occurred_at=at(20, 11) - timedelta(hours=1))
    hands.now = at(31)
    steps.visit()
    assert stands("visit", hands.now) == ["late", "met"], (
        "the visit on its last day; one after it is none of the plan's"
    )
    withdraw(fact=ended, reason=WHY, by=cast.worker)
    assert stands("visit", hands.now) == ["late", "met", "met", "due"]


@pytest.mark.parametrize("key", ["visit", "seen-alone", "core-group", "review-conference", "first-core-group"])
def test_a_plan_that_was_taken_back_owes_nothing(steps: Steps, hands: Hands, cast: Cast, key: str) -> None:
    plan = steps.plan()
    assert owed(key)
    withdraw(fact=plan, reason=WHY, by=cast.worker)
    assert owed(key) == []


def test_rounds_are_bounded(steps: Steps, hands: Hands) -> None:
    steps.plan()
    assert 20 <= len(owed("visit")) <= 30
    assert Obligation.objects.filter(requirement__startswith="protection.").count() < 80
