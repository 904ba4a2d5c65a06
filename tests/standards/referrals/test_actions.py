"""Taking a referral and what is done about it: what each verb writes, and what it refuses."""

from datetime import date, timedelta

import pytest

from goldenthread.cases.actions import open_case_file
from goldenthread.cases.models import Child
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.obligations import ledger
from goldenthread.obligations.models import Obligation
from goldenthread.standards.referrals import actions
from goldenthread.standards.referrals.models import Agency, PoliceAdvice, Referral
from tests.conftest import Cast
from tests.standards.referrals.conftest import Hands, Take


def open_keys(referral: Referral) -> set[str]:
    """What this room still owes on a referral; later rooms owe more."""
    return set(
        Obligation.objects.open()
        .filter(subject_type="referrals.referral", subject_id=referral.pk, requirement__startswith="referrals.")
        .values_list("requirement", flat=True)
    )


def test_taking_a_referral_opens_a_case_file_in_the_team_that_took_it(
    referral: Referral, cast: Cast, child: Child
) -> None:
    assert referral.case_file.team == cast.east
    assert referral.case_file.worker == cast.worker
    assert list(referral.case_file.children.all()) == [child]
    assert referral.reference == f"R{referral.pk:06d}"


def test_a_phoned_agency_referral_owes_decision_acknowledgement_writing_and_the_question_of_offence(
    referral: Referral,
) -> None:
    assert open_keys(referral) == {
        "referrals.decision",
        "referrals.acknowledgement",
        "referrals.written-confirmation",
        "referrals.offence-considered",
    }


@pytest.mark.parametrize(
    ("given", "owed"),
    [
        ({"route": "letter"}, False),
        ({"route": "in-person"}, True),
        ({"agency_kind": "neighbour", "agency_name": ""}, False),
        ({"agency_kind": "other", "professional": True}, True),
    ],
)
def test_only_agencies_that_refer_by_word_of_mouth_owe_it_in_writing(
    take: Take, given: dict[str, object], owed: bool
) -> None:
    assert ("referrals.written-confirmation" in open_keys(take(**given))) is owed


def test_an_anonymous_referral_owes_no_acknowledgement_and_takes_none(take: Take, cast: Cast, hands: Hands) -> None:
    referral = take(agency_kind="anonymous", agency_name="", referrer_name="")
    assert "referrals.acknowledgement" not in open_keys(referral)
    with pytest.raises(Refused, match="nobody to acknowledge"):
        actions.acknowledge(referral=referral, how="letter", occurred_at=hands.now, by=cast.worker)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"agency_name": " "}, "Name the agency"),
        ({"referrer_name": ""}, "Name the person"),
        ({"concern": "tbc"}, "says nothing"),
        ({"children": []}, "which child"),
        ({"agency_kind": "circus"}, "who refers"),
        ({"route": "pigeon"}, "how it came"),
    ],
)
def test_a_referral_that_says_too_little_is_refused_and_leaves_nothing(
    take: Take, given: dict[str, object], message: str
) -> None:
    with pytest.raises(Refused, match=message):
        take(**given)
    assert not Referral.objects.exists()
    assert not Obligation.objects.exists()
    assert not TrailEntry.objects.exists()


def test_a_referral_cannot_come_from_the_future(take: Take, hands: Hands) -> None:
    with pytest.raises(Refused, match="future"):
        take(received_at=hands.now + timedelta(minutes=1))


def test_a_team_that_takes_no_referrals_cannot_start_a_file(take: Take, cast: Cast) -> None:
    with pytest.raises(Refused, match="team that takes referrals"):
        take(by=cast.stranger, worker=None)


def test_a_referral_on_a_file_of_another_team_is_not_allowed(
    take: Take, cast: Cast, hands: Hands, child: Child
) -> None:
    theirs = open_case_file(children=[child], team=cast.west, worker=None, opened_at=hands.now, by=cast.head)
    ledger.refresh(theirs, *theirs.holdings.all())
    with pytest.raises(NotAllowed, match="start a new file"):
        take(case_file=theirs)


def test_a_second_referral_can_be_put_on_the_same_file(take: Take, referral: Referral) -> None:
    sister = Child.objects.create(given_names="Ines", family_name="Aldergate")
    again = take(case_file=referral.case_file, children=[sister])
    assert again.case_file == referral.case_file
    assert sister in referral.case_file.children.all()
    assert list(again.children.all()) == [sister]


