"""Closing a case file: what is asked before, what is refused, and what is owed afterwards."""

from datetime import timedelta
from typing import Any

import pytest

from goldenthread.cases.models import AgencyInvolved, CaseFile, Child
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.obligations.ledger import open_if_closed
from goldenthread.obligations.models import Obligation
from goldenthread.standards.allocation.closing import actions, corrections, signing
from goldenthread.standards.allocation.closing.choices import State
from goldenthread.standards.allocation.closing.models import Closure, ClosureAgencyTold, ClosureFamilyTold
from goldenthread.standards.assessment.hospital.actions import record_discharge, take_notification
from goldenthread.standards.assessment.housing.actions import record_move
from goldenthread.standards.assessment.register.actions import enter_on_register
from tests.conftest import Cast
from tests.standards.allocation.closing.conftest import HOUR, Ask, Sign, excuse_all, owed, tell_everybody
from tests.standards.referrals.conftest import Hands, Take


def again(closure: Closure) -> Closure:
    return Closure.objects.get(pk=closure.pk)


def test_asking_names_the_manager_the_agencies_and_what_is_owed(closure: Closure, cast: Cast, hands: Hands) -> None:
    assert closure.manager == cast.manager
    assert [one.name for one in closure.agencies.all()] == ["Elmbridge Primary"]
    answered, family, agency = (
        owed(f"closure-{what}")[0] for what in ("answered", "family-told", "agencies-told")
    )  # fmt: skip
    assert answered.owner == cast.manager
    assert (family.owner, agency.owner) == (cast.worker, cast.worker)
    assert answered.due_at is not None
    assert answered.due_at.date() - hands.now.date() == timedelta(days=7)  # five working days
    entry = TrailEntry.objects.order_by("pk").last()
    assert entry is not None
    assert "grandmother" not in str(entry.detail)


@pytest.mark.parametrize(
    "other",
    [{"reason": "tired-of-it"}, {"changed": " "}, {"support": "n/a"}, {"asked_at": "later"}, {"asked_at": "before"}],
)
def test_a_request_that_says_too_little_or_lies_elsewhere_in_time_is_refused(
    ask: Ask, file: CaseFile, hands: Hands, other: dict[str, Any]
) -> None:
    times = {"later": hands.now + HOUR, "before": file.opened_at - HOUR}
    with pytest.raises(Refused):
        ask(**{name: times.get(value, value) for name, value in other.items()})
    assert Closure.objects.count() == 0


def test_only_who_may_write_to_the_file_asks_and_one_closure_runs_at_a_time(ask: Ask, cast: Cast) -> None:
    for other in (cast.stranger, cast.quality, cast.administrator):
        with pytest.raises(NotAllowed):
            ask(by=other)
    first = ask(token="a")
    assert ask(token="a") == first
    with pytest.raises(Refused, match="not answered yet"):
        ask()


def test_a_file_is_closed_when_everybody_is_told_and_nothing_is_owed(
    ready: Closure, file: CaseFile, sign: Sign, hands: Hands, cast: Cast
) -> None:
    sign(ready, token="s")
    assert sign(ready, token="s").answer == "signed-off"
    file.refresh_from_db()
    assert (file.closed_at, again(ready).state) == (hands.now, State.CLOSED)
    assert not Obligation.objects.open().filter(case_file=file).exists()
    assert owed("closure-answered")[0].done_at == hands.now
    assert list(TrailEntry.objects.order_by("pk").values_list("deed", flat=True))[-2:] == [
        "sign off closure", "close case file",
    ]  # fmt: skip
    for refused in (
        lambda: sign(ready),
        lambda: actions.drop_closure(closure=ready, words="No", occurred_at=hands.now, by=cast.worker),
        lambda: actions.tell_family(closure=ready, how="phone", words="Late", occurred_at=hands.now, by=cast.worker),
        lambda: actions.ask_to_close(
            case_file=file,
            reason="died",
            changed="Nothing",
            support="Nobody at all",
            asked_at=hands.now,
            by=cast.worker,
        ),
    ):
        with pytest.raises(Refused):
            refused()


def test_nothing_is_closed_while_something_is_owed(
    closure: Closure, file: CaseFile, sign: Sign, hands: Hands, cast: Cast
) -> None:
    tell_everybody(closure, cast, hands)
    hands.on(hours=1)
    before = TrailEntry.objects.count()
    with pytest.raises(Refused, match="one by one"):
        sign(closure)
    file.refresh_from_db()
    assert file.closed_at is None
    assert (again(closure).state, TrailEntry.objects.count()) == (State.ASKED, before)
    left = open_if_closed(file, hands.now)
    assert {row.requirement for row in left} > {"referrals.decision", "referrals.written-confirmation"}
    excuse_all(closure, cast)
    sign(closure)


