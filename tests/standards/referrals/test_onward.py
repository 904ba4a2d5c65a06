"""Onward referrals, what the police are told of them, and chasers."""

from datetime import timedelta

import pytest

from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations.models import Obligation
from goldenthread.standards.referrals import actions, onward
from goldenthread.standards.referrals.models import OnwardReferral, Referral
from tests.conftest import Cast
from tests.standards.referrals.conftest import Hands, Take
from tests.standards.referrals.test_actions import open_keys


@pytest.fixture
def made(referral: Referral, cast: Cast, hands: Hands) -> OnwardReferral:
    """An onward referral to a counselling service."""
    return onward.refer_onward(
        referral=referral,
        agency_kind="voluntary",
        agency_name="Harbour Counselling",
        purpose="Six sessions on sleep and fear",
        made_at=hands.now,
        by=cast.worker,
    )


def test_an_onward_referral_owes_a_response_and_has_its_purpose(made: OnwardReferral) -> None:
    assert "referrals.onward-response" in open_keys(made.referral)
    purpose = Obligation.objects.get(requirement="referrals.onward-purpose")
    assert purpose.done_at is not None


@pytest.mark.parametrize("purpose", ["", "see above", "as required", "for information", "xxx"])
def test_a_purpose_that_says_nothing_is_refused(referral: Referral, cast: Cast, hands: Hands, purpose: str) -> None:
    with pytest.raises(Refused, match="what the agency is asked to do"):
        onward.refer_onward(
            referral=referral,
            agency_kind="health",
            agency_name="Community nursing",
            purpose=purpose,
            made_at=hands.now,
            by=cast.worker,
        )
    assert not OnwardReferral.objects.exists()


def test_an_onward_referral_is_to_a_named_agency(referral: Referral, cast: Cast, hands: Hands) -> None:
    with pytest.raises(Refused, match="name of the agency"):
        onward.refer_onward(
            referral=referral,
            agency_kind="health",
            agency_name="tbc",
            purpose="A hearing test this month",
            made_at=hands.now,
            by=cast.worker,
        )


def test_the_police_are_told_of_an_onward_referral_only_of_a_possible_offence(
    made: OnwardReferral, cast: Cast, hands: Hands
) -> None:
    assert "referrals.police-told-onward" not in open_keys(made.referral)
    actions.consider_offence(referral=made.referral, answer="yes", occurred_at=hands.on(hours=1), by=cast.worker)
    assert "referrals.police-told-onward" in open_keys(made.referral)
    onward.tell_police_of_onward(onward=made, told="DS Okonjo", occurred_at=hands.on(hours=1), by=cast.worker)
    assert "referrals.police-told-onward" not in open_keys(made.referral)


def test_each_onward_referral_owes_its_own_response(made: OnwardReferral, cast: Cast, hands: Hands) -> None:
    onward.refer_onward(
        referral=made.referral,
        agency_kind="health",
        agency_name="Community nursing",
        purpose="A hearing test this month",
        made_at=hands.now,
        by=cast.worker,
    )
    onward.record_response(onward=made, answer="accepted", occurred_at=hands.on(days=1), by=cast.worker)
    open_ones = Obligation.objects.open().filter(requirement="referrals.onward-response")
    assert open_ones.count() == 1


def test_a_refusal_says_what_they_said_and_follows_the_referral(made: OnwardReferral, cast: Cast, hands: Hands) -> None:
    with pytest.raises(Refused, match="what they said"):
        onward.record_response(onward=made, answer="declined", occurred_at=hands.now, by=cast.worker)
    with pytest.raises(Refused, match="before the onward referral"):
        onward.record_response(
            onward=made, answer="accepted", occurred_at=hands.now - timedelta(hours=1), by=cast.worker
        )
    with pytest.raises(NotAllowed):
        onward.record_response(onward=made, answer="accepted", occurred_at=hands.now, by=cast.stranger)


def test_a_chaser_has_our_reference_and_no_child(referral: Referral, cast: Cast) -> None:
    chaser = onward.draft_chaser(referral=referral, by=cast.worker)
    assert referral.reference in chaser.words
    assert "1 October 2003" in chaser.words
    assert "Juno" not in chaser.words
    assert "Aldergate" not in chaser.words
    with pytest.raises(Refused, match="child's name"):
        onward.draft_chaser(referral=referral, by=cast.worker, words="Please write to us about juno aldergate.")


def test_nobody_is_chased_for_what_came_or_was_never_owed(
    take: Take, referral: Referral, cast: Cast, hands: Hands
) -> None:
    actions.confirm_in_writing(referral=referral, how="email", received_at=hands.now, by=cast.worker)
    for settled in (referral, take(route="letter")):
        with pytest.raises(Refused, match="No written confirmation is owed"):
            onward.draft_chaser(referral=settled, by=cast.worker)
