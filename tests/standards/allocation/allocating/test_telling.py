"""While a file has nobody: who owes it to whom to say so, the receipts, and the answers."""

from datetime import timedelta
from typing import Any

import pytest

from goldenthread.cases.models import CaseFile
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.obligations import ledger
from goldenthread.obligations.handover import hand_over
from goldenthread.people.accounts import change_account, close_account
from goldenthread.people.models import Area, Officer
from goldenthread.standards.allocation.allocating import telling
from goldenthread.standards.allocation.allocating.models import WaitHeard, WaitTold
from goldenthread.standards.assessment.register.actions import record_placed_child
from tests.conftest import Cast
from tests.standards.allocation.allocating.conftest import Allocate, chain, owed
from tests.standards.referrals.conftest import Hands

pytestmark = pytest.mark.django_db


def told(waiting: CaseFile, cast: Cast, hands: Hands, **other: Any) -> WaitTold:
    """The team manager tells the group manager, unless told otherwise."""
    given: dict[str, Any] = {
        "case_file": waiting, "rank": "group-manager", "to": cast.group_manager, "risk": "watched",
        "words": "Nobody is free before Monday", "occurred_at": hands.now, "by": cast.manager,
    }  # fmt: skip
    return telling.tell_of_wait(**(given | other))


def _settled() -> dict[str, bool]:
    return {one.requirement.removeprefix("allocation.unallocated-"): one.done_at is not None for one in chain()}


def test_each_step_of_the_chain_is_somebodys_from_the_minute_that_nobody_is_named(
    waiting: CaseFile, cast: Cast
) -> None:
    steps = chain()
    assert [one.owner for one in steps] == [cast.manager, cast.manager, cast.group_manager, cast.group_manager]
    assert {one.team for one in steps} == {cast.east}
    assert len({one.since_at for one in steps}) == 1
    due = [one.due_at for one in steps]
    assert due == sorted(due)
    assert owed("purpose-stated") == [], "within the hour that Asha had it, nothing was due"


def test_a_telling_is_a_receipt_and_nobody_else_can_give_it(waiting: CaseFile, cast: Cast, hands: Hands) -> None:
    with pytest.raises(Refused, match="is not group manager"):
        told(waiting, cast, hands, to=cast.head)
    with pytest.raises(Refused, match="Write what was said"):
        told(waiting, cast, hands, words="-")
    with pytest.raises(Refused, match="from the list"):
        told(waiting, cast, hands, risk="fine")
    with pytest.raises(Refused, match="future"):
        told(waiting, cast, hands, occurred_at=hands.now + timedelta(hours=1))
    with pytest.raises(Refused, match="before the file was without"):
        told(waiting, cast, hands, occurred_at=hands.now - timedelta(days=1))
    with pytest.raises(NotAllowed):
        told(waiting, cast, hands, by=cast.colleague)
    with pytest.raises(NotAllowed):
        told(waiting, cast, hands, by=cast.stranger)
    assert WaitTold.objects.count() == 0
    made = told(waiting, cast, hands, token="once")
    assert told(waiting, cast, hands, token="once") == made
    assert _settled() == {
        "team-manager": False, "group-manager": True, "head-of-service": False, "executive-member": False
    }  # fmt: skip
    (step,) = owed("unallocated-group-manager")
    assert (step.owner, step.done_at) == (cast.manager, hands.now)
    entry = TrailEntry.objects.filter(deed="tell of wait").get()
    assert "Monday" not in str(entry.detail)


def test_whoever_may_not_open_the_file_is_not_told_of_it_by_name(waiting: CaseFile, cast: Cast, hands: Hands) -> None:
    other = Area.objects.create(name="Elsewhere")
    farther = Officer.objects.create_officer("mo", name="Mo Sarr", role="group-manager", area=other)
    with pytest.raises(Refused, match="may not open this case file"):
        told(waiting, cast, hands, to=farther)
    told(waiting, cast, hands, rank="executive-member", to=cast.member, by=cast.head)  # who is told numbers


def test_what_was_not_due_is_owed_no_more_when_somebody_is_named_and_what_was_stays(
    waiting: CaseFile, allocate: Allocate, cast: Cast, hands: Hands
) -> None:
    told(waiting, cast, hands)
    hands.on(days=2)
    allocate(allocated_at=hands.now)
    assert _settled() == {"team-manager": False, "group-manager": True}
    with pytest.raises(Refused, match="Somebody is named"):
        told(waiting, cast, hands, rank="team-manager", to=cast.manager)


def test_a_file_that_changes_teams_with_nobody_named_is_one_wait_and_goes_to_who_answers_there(
    waiting: CaseFile, cast: Cast, hands: Hands
) -> None:
    hands.on(hours=1)
    hand_over(case_file=waiting, team=cast.west, worker=None, since_at=hands.now, by=cast.head)
    assert len(chain()) == 4
    assert len({one.subject_id for one in chain()}) == 1
    assert {(one.team, one.owner) for one in chain()} == {(cast.west, None)}, "there is no manager there"
    west = Officer.objects.create_officer("mo", name="Mo Sarr", role="team-manager", team=cast.west)
    assert {one.owner for one in chain()} == {west}, "until there is one"


