"""Correcting what was recorded of a transfer: what stands, what it leads to, and what is not taken back."""

from datetime import timedelta

import pytest

from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.standards.allocation.transferring import corrections
from goldenthread.standards.allocation.transferring.course import course_of
from goldenthread.standards.allocation.transferring.models import Transfer
from tests.conftest import Cast
from tests.standards.allocation.transferring.conftest import DAY, Deeds, owed
from tests.standards.referrals.conftest import Hands

WHY = "It was another case"


def test_an_acceptance_that_is_taken_back_was_none(deeds: Deeds, cast: Cast, hands: Hands) -> None:
    answer = deeds.accept()
    assert owed("handover")
    with pytest.raises(NotAllowed):
        corrections.withdraw(fact=answer, reason=WHY, by=cast.manager)
    with pytest.raises(Refused, match="why it is corrected"):
        corrections.withdraw(fact=answer, reason="", by=deeds.receiver)
    hands.on(hours=1)
    corrections.withdraw(fact=answer, reason=WHY, by=deeds.receiver)
    assert course_of(Transfer.objects.get()).agreed is None
    assert owed("handover") == []
    assert owed("answered")[0].done_at is None


def test_what_a_case_went_over_on_stays(deeds: Deeds, cast: Cast, hands: Hands) -> None:
    hands.on(days=1)
    answer, record, visit = deeds.accept(), deeds.handover(), deeds.visit()
    blocked = deeds.obstacle()
    cleared = deeds.clear(blocked)
    hands.on(hours=1)
    deeds.complete()
    for fact, by in (
        (answer, deeds.receiver),
        (record, cast.stranger),
        (blocked, deeds.receiver),
        (cleared, cast.stranger),
    ):
        with pytest.raises(Refused, match="has gone over"):
            corrections.withdraw(fact=fact, reason=WHY, by=by)
    with pytest.raises(Refused, match="went over on this"):
        corrections.correct(
            fact=record, changes={"occurred_at": hands.now - timedelta(hours=2)}, reason=WHY, by=cast.stranger
        )
    said = corrections.correct(fact=record, changes={"where": "Assessed, and no plan"}, reason=WHY, by=cast.stranger)
    assert said.first_id == record.pk
    mended = corrections.correct(fact=visit, changes={"words": "Juno was shy"}, reason=WHY, by=cast.stranger)
    assert list(mended.children.all()) == list(visit.children.all())
    assert owed("joint-visit")[0].done_at == visit.occurred_at
    corrections.withdraw(fact=mended, reason="It was her sister", by=cast.stranger)
    assert owed("joint-visit")[0].done_at is None


def test_what_ended_a_transfer_is_not_taken_back(deeds: Deeds, cast: Cast, hands: Hands) -> None:
    ended = deeds.withdraw()
    with pytest.raises(Refused, match="has ended by this"):
        corrections.withdraw(fact=ended, reason=WHY, by=cast.manager)
    corrections.correct(fact=ended, changes={"words": "They moved away"}, reason=WHY, by=cast.manager)


def test_a_ruling_keeps_the_disagreement_it_is_about(deeds: Deeds, cast: Cast, hands: Hands) -> None:
    hands.on(days=1)
    said = deeds.disagree()
    ruling = deeds.rule()
    with pytest.raises(Refused, match="take the ruling back first"):
        corrections.withdraw(fact=said, reason=WHY, by=deeds.receiver)
    with pytest.raises(NotAllowed):
        corrections.correct(fact=ruling, changes={"words": "She goes"}, reason=WHY, by=cast.manager)
    with pytest.raises(Refused, match="before the receiving team disagreed"):
        corrections.correct(fact=ruling, changes={"occurred_at": hands.now - DAY}, reason=WHY, by=cast.head)
    corrections.withdraw(fact=ruling, reason=WHY, by=cast.head)
    assert course_of(Transfer.objects.get()).disputed
    corrections.withdraw(fact=said, reason=WHY, by=deeds.receiver)
    assert not course_of(Transfer.objects.get()).disputed


def test_times_stay_in_order(deeds: Deeds, cast: Cast, hands: Hands) -> None:
    hands.on(days=1)
    obstacle = deeds.obstacle()
    hands.on(days=1)
    cleared = deeds.clear(obstacle)
    with pytest.raises(Refused, match="was named"):
        corrections.correct(fact=cleared, changes={"occurred_at": hands.now - 2 * DAY}, reason=WHY, by=cast.manager)
    hands.on(days=1)
    with pytest.raises(Refused, match="after it was cleared"):
        corrections.correct(fact=obstacle, changes={"occurred_at": hands.now}, reason=WHY, by=deeds.receiver)
    with pytest.raises(Refused, match="transfer was asked"):
        corrections.correct(fact=obstacle, changes={"occurred_at": hands.now - 9 * DAY}, reason=WHY, by=deeds.receiver)
    corrections.withdraw(fact=cleared, reason=WHY, by=cast.manager)
    assert len(course_of(Transfer.objects.get()).in_the_way) == 1
    corrections.withdraw(fact=obstacle, reason=WHY, by=deeds.receiver)
    assert owed("obstacle") == []
    with pytest.raises(Refused, match="taken back"):
        deeds.clear(obstacle)
