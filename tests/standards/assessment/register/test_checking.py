"""The check: what it finds, keeps, refuses and settles, and what it owes."""

from datetime import timedelta

import pytest

from goldenthread.cases.models import Child
from goldenthread.core import trail
from goldenthread.core.clock import end_of
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.obligations.models import Obligation
from goldenthread.oversight.conflicts import declare_conflict
from goldenthread.oversight.restrictions import restrict
from goldenthread.standards.assessment.register.actions import end_entry
from goldenthread.standards.assessment.register.checking import (
    Ask,
    ask_register,
    correct_decision,
    decide_check,
    settle_check,
)
from goldenthread.standards.assessment.register.models import CheckDecision, RegisterCheck, RegisterEntry, Shown
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.assessment.register.conftest import Check, Hands, another_name, ask_of


def owed(referral: Referral, requirement: str = "assessment.register-check") -> list[Obligation]:
    return list(Obligation.objects.filter(requirement=requirement, subject_id=referral.pk).order_by("pk"))


def test_a_child_known_by_another_first_name_and_a_relatives_surname_is_found(
    cast: Cast, hands: Hands, entry: RegisterEntry, check: Check
) -> None:
    made = check(lines="12 Nicoll Row", postcode="N17 0AB")
    shown = Shown.objects.get(asked__check_of=made)
    assert shown.child == entry.child
    assert shown.reasons == ["Born on the same day", "Lives at the same address"]
    assert (shown.state, shown.entry, shown.place) == ("on", entry, 1)
    hands.on(days=1)
    end_entry(entry=entry, reason="moved", occurred_at=hands.now, by=cast.manager)
    shown.refresh_from_db()
    assert shown.state == "on"  # as it was then


def test_by_an_other_name_or_a_relatives_name_that_was_said(
    cast: Cast, known: Child, entry: RegisterEntry, check: Check
) -> None:
    another_name(known, cast, "Junno", "Aldergaet")
    assert "Known by another name" in Shown.objects.get(asked__check_of=check()).reasons
    said = check(given_names="Ana", family_name="Aldergate", other_names="Kuasi", date_of_birth=None)
    assert Shown.objects.filter(asked__check_of=said)[0].child == known


def test_what_is_kept_and_what_the_trail_says(cast: Cast, entry: RegisterEntry, check: Check) -> None:
    made = check(lines="12 Nicoll Row", postcode="N17 0AB")
    asked = made.asked.get()
    assert (asked.name, asked.state) == ("Juno Aldergate", "none")
    assert "Nicoll" not in asked.address
    assert trail.opened_words(asked.address) == "12 Nicoll Row\nN17 0AB"
    told = TrailEntry.objects.filter(deed="check register").get()
    assert told.detail["records"] == [f"cases.child:{entry.child_id}"]
    assert "Aldergate" not in str(told.detail)
    assert "Juno | Aldergate" in trail.opened_words(told.detail["words"])


def test_it_counts_from_its_decision_and_not_from_being_looked_at(
    cast: Cast, hands: Hands, referral: Referral, entry: RegisterEntry, check: Check
) -> None:
    due = owed(referral)[0]
    assert due.due_at == end_of(referral.received_at.date())
    made = check(lines="12 Nicoll Row")
    assert owed(referral)[0].done_at is None
    shown = Shown.objects.get(asked__check_of=made)
    with pytest.raises(Refused, match="each record"):
        decide_check(check=made, answers={}, occurred_at=hands.now, by=cast.worker)
    with pytest.raises(Refused, match="not shown by this check"):
        decide_check(check=made, answers={shown.pk: "is", 99: "is"}, occurred_at=hands.now, by=cast.worker)
    with pytest.raises(Refused, match="in the future"):
        decide_check(check=made, answers={shown.pk: "is"}, occurred_at=hands.now + timedelta(hours=1), by=cast.worker)
    with pytest.raises(Refused, match="before the register was searched"):
        decide_check(check=made, answers={shown.pk: "is"}, occurred_at=hands.now - timedelta(hours=1), by=cast.worker)
    hands.on(minutes=5)
    decided = decide_check(check=made, answers={shown.pk: "is"}, occurred_at=hands.now, by=cast.worker, token="a")
    assert decide_check(check=made, answers={}, occurred_at=hands.now, by=cast.worker, token="a") == decided
    assert owed(referral)[0].done_at == hands.now
    with pytest.raises(Refused, match="decided already"):
        decide_check(check=made, answers={shown.pk: "is"}, occurred_at=hands.now, by=cast.worker)


