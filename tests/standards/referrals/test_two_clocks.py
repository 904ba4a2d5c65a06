"""When it was true and when it was known: late recording, corrections, and files that change hands."""

from datetime import datetime, timedelta

import pytest

from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations.handover import hand_over
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.verdicts import Verdict, verdict
from goldenthread.standards.referrals import actions, corrections, onward
from goldenthread.standards.referrals.models import Acknowledgement, Referral
from tests.conftest import Cast
from tests.standards.referrals.conftest import Hands
from tests.standards.referrals.test_actions import open_keys


def owed(referral: Referral, key: str) -> Obligation:
    """The one obligation of a kind on a referral."""
    return Obligation.objects.get(requirement=f"referrals.{key}", subject_id=referral.pk)


@pytest.fixture
def acknowledged(referral: Referral, cast: Cast, hands: Hands) -> Acknowledgement:
    """Acknowledged within the hour, and recorded three days later."""
    at = hands.now + timedelta(hours=1)
    hands.on(days=3)
    return actions.acknowledge(referral=referral, how="phone", occurred_at=at, by=cast.worker)


def test_what_was_recorded_late_was_not_known_at_the_time(acknowledged: Acknowledgement, hands: Hands) -> None:
    row = owed(acknowledged.referral, "acknowledgement")
    day_before_recording = hands.now - timedelta(hours=12)
    assert verdict(row, day_before_recording) is Verdict.OVERDUE
    assert verdict(row, day_before_recording, known_at=hands.now) is Verdict.MET


def test_mending_the_words_of_a_fact_does_not_make_it_late(
    acknowledged: Acknowledgement, cast: Cast, hands: Hands
) -> None:
    known = owed(acknowledged.referral, "acknowledgement").done_known_at
    hands.on(days=30)
    corrections.correct(fact=acknowledged, changes={"how": "letter"}, reason="It was a letter", by=cast.worker)
    assert owed(acknowledged.referral, "acknowledgement").done_known_at == known
    assert Acknowledgement.objects.count() == 2


def test_mending_the_date_of_a_fact_is_known_from_then(acknowledged: Acknowledgement, cast: Cast, hands: Hands) -> None:
    later = acknowledged.occurred_at + timedelta(days=2)
    corrections.correct(
        fact=acknowledged, changes={"occurred_at": later}, reason="The call book says the 3rd", by=cast.worker
    )
    row = owed(acknowledged.referral, "acknowledgement")
    assert row.done_at == later
    assert row.done_known_at == hands.now
    assert verdict(row, hands.now) is Verdict.LATE


def test_a_withdrawn_fact_is_owed_again(acknowledged: Acknowledgement, cast: Cast) -> None:
    gone = corrections.withdraw(fact=acknowledged, reason="It was another referral's", by=cast.worker)
    assert "referrals.acknowledgement" in open_keys(acknowledged.referral)
    for stale in (acknowledged, gone):
        with pytest.raises(Refused, match="taken back already"):
            corrections.withdraw(fact=stale, reason="It was another referral's", by=cast.worker)


def test_a_correction_says_why_changes_something_and_keeps_the_rules(
    acknowledged: Acknowledgement, cast: Cast, hands: Hands
) -> None:
    with pytest.raises(Refused, match="why it is corrected"):
        corrections.correct(fact=acknowledged, changes={"how": "letter"}, reason="", by=cast.worker)
    with pytest.raises(Refused, match="300 characters at most"):
        corrections.correct(fact=acknowledged, changes={"how": "letter"}, reason="A slip, " * 40, by=cast.worker)
    with pytest.raises(Refused, match="Nothing would change"):
        corrections.correct(fact=acknowledged, changes={"how": "phone"}, reason="A slip of mine", by=cast.worker)
    with pytest.raises(Refused, match="cannot be corrected"):
        corrections.correct(fact=acknowledged, changes={"recorded_at": hands.now}, reason="A slip", by=cast.worker)
    with pytest.raises(Refused, match="future"):
        corrections.correct(
            fact=acknowledged, changes={"occurred_at": hands.now + timedelta(1)}, reason="A slip", by=cast.worker
        )
    with pytest.raises(NotAllowed):
        corrections.correct(fact=acknowledged, changes={"how": "letter"}, reason="A slip", by=cast.stranger)