def test_who_owes_the_next_step_follows_those_who_come_move_and_go(waiting: CaseFile, cast: Cast, hands: Hands) -> None:
    change_account(officer=cast.manager, team=cast.west, by=cast.administrator)
    assert {one.owner for one in chain()} == {cast.group_manager}, "next above"
    close_account(officer=cast.group_manager, reason="Left for another council", by=cast.administrator)
    assert {one.owner for one in chain()} == {None}
    assert {one.team for one in chain()} == {cast.east}
    assert ledger.verify() == []


def test_the_head_of_service_who_was_told_owes_telling_the_member(waiting: CaseFile, cast: Cast, hands: Hands) -> None:
    told(waiting, cast, hands, rank="head-of-service", to=cast.head, by=cast.group_manager)
    (step,) = owed("unallocated-executive-member")
    assert (step.owner, step.team) == (cast.head, cast.east)


def test_whoever_was_told_owes_an_answer_and_gives_it_themselves(waiting: CaseFile, cast: Cast, hands: Hands) -> None:
    made = told(waiting, cast, hands)
    (answer,) = owed("unallocated-heard")
    assert (answer.owner, answer.done_at) == (cast.group_manager, None)
    hands.on(hours=1)
    said: dict[str, Any] = {"told": made, "words": "Ben takes it from Friday", "occurred_at": hands.now}
    with pytest.raises(NotAllowed, match="whoever was told"):
        telling.hear_of_wait(**said, by=cast.manager)
    with pytest.raises(Refused, match="before you were told"):
        telling.hear_of_wait(**(said | {"occurred_at": hands.now - timedelta(hours=3)}), by=cast.group_manager)
    telling.hear_of_wait(**said, by=cast.group_manager)
    with pytest.raises(Refused, match="already"):
        telling.hear_of_wait(**said, by=cast.group_manager)
    (answer,) = owed("unallocated-heard")
    assert (answer.owner, answer.done_at) == (cast.group_manager, hands.now)
    # Whoever says it of themselves, and members, owe no answer.
    told(waiting, cast, hands, rank="team-manager", to=cast.manager)
    told(waiting, cast, hands, rank="executive-member", to=cast.member, by=cast.head)
    assert len(owed("unallocated-heard")) == 1


def test_a_telling_is_corrected_and_taken_back_and_what_it_said_stays(
    waiting: CaseFile, cast: Cast, hands: Hands
) -> None:
    made = told(waiting, cast, hands)
    hands.on(hours=1)
    fixed = telling.correct_telling(
        fact=made, changes={"risk": "danger"}, reason="It was said of the older child", by=cast.manager
    )
    assert (fixed.risk, WaitTold.objects.count()) == ("danger", 2)
    (step,) = owed("unallocated-group-manager")
    assert step.done_at == made.occurred_at
    with pytest.raises(Refused, match="corrected already"):
        telling.withdraw_telling(fact=made, reason="It was another file", by=cast.manager)
    telling.withdraw_telling(fact=fixed, reason="It was another file", by=cast.manager)
    (step,) = owed("unallocated-group-manager")
    assert step.done_at is None
    assert owed("unallocated-heard") == []
    with pytest.raises(Refused, match="taken back"):
        telling.hear_of_wait(told=made, words="I ring round", occurred_at=hands.now, by=cast.group_manager)


def test_what_was_answered_stands_on_its_telling(waiting: CaseFile, cast: Cast, hands: Hands) -> None:
    made = told(waiting, cast, hands)
    heard = telling.hear_of_wait(told=made, words="I ring round", occurred_at=hands.now, by=cast.group_manager)
    with pytest.raises(Refused, match="it happened"):
        telling.withdraw_telling(fact=made, reason="It was another file", by=cast.manager)
    with pytest.raises(NotAllowed, match="by themselves"):
        telling.withdraw_telling(fact=heard, reason="Said of another file", by=cast.manager)
    telling.withdraw_telling(fact=heard, reason="Said of another file", by=cast.group_manager)
    (answer,) = owed("unallocated-heard")
    assert answer.done_at is None
    assert WaitHeard.objects.count() == 2


def test_a_file_that_another_room_opens_with_nobody_named_waits_too(cast: Cast, hands: Hands) -> None:
    record_placed_child(
        given_names="Eli", family_name="Fenwick", date_of_birth=None, sex="U", council="Thornshire", council_reference="",
        council_contact="duty desk", categories=["neglect"], occurred_at=hands.now, notified_at=hands.now, name="P. Oduya",
        team=cast.east, by=cast.manager,
    )  # fmt: skip
    assert len(chain()) == 4
