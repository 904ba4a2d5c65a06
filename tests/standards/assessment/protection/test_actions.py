"""From the strategy discussion to the end of a plan: what each step writes, and what it refuses."""

from datetime import timedelta
from typing import Any

import pytest

from goldenthread.cases.models import Child
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.standards.assessment.assessing.models import Assessment
from goldenthread.standards.assessment.protection import actions
from goldenthread.standards.assessment.protection.models import (
    ConferenceDate,
    CoreGroup,
    EnquiryOutcome,
    PlanEnd,
    ProtectionPlan,
    StrategyDiscussion,
)
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.assessment.protection.conftest import ALL_THREE, Steps
from tests.standards.referrals.conftest import Hands, Take


def test_a_decision_for_an_enquiry_starts_it_in_the_same_breath(steps: Steps, hands: Hands, cast: Cast) -> None:
    made = steps.discuss(immediate="She stays with her grandmother tonight")
    enquiry = Assessment.objects.get()
    assert made.assessment == enquiry
    assert (enquiry.kind, enquiry.started_at, enquiry.by) == ("section-47", hands.now, cast.worker)
    assert list(enquiry.children.all()) == [steps.child]
    assert made.took_part == ALL_THREE
    told = TrailEntry.objects.get(deed="hold strategy discussion")
    assert told.detail == {"case_file": steps.file.pk, "decision": "joint-enquiry", "assessment": enquiry.pk}


