"""Recording a contact: what is written, what is refused, and what becomes of mistakes."""

from datetime import timedelta
from typing import Any

import pytest

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.standards.assessment.recording.actions import correct_record, withdraw_record
from goldenthread.standards.assessment.recording.models import CaseRecord
from tests.conftest import Cast
from tests.standards.assessment.recording.conftest import FACTS, Contact
from tests.standards.referrals.conftest import Hands


def test_a_contact_is_written_with_both_clocks_and_on_the_trail(
    contact: Contact, hands: Hands, cast: Cast, child: Child
) -> None:
    came = hands.on(hours=3)
    hands.on(days=2)
    made = contact(occurred_at=came, people="Grandmother, who cares for her at weekends", in_confidence=True)
    assert (made.occurred_at, made.recorded_at) == (came, hands.now)
    assert (made.by, made.made_by) == (cast.worker, cast.worker)
    assert made.saw(child.pk) == "alone"
    entry = TrailEntry.objects.get(deed="record contact")
    assert entry.subject == f"recording.caserecord:{made.pk}"
    assert entry.detail["case_file"] == made.case_file_id
    assert "drawings" not in str(entry.detail)


def test_somebody_else_may_have_made_the_contact(contact: Contact, hands: Hands, cast: Cast) -> None:
    hands.on(hours=3)
    made = contact(made_by=cast.colleague)
    assert (made.by, made.made_by) == (cast.worker, cast.colleague)
    with pytest.raises(Refused, match="not someone who works with children"):
        contact(made_by=cast.quality)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "séance"}, "what kind of contact"),
        ({"facts": "n/a"}, "what was seen and heard"),
        ({"view": ""}, "what you make of it"),
        ({"next_steps": "tbc"}, "what happens next"),
        ({"where": " "}, "where the visit took place"),
        ({"seen": {}}, "which child"),
        ({"kind": "phone"}, "Nobody is seen by this kind of contact"),
    ],
)
def test_what_says_nothing_or_cannot_be_is_refused(
    contact: Contact, hands: Hands, wrong: dict[str, Any], said: str
) -> None:
    hands.on(hours=3)
    with pytest.raises(Refused, match=said):
        contact(**wrong)
    assert not CaseRecord.objects.exists()


def test_only_children_of_the_file_and_only_what_has_happened_since_it_was_opened(
    contact: Contact, hands: Hands, child: Child
) -> None:
    hands.on(hours=3)
    stranger = Child.objects.create(given_names="Odd", family_name="Other")
    with pytest.raises(Refused, match="child of this case file"):
        contact(seen={child.pk: "seen", stranger.pk: "seen"})
    with pytest.raises(Refused, match="how far the child was seen"):
        contact(seen={child.pk: "glimpsed"})
    with pytest.raises(Refused, match="future"):
        contact(occurred_at=hands.now + timedelta(minutes=5))
    with pytest.raises(Refused, match="before this case file was opened"):
        contact(occurred_at=hands.now - timedelta(days=3))


def test_a_call_needs_the_facts_only(contact: Contact, hands: Hands, child: Child) -> None:
    hands.on(hours=3)
    made = contact(kind="phone", seen={child.pk: "not-seen"}, view="", next_steps="", where="")
    assert made.who_was_seen == "Juno Aldergate not seen"


def test_who_may_not_write_to_the_file_cannot_record_on_it(contact: Contact, hands: Hands, cast: Cast) -> None:
    hands.on(hours=3)
    for officer in (cast.stranger, cast.quality, cast.member, cast.administrator):
        with pytest.raises(NotAllowed):
            contact(by=officer)
    assert not CaseRecord.objects.exists()
    assert contact(by=cast.manager)


def test_the_same_form_twice_is_one_record(contact: Contact, hands: Hands) -> None:
    hands.on(hours=3)
    first = contact(token="t1")
    assert contact(token="t1", facts="Something else that was said") == first
    assert CaseRecord.objects.count() == 1


def test_a_correction_keeps_what_was_said_before(contact: Contact, hands: Hands, cast: Cast, child: Child) -> None:
    hands.on(hours=3)
    first = contact()
    hands.on(days=3)
    second = correct_record(
        record=first, changes={"facts": "She let me in; her drawings were on the wall"}, seen={child.pk: "seen"},
        reason="Her brother was in the room", by=cast.colleague,
    )  # fmt: skip
    first.refresh_from_db()
    assert first.facts == FACTS
    assert first.saw(child.pk) == "alone"
    assert second.first == first
    assert second.saw(child.pk) == "seen"
    assert second.first_recorded_at == first.recorded_at
    assert first.stands is not None
    assert first.stands.fact == second
    told = TrailEntry.objects.get(deed="correct")
    assert told.subject == f"recording.caserecord:{first.pk}"
    assert list(told.detail["changed"]) == ["facts"]


def test_corrections_are_refused_where_they_say_nothing_or_come_too_late(
    contact: Contact, hands: Hands, cast: Cast, child: Child
) -> None:
    hands.on(hours=3)
    first = contact()
    why = "It was another day"
    with pytest.raises(Refused, match="Nothing would change"):
        correct_record(record=first, changes={}, reason=why, by=cast.worker)
    with pytest.raises(Refused, match="why it is corrected"):
        correct_record(record=first, changes={"where": "At school"}, reason="n/a", by=cast.worker)
    with pytest.raises(Refused, match="what was seen and heard"):
        correct_record(record=first, changes={"facts": "  "}, reason=why, by=cast.worker)
    with pytest.raises(Refused, match="Nobody is seen"):
        correct_record(record=first, changes={"kind": "letter"}, reason=why, by=cast.worker)
    hands.on(days=1)
    with pytest.raises(Refused, match="recorded before that time"):
        correct_record(record=first, changes={"occurred_at": hands.now}, reason=why, by=cast.worker)
    with pytest.raises(NotAllowed):
        correct_record(record=first, changes={"where": "At school"}, reason=why, by=cast.stranger)
    last = correct_record(record=first, changes={"where": "At school"}, reason=why, by=cast.worker, token="c1")
    assert correct_record(record=first, changes={"where": "x"}, reason=why, by=cast.worker, token="c1") == last
    with pytest.raises(Refused, match="corrected already"):
        correct_record(record=first, changes={"where": "In the car"}, reason=why, by=cast.worker)


def test_what_is_taken_back_stays_and_says_so(contact: Contact, hands: Hands, cast: Cast, case_file: CaseFile) -> None:
    hands.on(hours=3)
    first = contact()
    gone = withdraw_record(record=first, reason="It was another family's", by=cast.worker)
    assert first.stands is None
    assert [row.withdrawn for row in CaseRecord.objects.last_rows()] == [True]
    with pytest.raises(Refused, match="taken back already"):
        withdraw_record(record=gone, reason="It was another family's", by=cast.worker)