def test_everybody_is_told_first_or_it_is_said_why_not(
    closure: Closure, sign: Sign, hands: Hands, cast: Cast, child: Child
) -> None:
    excuse_all(closure, cast)
    hands.on(hours=1)
    with pytest.raises(Refused, match="family has not been told"):
        sign(closure)
    actions.tell_family(
        closure=closure, how="not-told", words="They moved and left no address", occurred_at=hands.now, by=cast.worker
    )
    with pytest.raises(Refused, match="Elmbridge Primary has not been told"):
        sign(closure)
    school = closure.agencies.get().involved
    actions.tell_agency(
        closure=closure, agency=school, how="phone", words="The head knows", occurred_at=hands.now, by=cast.worker
    )
    with pytest.raises(Refused, match="chronology"):
        sign(closure)
    AgencyInvolved.objects.create(
        child=child, kind="health", name="Health visitors", what_for="Her weight", occurred_at=hands.now,
        recorded_at=hands.now, by=cast.worker,
    )  # fmt: skip
    actions.look_at_chronology(closure=closure, words="It went up and down", occurred_at=hands.now, by=cast.worker)
    with pytest.raises(Refused, match="Health visitors has not been told"):
        sign(closure)
    other = Child.objects.create(given_names="Bo", family_name="Fenwick")
    elsewhere = AgencyInvolved.objects.create(
        child=other, kind="health", name="Another clinic", what_for="Teeth", occurred_at=hands.now, recorded_at=hands.now,
        by=cast.worker,
    )  # fmt: skip
    told: dict[str, Any] = {"closure": closure, "how": "phone", "words": "They know", "occurred_at": hands.now, "by": cast.worker}  # fmt: skip
    with pytest.raises(Refused, match="nothing to do with the children"):
        actions.tell_agency(agency=elsewhere, **told)
    actions.tell_agency(agency=AgencyInvolved.objects.get(kind="health", child=child), **told)
    assert owed("closure-agencies-told")[-1].done_at == hands.now
    excuse_all(closure, cast)
    sign(closure)


def test_who_asked_does_not_answer_and_a_worker_never_does(
    file: CaseFile, ask: Ask, sign: Sign, cast: Cast, hands: Hands
) -> None:
    own = ask(by=cast.manager)
    assert own.manager == cast.group_manager
    tell_everybody(own, cast, hands)
    excuse_all(own, cast)
    for other in (cast.manager, cast.worker, cast.senior, cast.stranger):
        with pytest.raises(NotAllowed):
            sign(own, by=other)
        with pytest.raises(NotAllowed):
            signing.return_closure(closure=own, words="See the school first", occurred_at=hands.now, by=other)
    sign(own, by=cast.group_manager)


def test_a_closure_that_is_returned_is_asked_again(closure: Closure, sign: Sign, cast: Cast, hands: Hands) -> None:
    hands.on(days=1)
    with pytest.raises(Refused):
        actions.ask_again(closure=closure, words="I saw her", occurred_at=hands.now, by=cast.worker)
    signing.return_closure(
        closure=closure, words="See her alone once more", occurred_at=hands.now, by=cast.manager, token="r"
    )
    assert again(closure).state == State.RETURNED
    with pytest.raises(Refused, match="does not wait"):
        sign(closure)
    assert [row.done_at is None for row in owed("closure-answered")] == [False]
    hands.on(days=2)
    actions.ask_again(closure=closure, words="I saw her alone on Friday", occurred_at=hands.now, by=cast.worker)
    assert [row.done_at is None for row in owed("closure-answered")] == [False, True]
    tell_everybody(closure, cast, hands)
    excuse_all(closure, cast)
    hands.on(hours=1)
    sign(closure)
    assert [row.done_at is None for row in owed("closure-answered")] == [False, False]


def test_a_closure_that_is_dropped_owes_no_more(closure: Closure, ask: Ask, cast: Cast, hands: Hands) -> None:
    hands.on(days=1)
    actions.drop_closure(closure=closure, words="Her father is out of prison", occurred_at=hands.now, by=cast.worker)
    assert again(closure).state == State.DROPPED
    assert not owed("closure-family-told")
    assert not owed("closure-agencies-told")
    assert owed("closure-answered")[0].done_at == hands.now
    assert ask().state == State.ASKED


def test_what_was_overdue_when_a_closure_was_dropped_stays_so(closure: Closure, cast: Cast, hands: Hands) -> None:
    hands.on(days=20)
    actions.drop_closure(closure=closure, words="Her father is out of prison", occurred_at=hands.now, by=cast.worker)
    assert [row.done_at for row in owed("closure-family-told")] == [None]


def test_no_child_is_closed_away_who_is_on_the_register_in_hospital_or_in_temporary_accommodation(
    ready: Closure, file: CaseFile, child: Child, sign: Sign, cast: Cast, hands: Hands
) -> None:
    told = take_notification(
        case_file=file, children=[child], told="ward", hospital="Elmbridge General", told_by="Sister Okonjo",
        concern="A fall, with two accounts of it", harm="no", admitted_at=hands.now, received_at=hands.now, by=cast.worker,
    )  # fmt: skip
    with pytest.raises(Refused, match="in hospital"):
        sign(ready)
    record_discharge(notification=told, how="planned", where_to="Home", occurred_at=hands.now, by=cast.worker)
    moved = record_move(
        case_file=file, children=[child], kind="bed-and-breakfast", moved_at=hands.now, told_at=hands.now,
        told_by="housing", place="Lindon Guest House", authority="Elmbridge Housing", by=cast.worker,
    )  # fmt: skip
    with pytest.raises(Refused, match=f"Temporary move {moved}"):
        sign(ready)
    enter_on_register(
        case_file=file, child=child, categories=["neglect"], occurred_at=hands.now, by=cast.manager, officer=cast.worker
    )
    with pytest.raises(Refused, match="register"):
        sign(ready)
    file.refresh_from_db()
    assert file.closed_at is None


