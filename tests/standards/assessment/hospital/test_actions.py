"""What is done for a child in hospital: what is written, what is refused, and what is owed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from goldenthread.cases.models import Child
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.obligations.models import Obligation
from goldenthread.standards.assessment.hospital import actions
from goldenthread.standards.assessment.hospital.choices import ALWAYS, IF_HARM
from goldenthread.standards.assessment.hospital.models import (
    Discharge,
    DischargePlan,
    HospitalNotification,
    WardVisit,
)
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.assessment.hospital.conftest import Tell
from tests.standards.referrals.conftest import Hands, Take

Plan = Callable[..., DischargePlan]


def owed(key: str) -> Obligation | None:
    return Obligation.objects.filter(requirement=f"assessment.{key}").first()


def leave(told: HospitalNotification, cast: Cast, hands: Hands, how: str = "planned", **other: Any) -> Discharge:
    given: dict[str, Any] = {
        "notification": told, "how": how, "where_to": "Home", "occurred_at": hands.now, "by": cast.worker,
        "done": "" if how == "planned" else "The police and the duty worker went to the home at once",
    }  # fmt: skip
    return actions.record_discharge(**(given | other))


def test_a_visit_is_owed_within_twelve_hours(told: HospitalNotification, cast: Cast, hands: Hands) -> None:
    row = owed("hospital-response")
    assert row is not None
    assert (row.owner, row.due_at) == (cast.worker, told.received_at + timedelta(hours=12))
    hands.on(hours=5)
    actions.visit_on_ward(notification=told, seen="Asleep, an arm in plaster", occurred_at=hands.now, by=cast.colleague)
    row = owed("hospital-response")
    assert row is not None
    assert row.done_at == hands.now
    entry = TrailEntry.objects.order_by("pk").last()
    assert entry is not None
    assert "plaster" not in str(entry.detail)


def test_a_notification_may_come_as_a_referral_from_the_health_service_on_the_same_file(
    tell: Tell, referral: Referral, take: Take
) -> None:
    assert tell(referral=referral).referral == referral
    school = take()
    with pytest.raises(Refused, match="health service"):
        tell(referral=school)


@pytest.mark.parametrize(
    "other",
    [
        {"children": []}, {"told": "porter"}, {"harm": "maybe"}, {"hospital": " "}, {"told_by": "n/a"}, {"concern": "tbc"},
    ],
)  # fmt: skip
def test_a_notification_that_says_too_little_is_refused(tell: Tell, other: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        tell(**other)
    assert HospitalNotification.objects.count() == 0


def test_it_is_about_children_of_the_file_and_lies_in_the_past(tell: Tell, hands: Hands) -> None:
    other = Child.objects.create(given_names="Bo", family_name="Fenwick")
    later = hands.now + timedelta(hours=1)
    for given in ({"children": [other]}, {"received_at": later}, {"admitted_at": later}):
        with pytest.raises(Refused):
            tell(**given)


def test_the_same_form_sent_twice_is_once(tell: Tell, cast: Cast, hands: Hands) -> None:
    told = tell(token="a")
    assert tell(token="a") == told
    for _ in range(2):
        actions.visit_on_ward(
            notification=told, seen="Awake and well", occurred_at=hands.now, by=cast.worker, token="b"
        )
    assert WardVisit.objects.count() == 1


def test_only_those_who_may_write_to_the_file_record_anything(
    told: HospitalNotification, tell: Tell, plan: Plan, cast: Cast, hands: Hands
) -> None:
    for officer in (cast.stranger, cast.quality, cast.member, cast.administrator):
        for ask in (
            lambda by: tell(by=by),
            lambda by: plan(by=by),
            lambda by: leave(told, cast, hands, "hospital", by=by),
            lambda by: actions.visit_on_ward(notification=told, seen="Awake", occurred_at=hands.now, by=by),
            lambda by: actions.take_step(
                notification=told, step="doctor", words="Dr Imrie", occurred_at=hands.now, by=by
            ),
            lambda by: actions.review_harm(
                notification=told, answer="yes", why="The X-ray", occurred_at=hands.now, by=by
            ),
        ):
            with pytest.raises(NotAllowed):
                ask(officer)


def step(told: HospitalNotification, key: str, cast: Cast, hands: Hands, **other: Any) -> None:
    actions.take_step(
        notification=told, step=key, words="Spoke to the nurse in charge", occurred_at=hands.now,
        **({"by": cast.worker} | other),
    )  # fmt: skip


def test_the_steps_are_met_when_the_last_of_them_is_taken(told: HospitalNotification, cast: Cast, hands: Hands) -> None:
    for key in (*ALWAYS, *IF_HARM):
        row = owed("hospital-steps")
        assert row is not None
        assert row.done_at is None, f"before {key}"
        hands.on(hours=1)
        step(told, key, cast, hands)
    row = owed("hospital-steps")
    assert row is not None
    assert row.done_at == hands.now


def test_where_harm_is_ruled_out_fewer_steps_are_owed_from_then_on(
    told: HospitalNotification, cast: Cast, hands: Hands
) -> None:
    for key in ALWAYS:
        step(told, key, cast, hands)
    hands.on(hours=3)
    assert (row := owed("hospital-steps")) is not None
    assert row.done_at is None
    actions.review_harm(
        notification=told, answer="no", why="A brittle bone, as the scan shows", occurred_at=hands.now, by=cast.manager
    )
    assert (row := owed("hospital-steps")) is not None
    assert row.done_at == hands.now
    assert owed("discharge-plan") is None


def test_only_a_manager_rules_harm_out_or_a_strategy_discussion(
    told: HospitalNotification, cast: Cast, hands: Hands
) -> None:
    with pytest.raises(Refused, match="manager"):
        actions.review_harm(
            notification=told, answer="no", why="She fell, she says", occurred_at=hands.now, by=cast.worker
        )
    with pytest.raises(Refused, match="manager"):
        step(told, "strategy", cast, hands, needed=False)
    step(told, "strategy", cast, hands, needed=False, by=cast.manager)
    with pytest.raises(Refused, match="already"):
        actions.review_harm(
            notification=told, answer="not-known", why="Still not clear", occurred_at=hands.now, by=cast.manager
        )
    actions.review_harm(
        notification=told, answer="yes", why="The X-ray shows an older break", occurred_at=hands.now, by=cast.worker
    )
    assert told.harm_at() == "yes"


@pytest.mark.parametrize("harm", ["yes", "not-known"])
def test_a_child_whom_somebody_may_have_harmed_does_not_leave_as_agreed_without_a_plan(
    tell: Tell, cast: Cast, hands: Hands, harm: str
) -> None:
    told = tell(harm=harm)
    with pytest.raises(Refused, match="There is no discharge plan"):
        leave(told, cast, hands)
    assert Discharge.objects.count() == 0
    row = owed("discharge-plan")
    assert row is not None
    assert (row.due_at, row.done_at) == (None, None)


def test_with_a_plan_the_child_leaves_and_the_plan_is_met(
    told: HospitalNotification, plan: Plan, cast: Cast, hands: Hands
) -> None:
    hands.on(hours=2)
    plan()
    agreed = hands.now
    hands.on(hours=20)
    with pytest.raises(
        Refused, match=r"no discharge plan had been agreed yet: the plan was agreed later. Check when the child left"
    ):
        leave(told, cast, hands, occurred_at=agreed - timedelta(hours=1))
    leave(told, cast, hands)
    row = owed("discharge-plan")
    assert row is not None
    assert (row.done_at, row.due_at) == (agreed, hands.now)
    assert owed("unplanned-discharge") is None
    with pytest.raises(Refused, match="recorded already"):
        leave(told, cast, hands)


def test_a_plan_is_agreed_by_two_people_of_ours_and_a_consultant(plan: Plan, cast: Cast) -> None:
    for other in (
        {"consultant": "n/a"}, {"visits": " "}, {"manager": cast.senior}, {"worker": cast.manager}, {"worker": cast.member},
    ):  # fmt: skip
        with pytest.raises(Refused):
            plan(**other)
    assert DischargePlan.objects.count() == 0


@pytest.mark.parametrize("how", ["hospital", "removed"])
def test_a_child_who_left_without_a_plan_is_recorded_and_goes_to_the_group_manager(
    told: HospitalNotification, plan: Plan, cast: Cast, hands: Hands, how: str
) -> None:
    with pytest.raises(Refused, match="what was done about it"):
        leave(told, cast, hands, how, done=" ")
    leave(told, cast, hands, how)
    row = owed("unplanned-discharge")
    assert row is not None
    assert (row.owner, row.due_at) == (cast.group_manager, hands.now + timedelta(hours=4))
    missed = owed("discharge-plan")
    assert missed is not None
    assert (missed.due_at, missed.done_at) == (hands.now, None)
    hands.on(hours=1)
    for officer in (cast.worker, cast.manager):
        with pytest.raises(NotAllowed):
            actions.answer_escalation(
                notification=told, words="Visit tonight with the police", occurred_at=hands.now, by=officer
            )
    actions.answer_escalation(
        notification=told, words="Visit tonight with the police", occurred_at=hands.now, by=cast.group_manager
    )
    row = owed("unplanned-discharge")
    assert row is not None
    assert row.done_at == hands.now
    plan()
    missed = owed("discharge-plan")
    assert missed is not None
    assert missed.done_at is not None
    assert missed.due_at is not None
    assert missed.done_at > missed.due_at, "a plan that is made afterwards is late"


def test_without_concern_a_child_leaves_without_a_plan(tell: Tell, cast: Cast, hands: Hands) -> None:
    told = tell(harm="no")
    assert owed("discharge-plan") is None
    leave(told, cast, hands)
    assert owed("unplanned-discharge") is None
    with pytest.raises(Refused, match="Nothing is owed"):
        actions.answer_escalation(
            notification=told, words="Visit tonight", occurred_at=hands.now, by=cast.group_manager
        )


def test_harm_that_was_seen_before_but_recorded_after_a_discharge_shows(tell: Tell, cast: Cast, hands: Hands) -> None:
    told = tell(harm="no")
    seen = hands.on(hours=1)
    hands.on(hours=1)
    leave(told, cast, hands)
    hands.on(hours=1)
    actions.review_harm(
        notification=told, answer="yes", why="What the ward saw at noon", occurred_at=seen, by=cast.worker
    )
    plan_row, answer_row = owed("discharge-plan"), owed("unplanned-discharge")
    assert plan_row is not None
    assert plan_row.done_at is None
    assert answer_row is not None
    with pytest.raises(Refused, match="cannot be ruled out"):
        actions.review_harm(
            notification=told, answer="no", why="It was nothing after all", occurred_at=hands.now, by=cast.manager
        )


def test_a_child_who_has_been_there_for_three_months_is_visited(
    told: HospitalNotification, cast: Cast, hands: Hands
) -> None:
    row = owed("long-hospital-stay")
    assert row is not None
    assert row.since_at.date().isoformat() == "2004-01-01"
    hands.on(days=95)
    actions.visit_on_ward(notification=told, seen="Plays with the others", occurred_at=hands.now, by=cast.worker)
    row = owed("long-hospital-stay")
    assert row is not None
    assert row.done_at == hands.now


def test_who_left_before_three_months_owes_no_such_visit(tell: Tell, cast: Cast, hands: Hands) -> None:
    told = tell(harm="no")
    hands.on(days=3)
    leave(told, cast, hands)
    assert owed("long-hospital-stay") is None


def test_nothing_is_before_the_hospital_told_us_or_in_the_future(
    told: HospitalNotification, plan: Plan, cast: Cast, hands: Hands
) -> None:
    for at in (hands.now - timedelta(days=1), hands.now + timedelta(hours=1)):
        with pytest.raises(Refused):
            plan(occurred_at=at)
        with pytest.raises(Refused):
            leave(told, cast, hands, "hospital", occurred_at=at)