def test_nobody_found_is_an_answer(cast: Cast, hands: Hands, referral: Referral, check: Check) -> None:
    made = check()
    assert not Shown.objects.exists()
    decide_check(check=made, answers={}, occurred_at=hands.now, by=cast.worker)
    assert owed(referral)[0].done_at == hands.now
    assert not owed(referral, "assessment.register-check-settled")


def test_not_sure_is_a_check_and_owes_a_managers_answer(
    cast: Cast, hands: Hands, referral: Referral, entry: RegisterEntry, check: Check
) -> None:
    made = check(lines="12 Nicoll Row")
    shown = Shown.objects.get()
    with pytest.raises(Refused, match="Nobody was unsure"):
        settle_check(shown=shown, answer="is", words="Rang her school", occurred_at=hands.now, by=cast.manager)
    decide_check(check=made, answers={shown.pk: "unsure"}, occurred_at=hands.now, by=cast.worker)
    assert owed(referral)[0].done_at is not None
    (waiting,) = owed(referral, "assessment.register-check-settled")
    assert (waiting.key, waiting.done_at) == (f"shown-{shown.pk}", None)
    assert waiting.due_at == end_of((hands.now + timedelta(days=1)).date())
    for by, answer, words, refused in (
        (cast.worker, "is", "Rang her school", NotAllowed),
        (cast.manager, "unsure", "Rang her school", Refused),
        (cast.manager, "is", "tbc", Refused),
    ):
        with pytest.raises(refused):
            settle_check(shown=shown, answer=answer, words=words, occurred_at=hands.now, by=by)
    hands.on(days=3)
    settle_check(shown=shown, answer="is", words="Rang her school", occurred_at=hands.now, by=cast.manager)
    assert owed(referral, "assessment.register-check-settled")[0].done_at == hands.now
    with pytest.raises(Refused, match="settled already"):
        settle_check(shown=shown, answer="is-not", words="Rang again", occurred_at=hands.now, by=cast.manager)


def test_a_correction_keeps_both_and_one_taken_back_does_not_count(
    cast: Cast, hands: Hands, referral: Referral, entry: RegisterEntry, check: Check
) -> None:
    made = check(lines="12 Nicoll Row")
    shown = Shown.objects.get()
    decided = decide_check(check=made, answers={shown.pk: "unsure"}, occurred_at=hands.now, by=cast.worker)
    at = hands.now
    hands.on(hours=2)
    with pytest.raises(Refused, match="Nothing would change"):
        correct_decision(decision=decided, answers={shown.pk: "unsure"}, reason="Her aunt rang", by=cast.worker)
    mended = correct_decision(decision=decided, answers={shown.pk: "is"}, reason="Her aunt rang", by=cast.worker)
    assert not owed(referral, "assessment.register-check-settled")
    assert owed(referral)[0].done_at == at
    with pytest.raises(Refused, match="corrected already"):
        correct_decision(decision=decided, answers={shown.pk: "is-not"}, reason="Her aunt rang", by=cast.worker)
    correct_decision(decision=mended, reason="Another referral's check", withdrawn=True, by=cast.worker)
    assert owed(referral)[0].done_at is None
    assert CheckDecision.objects.count() == 3


def test_recorded_late_it_is_late(cast: Cast, hands: Hands, referral: Referral, check: Check) -> None:
    hands.on(days=1)
    decide_check(check=check(), answers={}, occurred_at=hands.now, by=cast.worker)
    (row,) = owed(referral)
    assert row.done_at is not None
    assert row.due_at is not None
    assert row.done_at > row.due_at


