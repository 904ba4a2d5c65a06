"""A contact is recorded in time: late is late, whatever is done to the record afterwards."""

from datetime import datetime, timedelta

from goldenthread.core.clock import LONDON
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.verdicts import verdict
from goldenthread.standards.assessment.recording.actions import correct_record, withdraw_record
from goldenthread.standards.assessment.recording.lateness import late_tag
from tests.conftest import Cast
from tests.standards.assessment.recording.conftest import Contact, at
from tests.standards.referrals.conftest import Hands

USUAL, URGENT = "assessment.record-made", "assessment.protection-visit-recorded"


def owed(key: str = USUAL) -> Obligation:
    return Obligation.objects.get(requirement=key)


def test_a_contact_on_wednesday_is_recorded_by_friday_night(contact: Contact, hands: Hands) -> None:
    hands.now = at(3, 17)
    made = contact(occurred_at=at(1, 11))
    found = owed()
    assert found.since_at == at(1, 11)
    assert found.due_at == datetime(2003, 10, 3, 23, 59, 59, 999999, tzinfo=LONDON)
    assert verdict(found, hands.now) == "met"
    assert late_tag(made) == ""


def test_on_monday_it_is_late_and_the_tag_says_how_late(contact: Contact, hands: Hands) -> None:
    hands.now = at(6)
    made = contact(occurred_at=at(1, 11))
    assert verdict(owed(), hands.now) == "late"
    assert verdict(owed(), at(4)) is None, "it was not known of then"
    assert late_tag(made) == "Recorded 5 days later"


def test_a_child_protection_visit_has_one_working_day(contact: Contact, hands: Hands) -> None:
    hands.now = at(3, 9)
    made = contact(kind="protection-visit", occurred_at=at(1, 11))
    assert not Obligation.objects.filter(requirement=USUAL).exists()
    assert verdict(owed(URGENT), hands.now) == "late"
    assert late_tag(made) == "Recorded 2 days later"


def test_correcting_words_or_kind_makes_nothing_late_and_nothing_timely(
    contact: Contact, hands: Hands, cast: Cast
) -> None:
    hands.now = at(6)
    late = contact(occurred_at=at(1, 11))
    hands.now = at(20)
    correct_record(
        record=late, changes={"facts": "She told me herself what had happened"}, reason="Clearer", by=cast.worker
    )
    found = owed()
    assert (found.subject_id, found.done_at) == (late.pk, at(6))
    assert verdict(found, hands.now) == "late"


def test_a_date_that_is_mended_is_judged_as_it_stands(contact: Contact, hands: Hands, cast: Cast) -> None:
    hands.now = at(6)
    made = contact(occurred_at=at(6, 9))
    assert verdict(owed(), hands.now) == "met"
    hands.now = at(8)
    mended = correct_record(record=made, changes={"occurred_at": at(1, 11)}, reason="The wrong day", by=cast.worker)
    assert verdict(owed(), hands.now) == "late"
    assert owed().since_known_at == at(8)
    assert late_tag(mended) == "Recorded 5 days later"


def test_what_is_taken_back_is_owed_by_nobody(contact: Contact, hands: Hands, cast: Cast) -> None:
    hands.on(hours=2)
    made = contact()
    withdraw_record(record=made, reason="It was another family's", by=cast.worker)
    assert not Obligation.objects.filter(requirement=USUAL).exists()


def test_it_is_counted_where_the_file_was_held_when_it_was_recorded(contact: Contact, hands: Hands, cast: Cast) -> None:
    hands.on(hours=2)
    contact(occurred_at=hands.now - timedelta(hours=1), by=cast.colleague)
    assert (owed().team, owed().owner) == (cast.east, cast.worker)
