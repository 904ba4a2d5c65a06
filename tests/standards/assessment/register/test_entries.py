"""Entries: entering, changing, ending and correcting; who may; and who was on the register when, as known when."""

from datetime import date, timedelta

import pytest

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.standards.assessment.register import actions
from goldenthread.standards.assessment.register.choices import State, term
from goldenthread.standards.assessment.register.corrections import correct_entry
from goldenthread.standards.assessment.register.models import Listing, RegisterEntry, Removal
from goldenthread.standards.assessment.register.states import entries_at, states_of
from tests.conftest import Cast
from tests.standards.assessment.register.conftest import Hands


def test_what_entering_writes(cast: Cast, hands: Hands, entry: RegisterEntry, known: Child) -> None:
    listed = entry.listed
    assert [one.fact.in_words for one in listed] == ["Neglect"]
    assert entry.since is not None
    assert entry.since.occurred_at == hands.now - timedelta(days=1)
    assert entry.since.recorded_at == hands.now
    assert entry.key_workers.get().called == "Asha Verma"
    assert states_of([known.pk], hands.now)[known.pk] == (State.ON, entry)
    assert known.pk not in states_of([known.pk], hands.now - timedelta(days=2))
    told = TrailEntry.objects.filter(subject=f"register.registerentry:{entry.pk}")
    assert [one.deed for one in told.order_by("pk")] == ["enter on register", "list", "name key worker"]
    assert not any("Kouassi" in str(one.detail) for one in told)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"categories": []}, "at least one"),
        ({"categories": ["sorrow"]}, "kind of harm"),
        ({"officer": None}, "key worker"),
        ({"name": "And another"}, "key worker"),
        ({"later": 1}, "in the future"),
        ({"council": "Harwick Council"}, "whom to reach"),
        ({"council": "Harwick Council", "council_contact": "Duty desk, 01234"}, "told us"),
    ],
)
def test_what_entering_refuses(
    cast: Cast, hands: Hands, known: Child, known_file: CaseFile, changed: dict[str, object], why: str
) -> None:
    at = hands.now + timedelta(hours=float(str(changed.pop("later", 0))))
    given: dict[str, object] = {"categories": ["neglect"], "officer": cast.worker} | changed
    with pytest.raises(Refused, match=why):
        actions.enter_on_register(case_file=known_file, child=known, occurred_at=at, by=cast.manager, **given)  # type: ignore[arg-type]
    assert not RegisterEntry.objects.exists()


def test_who_may_and_not_twice_at_once(
    cast: Cast, hands: Hands, known: Child, known_file: CaseFile, child: Child
) -> None:
    def enter(by: object, whom: Child = known, token: str | None = None) -> RegisterEntry:
        return actions.enter_on_register(
            case_file=known_file, child=whom, categories=["neglect"], occurred_at=hands.now, officer=cast.worker,
            by=by, token=token,
        )  # type: ignore[arg-type]  # fmt: skip

    for by in (cast.worker, cast.senior, cast.quality, cast.member, cast.stranger):
        with pytest.raises(NotAllowed):
            enter(by)
    with pytest.raises(Refused, match="not on this case file"):
        enter(cast.manager, whom=child)
    made = enter(cast.manager, token="once")
    assert enter(cast.manager, token="once") == made
    with pytest.raises(Refused, match="on it already"):
        enter(cast.manager)


def test_kinds_and_key_worker_change_and_what_was_before_stays(cast: Cast, hands: Hands, entry: RegisterEntry) -> None:
    hands.on(days=30)
    actions.change_categories(
        entry=entry, categories=["neglect", "emotional"], occurred_at=hands.now, by=cast.manager, token="t"
    )
    again = actions.change_categories(
        entry=entry, categories=["sexual"], occurred_at=hands.now, by=cast.manager, token="t"
    )
    assert again.categories == ["neglect", "emotional"]
    actions.change_key_worker(entry=entry, name="Rosa of Harwick", occurred_at=hands.now, by=cast.manager)
    found = RegisterEntry.objects.get()
    assert [one.fact.in_words for one in found.listed] == ["Neglect", "Neglect, emotional abuse"]
    assert [row.called for row in found.key_workers.all()] == ["Asha Verma", "Rosa of Harwick"]
    with pytest.raises(Refused, match="Nothing would change"):
        actions.change_categories(
            entry=entry, categories=["emotional", "neglect"], occurred_at=hands.now, by=cast.manager
        )
    with pytest.raises(Refused, match="before the child was put on it"):
        actions.change_key_worker(entry=entry, name="R", occurred_at=hands.now - timedelta(days=40), by=cast.manager)
    with pytest.raises(NotAllowed):
        actions.change_key_worker(entry=entry, name="R", occurred_at=hands.now, by=cast.worker)