def test_advice_cannot_be_corrected_into_silence(referral: Referral, cast: Cast, hands: Hands) -> None:
    actions.consider_offence(referral=referral, answer="yes", occurred_at=hands.now, by=cast.worker)
    late = actions.advise_police(
        referral=referral, answer="not-yet", why="The line was engaged", occurred_at=hands.now, by=cast.worker
    )
    with pytest.raises(Refused, match="who was advised"):
        corrections.correct(fact=late, changes={"answer": "advised"}, reason="They called back", by=cast.worker)


def test_a_view_that_was_a_slip_is_corrected_and_takes_its_duty_with_it(
    referral: Referral, cast: Cast, hands: Hands
) -> None:
    view = actions.consider_offence(referral=referral, answer="yes", occurred_at=hands.now, by=cast.worker)
    corrections.correct(
        fact=view,
        changes={"answer": "no", "why": "The rash has a diagnosis"},
        reason="I pressed the wrong button",
        by=cast.worker,
    )
    assert "referrals.police-advised" not in open_keys(referral)


def test_a_response_stays_with_an_onward_referral_that_is_corrected(
    referral: Referral, cast: Cast, hands: Hands
) -> None:
    made = onward.refer_onward(
        referral=referral,
        agency_kind="health",
        agency_name="Community nursing",
        purpose="A hearing test this month",
        made_at=hands.now,
        by=cast.worker,
    )
    onward.record_response(onward=made, answer="accepted", occurred_at=hands.on(days=1), by=cast.worker)
    corrections.correct(
        fact=made, changes={"purpose": "A hearing and speech test"}, reason="Both were asked for", by=cast.worker
    )
    row = owed(referral, "onward-response")
    assert row.done_at is not None
    assert row.key == f"onward-{made.pk}"


def test_an_amended_referral_keeps_what_it_said(referral: Referral, cast: Cast, hands: Hands) -> None:
    before = referral.received_at - timedelta(days=1)
    corrections.amend_referral(
        referral=referral, changes={"received_at": before}, reason="The call book says Tuesday", by=cast.worker
    )
    assert owed(referral, "decision").since_at == before
    amendment = referral.amendments.get()
    assert amendment.field == "received_at"
    assert datetime.fromisoformat(amendment.was) == referral.received_at


def test_a_referral_cannot_be_moved_after_what_was_done_about_it(referral: Referral, cast: Cast, hands: Hands) -> None:
    actions.acknowledge(referral=referral, how="phone", occurred_at=hands.on(hours=1), by=cast.worker)
    hands.on(days=1)
    with pytest.raises(Refused, match="check the times"):
        corrections.amend_referral(
            referral=referral, changes={"received_at": hands.now}, reason="The call book says so", by=cast.worker
        )


def test_what_is_open_follows_the_file_and_what_is_settled_stays(referral: Referral, cast: Cast, hands: Hands) -> None:
    actions.acknowledge(referral=referral, how="phone", occurred_at=hands.on(hours=1), by=cast.worker)
    hand_over(
        case_file=referral.case_file, team=cast.east, worker=cast.colleague, since_at=hands.on(hours=1), by=cast.manager
    )
    assert owed(referral, "acknowledgement").owner == cast.worker
    assert owed(referral, "decision").owner == cast.colleague


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"by": "worker"}, NotAllowed, "may not"),
        ({"worker": "stranger"}, Refused, "not a worker of"),
        ({"worker": "worker"}, Refused, "these hands already"),
        ({"later": timedelta(hours=1)}, Refused, "future"),
        ({"later": timedelta(hours=-1)}, Refused, "before the file came"),
    ],
)
def test_a_file_changes_hands_only_as_it_can(
    referral: Referral, cast: Cast, hands: Hands, given: dict[str, object], error: type[Refused], message: str
) -> None:
    later = given.get("later", timedelta())
    assert isinstance(later, timedelta)
    with pytest.raises(error, match=message):
        hand_over(
            case_file=referral.case_file,
            team=cast.east,
            worker=getattr(cast, str(given.get("worker", "colleague"))),
            since_at=hands.now + later,
            by=getattr(cast, str(given.get("by", "manager"))),
        )
    assert referral.case_file.holdings.count() == 1


def test_a_file_handed_to_another_team_is_closed_to_the_first(referral: Referral, cast: Cast, hands: Hands) -> None:
    hand_over(case_file=referral.case_file, team=cast.west, worker=None, since_at=hands.now, by=cast.manager)
    for officer in (cast.worker, cast.colleague, cast.manager, cast.stranger):
        assert not Referral.objects.visible_to(officer).exists(), officer
    hand_over(case_file=referral.case_file, team=cast.west, worker=cast.stranger, since_at=hands.now, by=cast.head)
    assert Referral.objects.visible_to(cast.stranger).exists()