def test_one_agency_has_one_spelling(take: Take) -> None:
    assert take(agency_name="Elmbridge  primary").agency == take(agency_name="ELMBRIDGE Primary").agency
    assert Agency.objects.count() == 1


@pytest.mark.parametrize("who", ["quality", "member", "administrator"])
def test_who_may_not_take_referrals_cannot(take: Take, cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        take(by=getattr(cast, who), team=cast.east, worker=None)


def test_a_child_of_the_last_century_is_a_slip(cast: Cast, hands: Hands) -> None:
    with pytest.raises(Refused, match="check the year"):
        actions.record_child(given_names="Juno", family_name="Ash", date_of_birth=date(1958, 5, 4), by=cast.worker)
    unborn = actions.record_child(given_names="", family_name="Ash", date_of_birth=date(2004, 1, 4), by=cast.worker)
    assert unborn.age_on(date(2003, 10, 1)) == -1


def test_a_decision_settles_and_asks_for_unmet_need(referral: Referral, cast: Cast, hands: Hands) -> None:
    made = actions.decide(
        referral=referral,
        what="services",
        reason="A parenting group was agreed",
        occurred_at=hands.on(hours=2),
        by=cast.manager,
    )
    assert made.team == cast.east
    assert "referrals.decision" not in open_keys(referral)
    assert "referrals.unmet-need-recorded" in open_keys(referral)


def test_a_worker_does_not_decide(referral: Referral, cast: Cast, hands: Hands) -> None:
    with pytest.raises(NotAllowed):
        actions.decide(
            referral=referral, what="assessment", reason="Because of harm", occurred_at=hands.now, by=cast.worker
        )


@pytest.mark.parametrize("reason", ["", "n/a", "as discussed", "..."])
def test_a_decision_without_a_reason_is_refused(referral: Referral, cast: Cast, hands: Hands, reason: str) -> None:
    with pytest.raises(Refused, match="the reason for the decision"):
        actions.decide(referral=referral, what="assessment", reason=reason, occurred_at=hands.now, by=cast.manager)


def test_nothing_happens_before_the_referral_or_in_the_future(referral: Referral, cast: Cast, hands: Hands) -> None:
    with pytest.raises(Refused, match="before the referral"):
        actions.acknowledge(
            referral=referral, how="phone", occurred_at=hands.now - timedelta(minutes=1), by=cast.worker
        )
    with pytest.raises(Refused, match="future"):
        actions.acknowledge(
            referral=referral, how="phone", occurred_at=hands.now + timedelta(minutes=1), by=cast.worker
        )


def test_another_teams_worker_writes_nothing(referral: Referral, cast: Cast, hands: Hands) -> None:
    before = TrailEntry.objects.count()
    with pytest.raises(NotAllowed, match="may not write to"):
        actions.acknowledge(referral=referral, how="phone", occurred_at=hands.now, by=cast.stranger)
    assert TrailEntry.objects.count() == before


def test_writing_is_received_in_one_step(referral: Referral, cast: Cast, hands: Hands) -> None:
    actions.confirm_in_writing(referral=referral, how="letter", received_at=hands.on(days=1), by=cast.worker)
    assert "referrals.written-confirmation" not in open_keys(referral)


def test_a_phone_call_is_no_written_confirmation(referral: Referral, cast: Cast, hands: Hands) -> None:
    with pytest.raises(Refused, match="letter, an e-mail"):
        actions.confirm_in_writing(referral=referral, how="phone", received_at=hands.now, by=cast.worker)


def test_seen_as_an_offence_the_police_are_owed_advice_from_when_it_was_received(
    referral: Referral, cast: Cast, hands: Hands
) -> None:
    received = hands.now
    actions.consider_offence(referral=referral, answer="yes", occurred_at=hands.on(hours=1), by=cast.worker)
    owed = Obligation.objects.get(requirement="referrals.police-advised")
    assert owed.since_at == received
    assert owed.since_known_at == hands.now
    assert owed.due_at == received + timedelta(hours=4)
    assert "referrals.offence-considered" not in open_keys(referral)


@pytest.mark.parametrize("answer", ["no", "not-known"])
def test_no_and_not_known_say_why(referral: Referral, cast: Cast, hands: Hands, answer: str) -> None:
    with pytest.raises(Refused, match="why you think so"):
        actions.consider_offence(referral=referral, answer=answer, occurred_at=hands.now, by=cast.worker)


def test_not_known_yet_stays_owed_until_it_is_known(referral: Referral, cast: Cast, hands: Hands) -> None:
    actions.consider_offence(
        referral=referral, answer="not-known", why="The doctor sees her at noon", occurred_at=hands.now, by=cast.worker
    )
    assert "referrals.offence-considered" in open_keys(referral)
    actions.consider_offence(
        referral=referral, answer="no", why="The doctor found a rash", occurred_at=hands.on(hours=3), by=cast.worker
    )
    assert "referrals.offence-considered" not in open_keys(referral)
    assert "referrals.police-advised" not in open_keys(referral)


def test_a_later_no_does_not_take_away_what_a_yes_owes(referral: Referral, cast: Cast, hands: Hands) -> None:
    actions.consider_offence(referral=referral, answer="yes", occurred_at=hands.now, by=cast.worker)
    actions.consider_offence(
        referral=referral, answer="no", why="The story was confirmed", occurred_at=hands.on(hours=1), by=cast.worker
    )
    assert "referrals.police-advised" in open_keys(referral)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"answer": ""}, "whether the police"),
        ({"answer": "advised"}, "who was advised"),
        ({"answer": "advised", "advised": "DS Okonjo"}, "reference"),
        ({"answer": "not-yet"}, "why the police"),
        ({"answer": "not-yet", "why": "tbc"}, "says nothing"),
    ],
)
def test_the_police_step_cannot_be_completed_in_silence(
    referral: Referral, cast: Cast, hands: Hands, given: dict[str, str], message: str
) -> None:
    actions.consider_offence(referral=referral, answer="yes", occurred_at=hands.now, by=cast.worker)
    with pytest.raises(Refused, match=message):
        actions.advise_police(referral=referral, occurred_at=hands.now, by=cast.worker, **given)
    assert not PoliceAdvice.objects.exists()


