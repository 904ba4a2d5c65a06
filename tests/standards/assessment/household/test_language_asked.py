"""That languages are asked at first contact: owed of whom, from when, and when it is done."""

from datetime import timedelta
from typing import Any

import pytest

from goldenthread.cases.models import Child
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations.models import Obligation
from goldenthread.standards.assessment.household.actions import ask_language, record_language
from goldenthread.standards.assessment.household.corrections import correct_known, withdraw_known
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.assessment.household.conftest import made_child, take_for
from tests.standards.referrals.conftest import Hands

TOLD: dict[str, Any] = {"answer": "told", "first": "som", "interpreter": "spoken"}


def owed(referral: Referral) -> Obligation | None:
    return Obligation.objects.filter(requirement="assessment.language-asked", subject_id=referral.pk).first()


def test_it_is_owed_from_the_referral_and_done_when_the_last_child_was_asked_about(cast: Cast, hands: Hands) -> None:
    one, other = made_child("Ada", "Heron"), made_child("Bo", "Heron")
    received = hands.now
    referral = take_for(cast, received, one, other)
    row = owed(referral)
    assert row is not None
    assert (row.since_at, row.done_at, row.owner) == (received, None, cast.worker)
    assert row.due_at is not None
    assert row.due_at.date() == (received + timedelta(days=1)).date()
    hands.on(hours=1)
    record_language(case_file=referral.case_file, child=one, occurred_at=hands.now, by=cast.worker, **TOLD)
    row = owed(referral)
    assert row is not None
    assert row.done_at is None
    asked = hands.on(hours=1)
    hands.on(days=1)
    record_language(case_file=referral.case_file, child=other, occurred_at=asked, by=cast.worker, answer="refused")
    row = owed(referral)
    assert row is not None
    assert (row.done_at, row.done_known_at) == (asked, hands.now)


def test_not_known_yet_settles_nothing_and_what_is_taken_back_is_owed_again(
    referral: Referral, child: Child, cast: Cast, hands: Hands
) -> None:
    given: dict[str, Any] = {"case_file": referral.case_file, "child": child, "by": cast.worker}
    honest = record_language(answer="not-known", occurred_at=hands.now, **given)
    row = owed(referral)
    assert row is not None
    assert row.done_at is None
    hands.on(hours=2)
    told = correct_known(
        fact=honest, changes={**TOLD, "occurred_at": hands.now}, reason="The mother rang back", **given
    )
    row = owed(referral)
    assert row is not None
    assert row.done_at == hands.now
    withdraw_known(fact=told, reason="It was another family's", **given)
    row = owed(referral)
    assert row is not None
    assert row.done_at is None


def test_it_is_not_owed_again_where_it_was_answered_before(
    referral: Referral, child: Child, cast: Cast, hands: Hands
) -> None:
    record_language(case_file=referral.case_file, child=child, occurred_at=hands.now, by=cast.worker, **TOLD)
    hands.on(days=40)
    assert owed(take_for(cast, hands.now, child)) is None
    newborn = made_child("Cy", "Heron")
    assert owed(take_for(cast, hands.now, child, newborn)) is not None


def test_it_is_worked_out_again_on_every_file_of_the_child(
    referral: Referral, child: Child, cast: Cast, hands: Hands
) -> None:
    elsewhere = take_for(cast, hands.now, child, by=cast.colleague, worker=cast.colleague)
    hands.on(minutes=5)
    record_language(case_file=referral.case_file, child=child, occurred_at=hands.now, by=cast.worker, **TOLD)
    row = owed(elsewhere)
    assert row is not None
    assert row.done_at == hands.now


def test_one_answer_for_the_children_of_a_referral(cast: Cast, hands: Hands) -> None:
    one, other = made_child("Ada", "Heron"), made_child("Bo", "Heron")
    referral = take_for(cast, hands.now, one, other)
    outside = made_child("Di", "Heron")
    for wrong in ([], [one, outside]):
        with pytest.raises(Refused, match="at least one child of this referral"):
            ask_language(referral=referral, children=wrong, occurred_at=hands.now, by=cast.worker, **TOLD)
    with pytest.raises(NotAllowed):
        ask_language(referral=referral, children=[one], occurred_at=hands.now, by=cast.stranger, **TOLD)
    assert (
        len(ask_language(referral=referral, children=[one, other], occurred_at=hands.now, by=cast.worker, **TOLD)) == 2
    )
    row = owed(referral)
    assert row is not None
    assert row.done_at == hands.now
