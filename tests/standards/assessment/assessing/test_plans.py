"""Plans for children in need: from a decision to the review that ends them."""

from datetime import timedelta
from typing import Any

import pytest

from goldenthread.cases.models import Child
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.standards.assessment.assessing import corrections, plans
from goldenthread.standards.assessment.assessing.models import ChildInNeedPlan, PlannedStep
from tests.conftest import Cast
from tests.standards.assessment.assessing.conftest import Finish, add_step, review, sign_plan
from tests.standards.referrals.conftest import Hands


def again(plan: ChildInNeedPlan) -> ChildInNeedPlan:
    return ChildInNeedPlan.objects.get(pk=plan.pk)


def test_a_plan_follows_from_a_signed_decision_only(
    finish: Finish, child: Child, sibling: Child, cast: Cast, hands: Hands
) -> None:
    assessment = finish("handed-in")
    given: dict[str, Any] = {
        "assessment": assessment, "children": [child], "aim": "He eats every day", "made_at": hands.now, "by": cast.worker
    }  # fmt: skip
    with pytest.raises(Refused, match="signed off and decides"):
        plans.make_plan(**given)


@pytest.mark.parametrize("outcome", ["services", "no-further-action", "strategy-discussion", "further-assessment"])
def test_no_plan_follows_from_another_decision(
    finish: Finish, child: Child, cast: Cast, hands: Hands, outcome: str
) -> None:
    assessment = finish("signed-off", outcome=outcome)
    with pytest.raises(Refused, match="signed off and decides"):
        plans.make_plan(assessment=assessment, children=[child], aim="He eats", made_at=hands.now, by=cast.worker)


def test_a_plan_is_refused_without_child_or_aim_and_made_once(
    finish: Finish, child: Child, sibling: Child, cast: Cast, hands: Hands
) -> None:
    assessment = finish("signed-off")
    given: dict[str, Any] = {
        "assessment": assessment, "children": [child], "aim": "He eats every day", "made_at": hands.now,
        "by": cast.worker, "token": "once",
    }  # fmt: skip
    for other, says in (
        ({"children": []}, "at least one child"), ({"children": [sibling]}, "a child of this"), ({"aim": "tbc"}, "says nothing"),
        ({"made_at": hands.now + timedelta(hours=1)}, "in the future"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=says):
            plans.make_plan(**(given | other))
    with pytest.raises(NotAllowed):
        plans.make_plan(**(given | {"by": cast.stranger}))
    assert plans.make_plan(**given) == plans.make_plan(**given)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"need": "tbc"}, "what the child needs"),
        ({"what": ""}, "what will be done"),
        ({"whose": "nobody"}, "who does it"),
        ({"who": "tba"}, "the name"),
        ({"sign": "n/a"}, "how the child will know"),
    ],
)
def test_a_step_says_what_for_what_who_and_how_the_child_will_know(
    plan: ChildInNeedPlan, cast: Cast, hands: Hands, given: dict[str, Any], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        add_step(plan, cast.worker, hands, **given)


def test_a_manager_signs_the_plan_off_and_again_when_it_has_changed(
    plan: ChildInNeedPlan, cast: Cast, hands: Hands
) -> None:
    with pytest.raises(NotAllowed):
        plans.sign_off_plan(plan=plan, reason="It is good", occurred_at=hands.now, by=cast.worker)
    sign_plan(plan, cast, hands)
    with pytest.raises(Refused, match="as it stands"):
        sign_plan(plan, cast, hands)
    hands.on(hours=1)
    step = plan.steps.get()
    corrections.correct(
        fact=step, changes={"who": "Mr Lund, school"}, reason="Ms Obi has left the school", by=cast.worker
    )
    assert plans.changed_since_signed(again(plan))
    sign_plan(plan, cast, hands)
    assert PlannedStep.objects.count() == 2


def test_nobody_signs_off_a_plan_of_their_own(plan: ChildInNeedPlan, cast: Cast, hands: Hands) -> None:
    add_step(plan, cast.manager, hands, need="Sleep")
    with pytest.raises(Refused, match="another manager"):
        sign_plan(plan, cast, hands)
    corrections.withdraw(fact=plan.steps.get(need="Sleep"), reason="It is not needed after all", by=cast.worker)
    sign_plan(plan, cast, hands)


def test_an_empty_plan_is_not_signed_off(plan: ChildInNeedPlan, cast: Cast, hands: Hands) -> None:
    corrections.withdraw(fact=plan.steps.get(), reason="It is not needed after all", by=cast.worker)
    with pytest.raises(Refused, match="no step yet"):
        sign_plan(plan, cast, hands)


def test_reviews_follow_the_sign_off_in_order_until_one_ends_it(
    plan: ChildInNeedPlan, cast: Cast, hands: Hands
) -> None:
    with pytest.raises(Refused, match="not signed off yet"):
        review(plan, cast.worker, hands.now)
    sign_plan(plan, cast, hands)
    review(plan, cast.worker, hands.on(days=60))
    with pytest.raises(Refused, match="before the plan was signed off or last reviewed"):
        review(plan, cast.worker, hands.now - timedelta(days=1))
    review(plan, cast.worker, hands.on(days=60), "end")
    assert again(plan).ended is not None
    for verb in (
        lambda: review(plan, cast.worker, hands.now),
        lambda: add_step(plan, cast.worker, hands),
        lambda: sign_plan(plan, cast, hands),
        lambda: corrections.withdraw(fact=plan.steps.get(), reason="It is over", by=cast.worker),
    ):
        with pytest.raises(Refused, match="has ended"):
            verb()


@pytest.mark.parametrize("name", ["who_came", "changed", "reason"])
def test_a_review_says_something(plan: ChildInNeedPlan, cast: Cast, hands: Hands, name: str) -> None:
    sign_plan(plan, cast, hands)
    given = {"who_came": "Juno and his mother", "changed": "He eats breakfast", "reason": "Two signs are there"}
    with pytest.raises(Refused, match="says nothing"):
        plans.review_plan(
            plan=plan, outcome="continue", occurred_at=hands.now, by=cast.worker, **(given | {name: "see notes"})
        )