def test_not_yet_is_recorded_and_stays_owed(referral: Referral, cast: Cast, hands: Hands) -> None:
    actions.consider_offence(referral=referral, answer="yes", occurred_at=hands.now, by=cast.worker)
    actions.advise_police(
        referral=referral, answer="not-yet", why="The line was engaged", occurred_at=hands.now, by=cast.worker
    )
    assert "referrals.police-advised" in open_keys(referral)
    actions.advise_police(
        referral=referral,
        answer="advised",
        advised="DS Okonjo",
        police_reference="AS/2231",
        occurred_at=hands.on(hours=1),
        by=cast.worker,
    )
    assert "referrals.police-advised" not in open_keys(referral)
    assert PoliceAdvice.objects.count() == 2


def test_the_police_are_not_advised_of_what_nobody_sees_as_an_offence(
    referral: Referral, cast: Cast, hands: Hands
) -> None:
    with pytest.raises(Refused, match="First record"):
        actions.advise_police(
            referral=referral,
            answer="advised",
            advised="DS Okonjo",
            police_reference="1",
            occurred_at=hands.now,
            by=cast.worker,
        )


def test_the_same_submission_twice_makes_one_record(take: Take, cast: Cast, hands: Hands) -> None:
    first, second = take(token="abc"), take(token="abc")
    assert first == second
    for _ in range(2):
        actions.acknowledge(referral=first, how="phone", occurred_at=hands.now, by=cast.worker, token="def")
        actions.decide(
            referral=first,
            what="assessment",
            reason="Unexplained injury",
            occurred_at=hands.now,
            by=cast.manager,
            token="x",
        )
    assert first.acknowledgements.count() == first.decisions.count() == Referral.objects.count() == 1


def test_the_trail_names_deed_and_record_and_no_words(referral: Referral, cast: Cast, hands: Hands) -> None:
    actions.consider_offence(
        referral=referral, answer="no", why="The doctor found a rash", occurred_at=hands.now, by=cast.worker
    )
    entry = TrailEntry.objects.last()
    assert entry is not None
    assert (entry.officer, entry.deed, entry.subject) == (
        "asha",
        "consider offence",
        f"referrals.referral:{referral.pk}",
    )
    everything = str(list(TrailEntry.objects.values_list("detail", "deed", "subject")))
    assert not any(word in everything for word in ("rash", "Juno", "Aldergate", "Bruises", "Whitcombe"))
