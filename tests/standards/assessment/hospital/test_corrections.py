"""Corrections of what was recorded of a child in hospital: kept, and no way round the plan."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations.models import Obligation
from goldenthread.standards.assessment.hospital import actions
from goldenthread.standards.assessment.hospital.corrections import correct, withdraw
from goldenthread.standards.assessment.hospital.models import DischargePlan, HospitalNotification, WardVisit
from tests.conftest import Cast
from tests.standards.referrals.conftest import Hands

Plan = Callable[..., DischargePlan]


def test_a_visit_is_corrected_and_taken_back(told: HospitalNotification, cast: Cast, hands: Hands) -> None:
    visit = actions.visit_on_ward(notification=told, seen="Asleep", occurred_at=hands.now, by=cast.worker)
    hands.on(hours=1)
    new = correct(fact=visit, changes={"seen": "Asleep, with a bruise"}, reason="Left out", by=cast.worker)
    row = Obligation.objects.get(requirement="assessment.hospital-response")
    assert (row.done_at, row.done_known_at) == (visit.occurred_at, visit.recorded_at)
    with pytest.raises(Refused, match="corrected already"):
        withdraw(fact=visit, reason="Another child", by=cast.worker)
    with pytest.raises(Refused, match="Nothing would change"):
        correct(fact=new, changes={}, reason="Another child", by=cast.worker)
    with pytest.raises(Refused, match="cannot be corrected"):
        correct(fact=new, changes={"by": cast.head}, reason="Another child", by=cast.worker)
    with pytest.raises(NotAllowed):
        withdraw(fact=new, reason="Another child", by=cast.stranger)
    withdraw(fact=new, reason="Another child", by=cast.worker)
    assert Obligation.objects.get(requirement="assessment.hospital-response").done_at is None
    assert WardVisit.objects.count() == 3


def test_the_plan_under_a_discharge_cannot_be_taken_away(
    told: HospitalNotification, plan: Plan, cast: Cast, hands: Hands
) -> None:
    made = plan()
    hands.on(hours=5)
    left = actions.record_discharge(
        notification=told, how="planned", where_to="Her grandmother's", occurred_at=hands.now, by=cast.worker
    )
    hands.on(hours=1)
    with pytest.raises(Refused, match="take the discharge back first"):
        withdraw(fact=made, reason="It was never agreed", by=cast.worker)
    with pytest.raises(Refused, match="take the discharge back first"):
        correct(fact=made, changes={"occurred_at": hands.now}, reason="It was agreed later", by=cast.worker)
    correct(fact=made, changes={"consultant": "Dr Imrie-Holt"}, reason="Her name", by=cast.worker)
    withdraw(fact=left, reason="She is still there", by=cast.worker)
    withdraw(fact=DischargePlan.objects.get(supersedes=made), reason="It was never agreed", by=cast.worker)
    row = Obligation.objects.get(requirement="assessment.discharge-plan")
    assert (row.due_at, row.done_at) == (None, None)


def test_a_discharge_is_not_moved_to_before_its_plan(
    told: HospitalNotification, plan: Plan, cast: Cast, hands: Hands
) -> None:
    hands.on(hours=4)
    plan()
    agreed = hands.now
    hands.on(hours=5)
    left = actions.record_discharge(
        notification=told, how="planned", where_to="Her grandmother's", occurred_at=hands.now, by=cast.worker
    )
    with pytest.raises(Refused, match="no discharge plan"):
        correct(
            fact=left, changes={"occurred_at": agreed - timedelta(hours=1)}, reason="It was earlier", by=cast.worker
        )
    correct(fact=left, changes={"occurred_at": agreed + timedelta(hours=1)}, reason="It was earlier", by=cast.worker)


def test_what_ruled_harm_out_is_taken_back_by_a_manager_and_not_under_a_discharge(
    told: HospitalNotification, cast: Cast, hands: Hands
) -> None:
    review = actions.review_harm(
        notification=told, answer="no", why="A brittle bone", occurred_at=hands.now, by=cast.manager
    )
    with pytest.raises(NotAllowed):
        withdraw(fact=review, reason="The scan was another child's", by=cast.worker)
    hands.on(hours=1)
    left = actions.record_discharge(
        notification=told, how="planned", where_to="Home", occurred_at=hands.now, by=cast.worker
    )
    with pytest.raises(Refused, match="take the discharge back first"):
        withdraw(fact=review, reason="The scan was another child's", by=cast.manager)
    withdraw(fact=left, reason="She is still there", by=cast.worker)
    withdraw(fact=review, reason="The scan was another child's", by=cast.manager)
    assert told.harm_at() == "not-known"
    assert Obligation.objects.get(requirement="assessment.discharge-plan").done_at is None


def test_a_senior_manager_corrects_their_answer(told: HospitalNotification, cast: Cast, hands: Hands) -> None:
    actions.record_discharge(
        notification=told, how="removed", where_to="Not known", done="The police look for her", occurred_at=hands.now,
        by=cast.worker,
    )  # fmt: skip
    hands.on(hours=1)
    answer = actions.answer_escalation(
        notification=told, words="An order is asked for", occurred_at=hands.now, by=cast.group_manager
    )
    with pytest.raises(NotAllowed):
        correct(fact=answer, changes={"words": "Nothing more"}, reason="Not so", by=cast.manager)
    with pytest.raises(Refused, match="before"):
        correct(
            fact=answer, changes={"occurred_at": hands.now - timedelta(hours=3)}, reason="Earlier", by=cast.head
        )  # fmt: skip
    correct(fact=answer, changes={"words": "An order is made"}, reason="It was made since", by=cast.head)
