"""Mistakes in the procedures are put right beside what was said first, and nothing that rests on them is left in the air."""

from datetime import timedelta

import pytest

from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.standards.assessment.protection.corrections import correct, withdraw
from goldenthread.standards.assessment.protection.models import ConferenceDate, ProtectionPlan
from tests.conftest import Cast
from tests.standards.assessment.protection.conftest import ALL_THREE, Steps
from tests.standards.referrals.conftest import Hands

WHY = "The note was misread"


def test_who_took_part_can_be_put_right(steps: Steps, cast: Cast) -> None:
    made = steps.discuss(who={"social-care": "Asha Verma"})
    last = correct(fact=made, changes={}, who=ALL_THREE, reason=WHY, by=cast.worker)
    assert last.took_part == ALL_THREE
    assert made.took_part == {"social-care": "Asha Verma"}
    assert list(last.children.all()) == [steps.child]
    assert TrailEntry.objects.get(deed="correct").detail["agencies"] == ["health", "police", "social-care"]
    with pytest.raises(Refused, match="Nothing would change"):
        correct(fact=last, changes={}, who=ALL_THREE, reason=WHY, by=cast.worker)


def test_a_date_keeps_its_place_among_the_others(steps: Steps, hands: Hands, cast: Cast) -> None:
    discussion = steps.discuss()
    hands.on(days=2)
    outcome = steps.outcome(discussion)
    hands.on(days=2)
    with pytest.raises(Refused, match="done before that time"):
        correct(fact=discussion, changes={"occurred_at": hands.now}, reason=WHY, by=cast.worker)
    earlier = discussion.occurred_at - timedelta(days=9)
    with pytest.raises(Refused, match="before the referral, or the file"):
        correct(fact=discussion, changes={"occurred_at": earlier}, reason=WHY, by=cast.worker)
    earlier = discussion.occurred_at - timedelta(minutes=5)
    with pytest.raises(Refused, match="before the strategy discussion"):
        correct(fact=outcome, changes={"occurred_at": earlier}, reason=WHY, by=cast.manager)
    with pytest.raises(NotAllowed):
        correct(fact=outcome, changes={"outcome": "no-conference"}, reason=WHY, by=cast.worker)
    assert correct(fact=outcome, changes={"outcome": "no-conference"}, reason=WHY, by=cast.manager)
    with pytest.raises(Refused, match="cannot be corrected"):
        correct(fact=discussion, changes={"decision": "no-enquiry"}, reason=WHY, by=cast.worker)


def test_the_plans_move_with_their_conference(steps: Steps, hands: Hands, cast: Cast) -> None:
    discussion = steps.discuss()
    steps.outcome(discussion)
    hands.on(days=3)
    conference = steps.confer(discussion)
    plan = ProtectionPlan.objects.get()
    hands.on(days=4)
    right = conference.occurred_at - timedelta(days=1)
    correct(fact=conference, changes={"occurred_at": right}, reason=WHY, by=cast.worker)
    assert plan.stands is not None
    assert plan.stands.moment.occurred_at == right
    steps.meet(plan)
    hands.on(days=1)
    latest = ConferenceDate.objects.get(superseded_by=None, step="held")
    with pytest.raises(Refused, match="done on the plan before that time"):
        correct(fact=latest, changes={"occurred_at": hands.now}, reason=WHY, by=cast.worker)


def test_nothing_is_taken_back_from_under_what_rests_on_it(steps: Steps, hands: Hands, cast: Cast) -> None:
    discussion = steps.discuss()
    outcome = steps.outcome(discussion)
    conference = steps.confer(discussion)
    plan = ProtectionPlan.objects.get()
    with pytest.raises(Refused, match="section 47 enquiry began"):
        withdraw(fact=discussion, reason=WHY, by=cast.worker)
    with pytest.raises(Refused, match="take that back first"):
        withdraw(fact=outcome, reason=WHY, by=cast.manager)
    with pytest.raises(Refused, match="take that back first"):
        correct(fact=outcome, changes={"outcome": "no-conference"}, reason=WHY, by=cast.manager)
    with pytest.raises(Refused, match="take the plan back first"):
        withdraw(fact=conference, reason=WHY, by=cast.worker)
    withdraw(fact=plan, reason=WHY, by=cast.worker)
    assert plan.stands is None
    withdraw(fact=conference, reason=WHY, by=cast.worker)
    withdraw(fact=outcome, reason=WHY, by=cast.manager)
    assert steps.outcome(discussion, outcome="not-substantiated")
    with pytest.raises(Refused, match="taken back"):
        steps.meet(plan)


def test_a_plan_that_was_ended_by_mistake_goes_on(steps: Steps, hands: Hands, cast: Cast) -> None:
    plan = steps.plan()
    hands.on(days=3)
    steps.meet(plan)
    ended = steps.end(plan)
    with pytest.raises(Refused, match="held after that time"):
        correct(fact=ended, changes={"occurred_at": hands.now - timedelta(days=1)}, reason=WHY, by=cast.worker)
    assert correct(fact=plan, changes={"category": "neglect"}, reason=WHY, by=cast.worker)
    again = withdraw(fact=ended, reason=WHY, by=cast.worker, token="w1")
    assert withdraw(fact=ended, reason=WHY, by=cast.worker, token="w1") == again
    assert plan.ended is None


def test_a_discussion_without_an_enquiry_can_be_taken_back(steps: Steps, cast: Cast) -> None:
    made = steps.discuss(decision="no-enquiry")
    withdraw(fact=made, reason=WHY, by=cast.worker)
    assert made.stands is None