@pytest.mark.parametrize("decision", ["assessment", "no-enquiry"])
def test_without_an_enquiry_nothing_is_started(steps: Steps, decision: str) -> None:
    made = steps.discuss(decision=decision, purpose="", expectations="")
    assert made.assessment is None
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"children": []}, "at least one child"),
        ({"who": {"police": "DS Ferris"}}, "who of social care took part"),
        ({"who": {"social-care": "n/a"}}, "names"),
        ({"who": {**ALL_THREE, "circus": "The clown"}}, "which agency"),
        ({"known": "see above"}, "what is known"),
        ({"decision": "wait"}, "what was decided"),
        ({"why": ""}, "why it was decided so"),
        ({"purpose": ""}, "what the assessment is to find out"),
    ],
)
def test_what_says_nothing_or_cannot_be_is_refused_and_leaves_nothing(
    steps: Steps, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        steps.discuss(**wrong)
    assert not StrategyDiscussion.objects.exists()
    assert not Assessment.objects.exists()


def test_a_discussion_is_about_this_file_and_has_happened(
    steps: Steps, hands: Hands, cast: Cast, take: Take, referral: Referral
) -> None:
    elsewhere = take(case_file=None)
    with pytest.raises(Refused, match="another case file"):
        steps.discuss(referral=elsewhere)
    with pytest.raises(Refused, match="at least one child"):
        steps.discuss(children=[Child.objects.create(given_names="Odd", family_name="Other")])
    with pytest.raises(Refused, match="future"):
        steps.discuss(occurred_at=hands.now + timedelta(minutes=2))
    with pytest.raises(Refused, match="before the referral was received"):
        steps.discuss(referral=referral, occurred_at=referral.received_at - timedelta(hours=1))
    for officer in (cast.stranger, cast.quality, cast.member):
        with pytest.raises(NotAllowed):
            steps.discuss(by=officer)
    first = steps.discuss(token="s1")
    assert steps.discuss(token="s1") == first
    assert Assessment.objects.count() == 1


def test_the_outcome_is_decided_by_who_may_decide_once_and_after_the_discussion(
    steps: Steps, hands: Hands, cast: Cast
) -> None:
    discussion = steps.discuss()
    with pytest.raises(NotAllowed):
        steps.outcome(discussion, by=cast.worker)
    with pytest.raises(Refused, match="before the strategy discussion"):
        steps.outcome(discussion, occurred_at=hands.now - timedelta(minutes=30))
    with pytest.raises(Refused, match="what the enquiry found"):
        steps.outcome(discussion, outcome="perhaps")
    with pytest.raises(Refused, match="what was found"):
        steps.outcome(discussion, why="none")
    first = steps.outcome(discussion, token="o1", by=cast.senior)
    assert steps.outcome(discussion, token="o1") == first
    with pytest.raises(Refused, match="recorded already"):
        steps.outcome(discussion)
    other = steps.discuss(decision="assessment")
    with pytest.raises(Refused, match="No section 47 enquiry began"):
        steps.outcome(other)
    assert EnquiryOutcome.objects.count() == 1


def test_a_conference_is_arranged_and_held_only_where_the_enquiry_asks_for_one(
    steps: Steps, hands: Hands, cast: Cast
) -> None:
    discussion = steps.discuss()
    ahead = hands.now + timedelta(days=9)
    with pytest.raises(Refused, match="First record the outcome"):
        actions.arrange_conference(discussion=discussion, arranged_for=ahead, by=cast.worker)
    steps.outcome(discussion, outcome="no-conference")
    with pytest.raises(Refused, match="First record the outcome"):
        steps.confer(discussion)
    other = steps.discuss()
    steps.outcome(other)
    with pytest.raises(Refused, match="gone by"):
        actions.arrange_conference(discussion=other, arranged_for=hands.now - timedelta(days=1), by=cast.worker)
    first = actions.arrange_conference(discussion=other, arranged_for=ahead, by=cast.worker, token="a1")
    assert actions.arrange_conference(discussion=other, arranged_for=ahead, by=cast.worker, token="a1") == first
    hands.on(days=9)
    with pytest.raises(NotAllowed):
        steps.confer(other, by=cast.stranger)
    held = steps.confer(other, token="h1")
    assert steps.confer(other, token="h1") == held
    with pytest.raises(Refused, match="held already"):
        steps.confer(other)
    assert ConferenceDate.objects.count() == 2


def test_a_conference_begins_a_plan_for_each_child_that_it_names(steps: Steps, hands: Hands) -> None:
    discussion = steps.discuss(children=[steps.child, steps.sibling])
    steps.outcome(discussion)
    steps.confer(discussion, plan_for={steps.child.pk: "physical", steps.sibling.pk: "neglect"})
    assert {(plan.child, plan.category, plan.occurred_at) for plan in ProtectionPlan.objects.all()} == {
        (steps.child, "physical", hands.now),
        (steps.sibling, "neglect", hands.now),
    }


def test_no_plan_for_a_child_whom_the_enquiry_was_not_about_or_who_is_on_one(steps: Steps, hands: Hands) -> None:
    plan = steps.plan()
    hands.on(days=1)
    again = steps.discuss()
    steps.outcome(again)
    with pytest.raises(Refused, match="not about that child"):
        steps.confer(again, plan_for={steps.sibling.pk: "neglect"})
    with pytest.raises(Refused, match="kind of harm"):
        steps.confer(again, plan_for={steps.child.pk: "bad luck"})
    with pytest.raises(Refused, match="on a child protection plan at that time"):
        steps.confer(again)
    assert ProtectionPlan.objects.count() == 1
    steps.end(plan)
    hands.on(days=1)
    steps.confer(again)
    assert ProtectionPlan.objects.count() == 2


def test_what_is_done_on_a_plan_happens_while_it_runs(steps: Steps, hands: Hands, cast: Cast) -> None:
    plan = steps.plan()
    began = hands.now
    hands.on(days=5)
    with pytest.raises(Refused, match="before the plan began"):
        steps.meet(plan, occurred_at=began - timedelta(hours=1))
    with pytest.raises(Refused, match="at least one plan"):
        steps.meet()
    with pytest.raises(NotAllowed):
        steps.meet(plan, by=cast.stranger)
    with pytest.raises(Refused, match="what was decided"):
        steps.review(plan, words="n/a")
    assert steps.meet(plan, token="m1") == steps.meet(plan, token="m1")
    assert CoreGroup.objects.count() == 1
    ended = steps.end(plan, token="e1")
    assert steps.end(plan, token="e1") == ended
    with pytest.raises(Refused, match="ended already"):
        steps.end(plan)
    hands.on(days=5)
    with pytest.raises(Refused, match="after the plan ended"):
        steps.review(plan)
    assert steps.meet(plan, occurred_at=began + timedelta(days=1)), "one that was held before the end is recorded late"
    assert PlanEnd.objects.count() == 1


def test_brothers_and_sisters_have_one_core_group(steps: Steps, hands: Hands) -> None:
    discussion = steps.discuss(children=[steps.child, steps.sibling])
    steps.outcome(discussion)
    steps.confer(discussion, plan_for={steps.child.pk: "physical", steps.sibling.pk: "neglect"})
    assert len(steps.meet(*ProtectionPlan.objects.all())) == 2
