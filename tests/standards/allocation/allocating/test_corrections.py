"""Correcting what was said of an allocation; and what passes when the file goes on to somebody else."""

from datetime import timedelta

import pytest

from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.standards.allocation.allocating import actions, corrections
from goldenthread.standards.allocation.allocating.models import Allocation, AllocationAnswer, RefusalRuling
from tests.conftest import Cast
from tests.standards.allocation.allocating.conftest import Allocate, owed
from tests.standards.referrals.conftest import Hands

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused(allocate: Allocate, cast: Cast, hands: Hands) -> AllocationAnswer:
    """Ben cannot take it on, and said so after an hour."""
    made = allocate()
    hands.on(hours=1)
    return actions.answer_allocation(
        allocation=made, answer="refused", words="On leave from Monday", occurred_at=hands.now, by=cast.colleague
    )


def rule(allocation: Allocation, cast: Cast, hands: Hands) -> RefusalRuling:
    return actions.rule_on_refusal(
        allocation=allocation, words="Carys goes until Ben is back", occurred_at=hands.now, by=cast.manager
    )


def test_an_answer_is_corrected_by_whoever_gave_it(refused: AllocationAnswer, cast: Cast, hands: Hands) -> None:
    with pytest.raises(NotAllowed, match="who gave it"):
        corrections.correct(fact=refused, changes={"words": "On leave"}, reason="Said otherwise", by=cast.manager)
    with pytest.raises(Refused, match="why you cannot"):
        corrections.correct(fact=refused, changes={"words": ""}, reason="Said otherwise", by=cast.colleague)
    fixed = corrections.correct(
        fact=refused, changes={"words": "On leave from Tuesday"}, reason="The wrong day", by=cast.colleague
    )
    corrections.withdraw(fact=fixed, reason="Meant for another family", by=cast.colleague)
    (accepted,) = owed("accepted")
    assert accepted.done_at is None
    assert owed("refusal-ruled") == []
    actions.answer_allocation(
        allocation=refused.allocation, answer="accepted", occurred_at=hands.now, by=cast.colleague
    )
    (accepted,) = owed("accepted")
    assert (accepted.done_at, accepted.owner) == (hands.now, cast.colleague)


def test_a_refusal_that_was_ruled_on_happened(refused: AllocationAnswer, cast: Cast, hands: Hands) -> None:
    (ruled,) = owed("refusal-ruled")
    assert (ruled.owner, ruled.done_at) == (cast.manager, None), "whoever allocated it owes the ruling"
    hands.on(hours=1)
    made = rule(refused.allocation, cast, hands)
    with pytest.raises(Refused, match="it happened"):
        corrections.withdraw(fact=refused, reason="Meant for another family", by=cast.colleague)
    hands.on(hours=1)
    with pytest.raises(Refused, match="ruled on it before that"):
        corrections.correct(
            fact=refused, changes={"occurred_at": hands.now}, reason="Later than that", by=cast.colleague
        )
    with pytest.raises(Refused, match="before the refusal"):
        corrections.correct(
            fact=made, changes={"occurred_at": refused.occurred_at - timedelta(minutes=5)}, reason="Earlier",
            by=cast.manager,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        corrections.withdraw(fact=made, reason="Not ruled at all", by=cast.colleague)
    corrections.withdraw(fact=made, reason="Said of another worker", by=cast.manager)
    (ruled,) = owed("refusal-ruled")
    assert ruled.done_at is None


def test_what_was_not_due_on_an_allocation_passes_with_the_file_and_what_was_stays_with_whom_it_names(
    allocate: Allocate, cast: Cast, hands: Hands
) -> None:
    first = allocate()
    hands.on(hours=1)
    second = allocate(worker=cast.senior, others=[], allocated_at=hands.now)
    (answer,) = owed("accepted")
    assert (answer.subject_id, answer.owner) == (second.pk, cast.senior), "Ben's was not due, and owes nothing"
    hands.on(days=7)
    allocate(worker=cast.worker, others=[], allocated_at=hands.now)
    late = owed("accepted", subject_id=second.pk)
    assert [(one.owner, one.team, one.done_at) for one in late] == [(cast.senior, cast.east, None)]
    assert owed("discussed", subject_id=first.pk) == []
