"""Giving a case to a worker and saying what for; the worker's answer; and who is told while there is none."""

from datetime import timedelta
from typing import Any

import pytest

from goldenthread.cases.models import CaseFile, Child, Holding, Restriction
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.obligations import ledger
from goldenthread.obligations.handover import hand_over
from goldenthread.standards.allocation.allocating import actions
from goldenthread.standards.allocation.allocating.models import Allocation
from tests.conftest import Cast
from tests.standards.allocation.allocating.conftest import Allocate, owed
from tests.standards.referrals.conftest import Hands

pytestmark = pytest.mark.django_db


def test_an_allocation_gives_the_file_to_the_worker_and_says_what_is_expected_of_whom(
    allocate: Allocate, waiting: CaseFile, cast: Cast, hands: Hands
) -> None:
    made = allocate()
    waiting.refresh_from_db()
    assert waiting.worker == cast.colleague
    assert (made.holding.worker, made.holding.since_at) == (cast.colleague, hands.now)
    assert [(one.officer, one.who) for one in made.expectations.all()] == [
        (None, "The health visitor"),
        (cast.senior, ""),
    ]
    entry = TrailEntry.objects.filter(deed="allocate").get()
    assert entry.officer == "dev"
    assert "safe" not in str(entry.detail)
    (stated,) = owed("purpose-stated", subject_id=made.holding_id)
    assert stated.done_at == hands.now
    (accepted,) = owed("accepted")
    assert (accepted.owner, accepted.done_at) == (cast.colleague, None)


def test_one_submission_twice_makes_one_allocation(allocate: Allocate) -> None:
    assert allocate(token="abc") == allocate(token="abc")
    assert Holding.objects.count() == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"purpose": "n/a"}, {"expected": " "}, {"others": [(None, "", "Weighs the child")]},
        {"others": [(None, "The health visitor", "tbc")]},
    ],
)  # fmt: skip
def test_one_that_says_nothing_is_refused_and_changes_nothing(
    allocate: Allocate, waiting: CaseFile, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        allocate(**wrong)
    waiting.refresh_from_db()
    assert waiting.worker is None
    assert Allocation.objects.count() == 0


def test_it_goes_to_a_worker_of_the_team_by_who_may_decide(allocate: Allocate, cast: Cast, hands: Hands) -> None:
    with pytest.raises(Refused, match="does not work in Referral and assessment east"):
        allocate(worker=cast.stranger)
    with pytest.raises(NotAllowed):
        allocate(by=cast.colleague)
    with pytest.raises(Refused, match="future"):
        allocate(allocated_at=hands.now + timedelta(days=1))
    assert Allocation.objects.count() == 0


def test_it_goes_to_nobody_to_whom_the_record_is_closed(
    allocate: Allocate, waiting: CaseFile, child: Child, cast: Cast, hands: Hands
) -> None:
    made = Restriction.objects.create(
        child=child, level="restricted", reason="A relative works here", contact=cast.head, since_at=hands.now,
        recorded_at=hands.now, by=cast.head,
    )  # fmt: skip
    made.named.set([cast.manager, cast.senior])
    ledger.refresh(made)
    with pytest.raises(Refused, match="Ben Okafor may not open this case file"):
        allocate()
    allocate(worker=cast.senior, others=[])


def test_the_purpose_is_owed_for_whoever_holds_the_file_however_they_came_to_it(
    waiting: CaseFile, cast: Cast, hands: Hands
) -> None:
    # Asha lost it within the hour: nothing is owed for that. Ben has it without a word: that is owed.
    assert owed("purpose-stated") == []
    hands.on(hours=1)
    holding = hand_over(case_file=waiting, team=cast.east, worker=cast.colleague, since_at=hands.now, by=cast.manager)
    (stated,) = owed("purpose-stated")
    assert (stated.subject_id, stated.done_at, stated.owner) == (holding.pk, None, cast.colleague)
    hands.on(hours=2)
    made = actions.allocate(
        case_file=waiting, worker=cast.colleague, purpose="Keep the child safe at home", expected="Visit each week",
        allocated_at=hands.now, by=cast.manager,
    )  # fmt: skip
    assert made.holding == holding
    (stated,) = owed("purpose-stated")
    assert stated.done_at == hands.now


def test_only_the_worker_answers_and_a_refusal_says_why_and_is_ruled_on(
    allocate: Allocate, waiting: CaseFile, cast: Cast, hands: Hands
) -> None:
    made = allocate()
    hands.on(hours=1)
    with pytest.raises(NotAllowed, match="whom it names"):
        actions.answer_allocation(allocation=made, answer="accepted", occurred_at=hands.now, by=cast.manager)
    with pytest.raises(Refused, match="why you cannot"):
        actions.answer_allocation(allocation=made, answer="refused", occurred_at=hands.now, by=cast.colleague)
    with pytest.raises(Refused, match="has not refused"):
        actions.rule_on_refusal(allocation=made, words="It stands", occurred_at=hands.now, by=cast.manager)
    actions.answer_allocation(
        allocation=made,
        answer="refused",
        words="Twenty-one cases, and leave from Monday",
        occurred_at=hands.now,
        by=cast.colleague,
    )
    waiting.refresh_from_db()
    assert waiting.worker == cast.colleague, "nobody drops a child by saying no"
    (answered,), (ruled,) = owed("accepted"), owed("refusal-ruled")
    assert (answered.done_at, ruled.done_at) == (hands.now, None)
    hands.on(hours=1)
    actions.rule_on_refusal(
        allocation=made, words="Two cases go to Carys first", occurred_at=hands.now, by=cast.manager
    )
    (ruled,) = owed("refusal-ruled")
    assert ruled.done_at == hands.now
    with pytest.raises(Refused, match="answered already"):
        actions.answer_allocation(allocation=made, answer="accepted", occurred_at=hands.now, by=cast.colleague)


def test_a_refusal_is_over_when_the_file_is_given_to_somebody_else(
    allocate: Allocate, cast: Cast, hands: Hands
) -> None:
    first = allocate()
    hands.on(hours=1)
    actions.answer_allocation(
        allocation=first, answer="refused", words="The family is known to me", occurred_at=hands.now, by=cast.colleague
    )
    hands.on(hours=1)
    allocate(worker=cast.senior, others=[], allocated_at=hands.now)
    (ruled,) = owed("refusal-ruled")
    assert ruled.done_at == hands.now


def test_it_is_talked_over_in_supervision(allocate: Allocate, cast: Cast, hands: Hands) -> None:
    made = allocate()
    hands.on(days=3)
    with pytest.raises(Refused):
        actions.discuss_allocation(
            allocation=made, words="ok", occurred_at=hands.now - timedelta(days=9), by=cast.manager
        )
    actions.discuss_allocation(
        allocation=made, words="What to do if the door stays shut", occurred_at=hands.now, by=cast.manager
    )
    (talked,) = owed("discussed")
    assert talked.done_at == hands.now