def test_who_may_check_and_about_whom(cast: Cast, hands: Hands, referral: Referral, child: Child) -> None:
    asks = ask_of(referral)
    for by in (cast.stranger, cast.quality, cast.member):
        with pytest.raises(NotAllowed):
            ask_register(asks=asks, referral=referral, by=by)
    with pytest.raises(Refused, match="every child of the referral"):
        ask_register(asks=[Ask(family_name="Somebody")], referral=referral, by=cast.worker)
    with pytest.raises(Refused, match="looked for by less"):
        ask_register(asks=[Ask(child=child, postcode="N17 0AB")], referral=referral, by=cast.worker)
    made = ask_register(asks=asks, referral=referral, by=cast.worker, token="t")
    assert ask_register(asks=asks, referral=referral, by=cast.worker, token="t") == made
    with pytest.raises(NotAllowed):
        decide_check(check=made, answers={}, occurred_at=hands.now, by=cast.stranger)


def test_somebody_who_asks_is_known_and_answered(cast: Cast, hands: Hands, entry: RegisterEntry) -> None:
    ask = Ask(given_names="Ana", family_name="Kouasi")
    who = {
        "asker": "Sister Bell",
        "agency": "Ward 4",
        "contact": "Switchboard, 01234 5",
        "purpose": "Bruises on a child",
    }
    for missing in who:
        with pytest.raises(Refused):
            ask_register(asks=[ask], by=cast.stranger, **(who | {missing: ""}))
    made = ask_register(asks=[ask], by=cast.stranger, **who)
    shown = Shown.objects.get()
    assert shown.state == "on"
    with pytest.raises(Refused, match="waiting"):
        decide_check(check=made, answers={shown.pk: "unsure"}, occurred_at=hands.now, by=cast.stranger)
    with pytest.raises(NotAllowed):
        decide_check(check=made, answers={shown.pk: "is"}, occurred_at=hands.now, by=cast.worker)
    decide_check(check=made, answers={shown.pk: "is"}, occurred_at=hands.now, by=cast.stranger)
    with pytest.raises(Refused, match="Only the check of a referral"):
        settle_check(shown=shown, answer="is", words="Rang the ward", occurred_at=hands.now, by=cast.manager)


def shut(cast: Cast, child: Child) -> None:
    """Only Asha, who holds the file, and Grace may open the child's records."""
    restrict(
        child=child,
        level="restricted",
        reason="A colleague's family",
        named=[cast.worker, cast.head],
        contact=cast.head,
        by=cast.head,
    )


def test_a_restricted_child_is_answered_for_and_not_shown(cast: Cast, entry: RegisterEntry, check: Check) -> None:
    shut(cast, entry.child)
    made = check(lines="12 Nicoll Row", by=cast.colleague)
    assert not Shown.objects.exists()
    assert [officer.name for officer in made.phone.all()] == ["Grace Tillotson"]
    assert check(date_of_birth=None, by=cast.colleague).phone.count() == 0  # nothing speaks for that child


def test_of_a_child_with_a_declared_conflict_nothing_is_told(cast: Cast, entry: RegisterEntry, check: Check) -> None:
    declare_conflict(kind="family", given_names="Anna", family_name="Kouassi", by=cast.colleague)
    made = check(lines="12 Nicoll Row", by=cast.colleague)
    assert not Shown.objects.exists()
    assert not made.phone.exists()


def test_closed_after_it_was_shown_it_needs_no_answer(
    cast: Cast, hands: Hands, entry: RegisterEntry, check: Check
) -> None:
    made = check(lines="12 Nicoll Row", by=cast.colleague)
    assert Shown.objects.count() == 1
    shut(cast, entry.child)
    decide_check(check=made, answers={}, occurred_at=hands.now, by=cast.colleague)
    assert RegisterCheck.objects.get(pk=made.pk).decided
