"""What is owed on assessments and plans: from when, by when, to whom, and what settles it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from goldenthread.cases.models import Child
from goldenthread.core.clock import LONDON, day_of
from goldenthread.obligations.verdicts import verdict
from goldenthread.standards.assessment.assessing import actions, corrections, hearing, signing
from goldenthread.standards.assessment.assessing.clocks import clocks, due_at, kinds_on
from goldenthread.standards.assessment.assessing.models import Assessment, ChildInNeedPlan
from goldenthread.standards.referrals import actions as referrals
from goldenthread.standards.referrals import corrections as mending
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.assessment.assessing.conftest import (
    TEXTS,
    Finish,
    fresh,
    owed,
    review,
    sign_plan,
    write_all,
)
from tests.standards.referrals.conftest import Hands, Take


def one(record: Any, key: str) -> Any:
    found = owed(record, key)
    assert len(found) == 1, f"{key}: {found}"
    return found[0]


def test_a_decision_to_assess_owes_a_start_within_a_working_day(
    referral: Referral, cast: Cast, hands: Hands, child: Child
) -> None:
    assert owed(referral, "started") == []
    referrals.decide(referral=referral, what="services", reason="A club", occurred_at=hands.now, by=cast.manager)
    assert owed(referral, "started") == []
    at = hands.on(hours=2)
    decision = referrals.decide(
        referral=referral, what="assessment", reason="Nobody has explained it", occurred_at=at, by=cast.manager
    )
    row = one(referral, "started")
    assert (row.since_at, row.done_at, day_of(row.due_at)) == (at, None, date(2003, 10, 2))
    started = hands.on(hours=1)
    actions.start_assessment(
        case_file=referral.case_file, kind="initial", children=[child], purpose="Can he stay at home?",
        expectations="The school tells us what it sees", started_at=started, referral=referral, by=cast.worker,
    )  # fmt: skip
    assert one(referral, "started").done_at == started
    mending.correct(fact=decision, changes={"what": "services"}, reason="It was pressed by mistake", by=cast.manager)
    assert owed(referral, "started") == []


def test_the_parts_are_owed_by_the_day_on_which_the_assessment_is(
    assessment: Assessment, cast: Cast, hands: Hands
) -> None:
    write_all(assessment, cast.worker, conclusions="tbc")
    row = one(assessment, "four-parts")
    assert (row.due_at, row.done_at) == (due_at(assessment), None)
    at = hands.on(days=3)
    actions.write_part(assessment=assessment, part="conclusions", text=TEXTS["conclusions"], by=cast.worker)
    assert one(assessment, "four-parts").done_at == at
    hands.on(days=3)
    actions.write_part(assessment=assessment, part="analysis", text="Better words for the same", by=cast.worker)
    assert one(assessment, "four-parts").done_at == at, "rewriting does not make it later"
    actions.write_part(assessment=assessment, part="analysis", text="tbc", by=cast.worker)
    assert one(assessment, "four-parts").done_at is None


def test_it_counts_as_complete_when_it_is_signed_off_and_not_while_it_is_reopened(
    finish: Finish, cast: Cast, hands: Hands
) -> None:
    assessment = finish("handed-in")
    assert one(assessment, "signed-off-core").done_at is None
    assert owed(assessment, "signed-off-initial") == []
    signing.sign_off(assessment=assessment, reason="It is whole", occurred_at=hands.on(hours=1), by=cast.manager)
    first = hands.now
    assert one(assessment, "signed-off-core").done_at == first
    signing.reopen(
        assessment=assessment, reason="His sister was forgotten", occurred_at=hands.on(days=90), by=cast.manager
    )
    row = one(assessment, "signed-off-core")
    assert row.done_at is None
    assert str(verdict(row, hands.now)) == "overdue"
    actions.hand_in(assessment=assessment, occurred_at=hands.now, by=cast.worker)
    signing.sign_off(assessment=assessment, reason="Now it is whole", occurred_at=hands.now, by=cast.manager)
    assert str(verdict(one(assessment, "signed-off-core"), hands.now)) == "late"


def test_what_is_returned_is_owed_again_in_five_working_days_each_time(
    finish: Finish, cast: Cast, hands: Hands
) -> None:
    assessment = finish("handed-in")
    for number in (1, 2):
        signing.return_for_more_work(
            assessment=assessment, reason="The analysis tells new facts", occurred_at=hands.on(days=1), by=cast.manager
        )
        rows = owed(assessment, "returned")
        assert len(rows) == number
        assert (rows[-1].since_at, rows[-1].done_at) == (hands.now, None)
        at = hands.on(days=1)
        actions.hand_in(assessment=assessment, occurred_at=at, by=cast.worker)
        assert owed(assessment, "returned")[-1].done_at == at
    assert day_of(owed(assessment, "returned")[0].due_at or at) == date(2003, 10, 9)


def test_each_child_is_owed_to_be_seen_and_to_be_heard(
    decided: Referral, child: Child, sibling: Child, cast: Cast, hands: Hands
) -> None:
    decided.case_file.children.add(sibling)
    both = actions.start_assessment(
        case_file=decided.case_file, kind="core", children=[child, sibling], purpose="Can they stay at home?",
        expectations="The school tells us what it sees", started_at=hands.now, by=cast.worker,
    )  # fmt: skip
    assert {row.key for row in owed(both, "child-seen")} == {f"child-{child.pk}", f"child-{sibling.pk}"}
    at = hands.on(hours=1)
    fact = hearing.record_seen(
        assessment=both, child=child, seen=False, why_not_seen="Nobody was in, twice", occurred_at=at, by=cast.worker
    )
    hearing.record_views(assessment=both, child=sibling, why_none="A baby of a year", occurred_at=at, by=cast.worker)
    assert {row.key: row.done_at for row in owed(both, "child-seen")} == {
        f"child-{child.pk}": at, f"child-{sibling.pk}": None,
    }  # fmt: skip
    assert {row.key: row.done_at for row in owed(both, "childs-views")} == {
        f"child-{child.pk}": None, f"child-{sibling.pk}": at,
    }  # fmt: skip
    assert {row.due_at for row in owed(both, "childs-views")} == {due_at(both)}
    corrections.withdraw(fact=fact, reason="It was another family's", by=cast.worker)
    assert {row.done_at for row in owed(both, "child-seen")} == {None}


def test_what_is_recorded_late_is_known_late(assessment: Assessment, child: Child, cast: Cast, hands: Hands) -> None:
    at = hands.now
    recorded = hands.on(days=4)
    hearing.record_seen(
        assessment=assessment,
        child=child,
        seen=True,
        alone=True,
        seen_by="Asha",
        way="play",
        occurred_at=at,
        by=cast.worker,
    )
    row = one(assessment, "child-seen")
    assert (row.done_at, row.done_known_at) == (at, recorded)


@pytest.mark.parametrize(
    ("day", "kind", "since", "days"),
    [
        (date(2003, 10, 1), "initial", "the referral", 7),
        (date(2003, 10, 1), "core", "the start", 35),
        (date(2003, 10, 1), "section-47", "the start", 35),
        (date(2010, 3, 16), "initial", "the referral", 7),
        (date(2010, 3, 17), "initial", "the referral", 10),
        (date(2013, 4, 12), "core", "the start", 35),
        (date(2013, 4, 15), "single", "the referral", 45),
        (date(2026, 11, 2), "single", "the referral", 45),
        (date(2026, 11, 2), "section-47", "the start", 45),
    ],
)
def test_each_kind_has_the_timescale_of_its_day_and_its_own_start(
    take: Take, cast: Cast, hands: Hands, child: Child, day: date, kind: str, since: str, days: int
) -> None:
    hands.now = datetime.combine(day, time(10), LONDON)
    referral = take()
    begun = hands.on(hours=2 if day == date(2013, 4, 12) else 26)
    made = actions.start_assessment(
        case_file=referral.case_file, kind=kind, children=[child], purpose="Can he stay at home?",
        expectations="The school tells us what it sees", started_at=begun, referral=referral, by=cast.worker,
    )  # fmt: skip
    clock = clocks(made, hands.now)[0]
    assert (clock.since, clock.of, clock.judged) == (since, days, True)
    row = one(made, f"signed-off-{kind}")
    assert row.due_at == due_at(made) == clock.due
    assert row.since_at == (referral.received_at if since == "the referral" else begun)


def test_both_starts_are_shown_where_they_differ(decided: Referral, cast: Cast, hands: Hands, child: Child) -> None:
    given: dict[str, Any] = {
        "case_file": decided.case_file, "kind": "initial", "children": [child], "purpose": "Can he stay at home?",
        "expectations": "The school tells us what it sees", "referral": decided, "by": cast.worker,
    }  # fmt: skip
    same_day = actions.start_assessment(started_at=hands.on(hours=1), **given)
    assert [clock.since for clock in clocks(same_day, hands.now)] == ["the referral"]
    later = actions.start_assessment(started_at=hands.on(days=2), **given)
    both = clocks(later, hands.now)
    assert [(clock.since, clock.judged, clock.day) for clock in both] == [
        ("the referral", True, 2),
        ("the start", False, 0),
    ]


def test_no_kind_is_left_without_a_rule_on_any_day() -> None:
    for day in (date(2003, 10, 1), date(2010, 3, 17), date(2013, 4, 14), date(2013, 4, 15), date(2026, 1, 1)):
        assert len(kinds_on(day)) == (3 if day < date(2013, 4, 15) else 2)


def test_a_referral_whose_time_is_put_right_moves_the_assessments_clock(
    decided: Referral, cast: Cast, hands: Hands, child: Child
) -> None:
    made = actions.start_assessment(
        case_file=decided.case_file, kind="initial", children=[child], purpose="Can he stay at home?",
        expectations="The school tells us what it sees", started_at=hands.on(hours=1), referral=decided, by=cast.worker,
    )  # fmt: skip
    earlier = decided.received_at - timedelta(days=2)
    mending.amend_referral(
        referral=decided, changes={"received_at": earlier}, reason="It had lain on a desk", by=cast.worker
    )
    row = one(made, "signed-off-initial")
    assert row.since_at == earlier
    assert row.due_at == due_at(fresh(made))


def test_a_signed_decision_for_a_plan_owes_one_and_the_plan_owes_its_reviews(
    finish: Finish, cast: Cast, hands: Hands, assessment: Assessment
) -> None:
    finish("handed-in")
    assert owed(assessment, "child-in-need-plan") == []
    signing.sign_off(assessment=assessment, reason="It is whole", occurred_at=hands.now, by=cast.manager)
    row = one(assessment, "child-in-need-plan")
    assert (row.since_at, row.done_at) == (hands.now, None)


@pytest.mark.parametrize("outcome", ["services", "strategy-discussion"])
def test_other_decisions_owe_no_plan(finish: Finish, outcome: str) -> None:
    assert owed(finish("signed-off", outcome=outcome), "child-in-need-plan") == []


def test_a_plan_is_reviewed_after_three_months_and_then_every_six(
    plan: ChildInNeedPlan, assessment: Assessment, cast: Cast, hands: Hands
) -> None:
    assert one(assessment, "child-in-need-plan").done_at is None
    assert owed(plan, "first-plan-review") == []
    sign_plan(plan, cast, hands)
    assert one(assessment, "child-in-need-plan").done_at == hands.now
    assert day_of(one(plan, "first-plan-review").due_at) == date(2004, 1, 1)
    assert owed(plan, "plan-review") == []
    at = hands.on(days=60)
    review(plan, cast.worker, at)
    assert one(plan, "first-plan-review").done_at == at
    row = one(plan, "plan-review")
    assert (row.since_at, row.done_at) == (at, None)
    assert day_of(row.due_at) == date(2004, 5, 30)
    review(plan, cast.worker, hands.on(days=200))
    rows = owed(plan, "plan-review")
    assert [str(verdict(row, hands.now)) for row in rows] == ["late", "due"]
    review(plan, cast.worker, hands.on(days=10), "end")
    assert [row.done_at is not None for row in owed(plan, "plan-review")] == [True, True], "an ended plan owes no more"


def test_the_holder_of_the_file_owes_it(assessment: Assessment, cast: Cast) -> None:
    assert {row.owner for row in owed(assessment, "four-parts")} == {cast.worker}
    assert assessment.started_at.astimezone(UTC).hour == 10