def test_ending_and_being_entered_again(cast: Cast, hands: Hands, entry: RegisterEntry, known: Child) -> None:
    hands.on(days=100)
    with pytest.raises(Refused, match="another council's child"):
        actions.end_entry(entry=entry, reason="left", occurred_at=hands.now, by=cast.manager)
    with pytest.raises(Refused, match="says nothing"):
        actions.end_entry(entry=entry, reason="safer", words="n/a", occurred_at=hands.now, by=cast.manager)
    ended = hands.now
    actions.end_entry(entry=entry, reason="safer", occurred_at=ended, by=cast.manager)
    assert states_of([known.pk], hands.now)[known.pk][0] == State.WAS
    for verb in (actions.change_categories, actions.change_key_worker):
        more = {"categories": ["sexual"]} if verb is actions.change_categories else {"name": "Rosa"}
        with pytest.raises(Refused, match="no longer on it"):
            verb(entry=entry, occurred_at=hands.now, by=cast.manager, **more)  # type: ignore[operator]
    hands.on(days=20)

    def again(**later: float) -> RegisterEntry:
        return actions.enter_on_register(
            case_file=entry.case_file, child=known, categories=["physical"], officer=cast.worker, by=cast.manager,
            occurred_at=ended + timedelta(**later),
        )  # fmt: skip

    with pytest.raises(Refused, match="until later than that"):
        again(days=-3)
    second = again(days=10)
    assert states_of([known.pk], hands.now)[known.pk] == (State.ON, second)
    assert states_of([known.pk], ended + timedelta(days=5))[known.pk][0] == State.WAS


def test_who_was_on_it_then_and_as_known_then(cast: Cast, hands: Hands, entry: RegisterEntry) -> None:
    recorded = hands.now
    true_since = recorded - timedelta(days=1)
    hands.on(days=50)
    actions.end_entry(entry=entry, reason="moved", occurred_at=hands.now - timedelta(days=10), by=cast.manager)
    ended, rows = hands.now - timedelta(days=10), RegisterEntry.objects.all()
    assert list(entries_at(rows, true_since, hands.now)) == [entry]
    assert not entries_at(rows, true_since, recorded - timedelta(hours=1))  # true, and not known yet
    assert not entries_at(rows, ended, hands.now)
    assert list(entries_at(rows, ended, ended)) == [entry]  # the end was recorded ten days late


def test_corrections_keep_what_was_said(cast: Cast, hands: Hands, entry: RegisterEntry, known: Child) -> None:
    first = entry.listings.get()
    hands.on(days=2)
    with pytest.raises(Refused, match="Nothing would change"):
        correct_entry(fact=first, reason="The minutes say so", changes={"neglect": True}, by=cast.manager)
    with pytest.raises(Refused, match="at least one"):
        correct_entry(fact=first, reason="The minutes say so", changes={"neglect": False}, by=cast.manager)
    with pytest.raises(NotAllowed):
        correct_entry(fact=first, reason="The minutes say so", changes={"physical": True}, by=cast.worker)
    mended = correct_entry(
        fact=first,
        reason="The minutes say so",
        occurred_at=first.occurred_at - timedelta(days=3),
        changes={"physical": True},
        by=cast.manager,
    )
    with pytest.raises(Refused, match="corrected already"):
        correct_entry(fact=first, reason="Once more, and better", changes={"sexual": True}, by=cast.manager)
    found = RegisterEntry.objects.get()
    assert found.since is not None
    assert (found.since.occurred_at, found.since.recorded_at) == (first.occurred_at - timedelta(days=3), hands.now)
    assert Listing.objects.count() == 2
    correct_entry(fact=mended, reason="It was another child", withdrawn=True, by=cast.manager)
    assert RegisterEntry.objects.get().since is None
    assert known.pk not in states_of([known.pk], hands.now)
    with pytest.raises(Refused, match="mistake"):
        actions.end_entry(entry=entry, reason="safer", occurred_at=hands.now, by=cast.manager)


def test_an_end_taken_back_must_not_list_a_child_twice(
    cast: Cast, hands: Hands, entry: RegisterEntry, known: Child
) -> None:
    hands.on(days=10)
    ended = actions.end_entry(entry=entry, reason="safer", occurred_at=hands.now, by=cast.manager)
    hands.on(days=1)
    actions.enter_on_register(
        case_file=entry.case_file, child=known, categories=["neglect"], officer=cast.worker, occurred_at=hands.now,
        by=cast.manager,
    )  # fmt: skip
    with pytest.raises(Refused, match="is on it by entry"):
        correct_entry(fact=ended, reason="It never ended at all", withdrawn=True, by=cast.manager)
    assert not Removal.objects.filter(supersedes=ended).exists()


def test_another_councils_child(cast: Cast, hands: Hands) -> None:
    given = {
        "given_names": "Pia", "family_name": "Okonjo", "date_of_birth": date(2001, 2, 3), "sex": "F",
        "council": "Harwick Council", "council_reference": "H/77", "council_contact": "Duty desk, 01234 567890",
        "categories": ["physical"], "occurred_at": hands.now - timedelta(days=90),
        "notified_at": hands.now - timedelta(days=2), "name": "Tove Marsh",
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        actions.record_placed_child(team=cast.east, by=cast.worker, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="team that you answer for"):
        actions.record_placed_child(team=cast.west, by=cast.manager, **given)  # type: ignore[arg-type]
    made = actions.record_placed_child(team=cast.east, by=cast.manager, token="x", **given)  # type: ignore[arg-type]
    assert actions.record_placed_child(team=cast.east, by=cast.manager, token="x", **given) == made  # type: ignore[arg-type]
    assert made.state_at(hands.now) == State.OTHER
    assert made.case_file.team == cast.east
    assert CaseFile.objects.visible_to(cast.manager).filter(pk=made.case_file_id).exists()
    actions.end_entry(entry=made, reason="left", occurred_at=hands.now, by=cast.manager)
    assert made.child_id in states_of([made.child_id], hands.now)
    assert RegisterEntry.objects.get().state_at(hands.now) == State.WAS


def test_what_it_was_called_when() -> None:
    assert term(date(2008, 3, 31)) == "Child protection register"
    assert term(date(2008, 4, 1)) == "Child protection plan"