def test_a_referral_that_came_after_the_manager_decided_is_looked_at_first(
    ready: Closure, take: Take, file: CaseFile, child: Child, sign: Sign, hands: Hands
) -> None:
    decided = hands.now
    hands.on(hours=5)
    take(case_file=file, children=[child])
    with pytest.raises(Refused, match="referral was received since"):
        sign(ready, occurred_at=decided)


def test_a_closed_file_takes_no_referral(
    ready: Closure, take: Take, file: CaseFile, child: Child, sign: Sign, hands: Hands
) -> None:
    sign(ready)
    hands.on(days=3)
    with pytest.raises(Refused, match="start a new file"):
        take(case_file=file, children=[child])
    assert take(children=[child]).case_file != file


def test_a_file_closed_too_soon_is_opened_again_in_the_same_hands(
    ready: Closure, file: CaseFile, ask: Ask, sign: Sign, cast: Cast, hands: Hands
) -> None:
    sign(ready)
    hands.on(days=2)

    def reopen(**other: Any) -> None:
        given: dict[str, Any] = {"words": "The school rang", "occurred_at": hands.now, "by": cast.manager}
        signing.reopen(closure=ready, **(given | other))

    with pytest.raises(NotAllowed):
        reopen(by=cast.worker)
    for wrong in ({"words": " "}, {"occurred_at": hands.now - timedelta(days=3)}, {"occurred_at": hands.now + HOUR}):
        with pytest.raises(Refused):
            reopen(**wrong)
    reopen(token="o")
    reopen(token="o")
    file.refresh_from_db()
    assert (file.closed_at, file.worker, again(ready).state) == (None, cast.worker, State.REOPENED)
    with pytest.raises(Refused):
        reopen()
    second = ask()
    assert second.state == State.ASKED


def test_what_was_told_is_corrected_and_after_the_closing_no_more_taken_back(
    ready: Closure, sign: Sign, cast: Cast, hands: Hands
) -> None:
    told = ClosureFamilyTold.objects.get()
    mended = corrections.correct(
        fact=told, changes={"words": "Her mother knows; her father hung up"}, reason="He was not there", by=cast.worker
    )
    assert mended.root == told
    school = ClosureAgencyTold.objects.get()
    corrections.withdraw(fact=school, reason="It was another school", by=cast.worker)
    assert owed("closure-agencies-told")[0].done_at is None
    with pytest.raises(Refused, match="Elmbridge Primary"):
        sign(ready)
    actions.tell_agency(
        closure=ready,
        agency=ready.agencies.get().involved,
        how="phone",
        words="Now it knows",
        occurred_at=hands.now,
        by=cast.worker,
    )
    excuse_all(ready, cast)
    sign(ready)
    with pytest.raises(Refused, match="not taken back"):
        corrections.withdraw(fact=mended, reason="It was another family", by=cast.worker)
    hands.on(hours=2)
    with pytest.raises(Refused, match="signed off before"):
        corrections.correct(fact=mended, changes={"occurred_at": hands.now}, reason="Later", by=cast.worker)


def test_told_late_is_recorded_late(closure: Closure, cast: Cast, hands: Hands) -> None:
    when = hands.now
    hands.on(days=20)
    actions.tell_family(closure=closure, how="visit", words="They know", occurred_at=when, by=cast.worker)
    row = owed("closure-family-told")[0]
    assert (row.done_at, row.done_known_at) == (when, hands.now)


def test_what_comes_round_ends_with_the_file_and_begins_anew_with_it(
    ready: Closure, file: CaseFile, sign: Sign, cast: Cast, hands: Hands
) -> None:
    """The talk about a case in supervision: nothing is owed for the time in which the file was closed."""
    assert owed("case-discussed")
    sign(ready)
    assert not owed("case-discussed", done_at=None, excused_at=None)
    hands.on(days=200)
    signing.reopen(closure=ready, words="It was the wrong file", occurred_at=hands.now, by=cast.manager)
    due = [row for row in owed("case-discussed", done_at=None, excused_at=None) if row.since_at <= hands.now]
    assert [row.since_at for row in due] == [hands.now]


def test_what_is_overdue_and_comes_round_keeps_the_file_open(
    closure: Closure, file: CaseFile, cast: Cast, hands: Hands
) -> None:
    assert "allocation.case-discussed" not in {row.requirement for row in open_if_closed(file, hands.now)}
    hands.on(days=20)
    left = [row for row in open_if_closed(file, hands.now) if row.requirement == "allocation.case-discussed"]
    assert len(left) == 1
    file.refresh_from_db()
    assert file.closed_at is None
