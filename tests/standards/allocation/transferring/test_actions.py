"""What each verb of a transfer writes, and what it refuses."""

from datetime import timedelta

import pytest

from goldenthread.cases.models import CaseFile, Holding
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import day_of
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.obligations import ledger
from goldenthread.obligations.handover import hand_over
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.transferring.course import course_of
from goldenthread.standards.allocation.transferring.models import (
    HandoverItem,
    JointVisit,
    Transfer,
    TransferAnswer,
    TransferDone,
    TransferObstacle,
)
from goldenthread.standards.referrals import actions as referrals
from tests.conftest import Cast
from tests.standards.allocation.transferring.conftest import DAY, Deeds, Do
from tests.standards.referrals.conftest import Hands


def fresh(case_file: CaseFile) -> CaseFile:
    return CaseFile.objects.get(pk=case_file.pk)


def test_a_request_is_written_and_moves_nothing(ask: Do, case_file: CaseFile, cast: Cast, receiver: Officer) -> None:
    made = ask(token="t")
    assert ask(token="t") == made
    assert (made.from_team, made.to_team, made.asked_of) == (cast.east, cast.west, receiver)
    file = fresh(case_file)
    assert (file.team, file.worker, file.offered_to) == (cast.east, cast.worker, cast.west)
    assert Holding.objects.filter(case_file=file).count() == 1
    entry = TrailEntry.objects.get(deed="request transfer")
    assert "support" not in str(entry.detail).replace("fs-", "")


def test_who_may_ask_and_what_is_refused(
    ask: Do, case_file: CaseFile, cast: Cast, receiver: Officer, hands: Hands
) -> None:
    for by in (cast.worker, cast.stranger, receiver, cast.quality, cast.administrator):
        with pytest.raises(NotAllowed):
            ask(by=by)
    for wrong, match in (
        ({"why": "n/a"}, "why it is to be transferred"),
        ({"asked": ""}, "what is asked"),
        ({"asked_at": hands.now + DAY}, "in the future"),
        ({"asked_at": hands.now - DAY}, "was opened"),
        ({"to_team": cast.east}, "holds this case file already"),
    ):
        with pytest.raises(Refused, match=match):
            ask(**wrong)
    assert fresh(case_file).offered_to is None
    ask()
    with pytest.raises(Refused, match="under way"):
        ask()


def test_a_closed_case_is_not_transferred(ask: Do, case_file: CaseFile, hands: Hands) -> None:
    CaseFile.objects.filter(pk=case_file.pk).update(closed_at=hands.now)
    ledger.refresh_whole_file(fresh(case_file))
    with pytest.raises(Refused, match="closed"):
        ask()


def test_from_request_to_the_case_going_over(deeds: Deeds, case_file: CaseFile, cast: Cast, hands: Hands) -> None:
    hands.on(days=1)
    answer = deeds.accept(starts_on=day_of(hands.now), token="a")
    assert deeds.accept(token="a") == answer
    blocked = deeds.obstacle()
    hands.on(days=1)
    deeds.handover()
    deeds.visit()
    with pytest.raises(Refused, match="obstacle"):
        deeds.complete()
    hands.on(hours=2)
    deeds.clear(blocked)
    with pytest.raises(Refused, match="before the last obstacle was cleared"):
        deeds.complete(occurred_at=hands.now - timedelta(hours=1))
    open_before = set(
        Obligation.objects.open().filter(case_file=case_file).exclude(subject_type="transferring.transfer")
    )
    assert open_before
    assert all(row.team == cast.east for row in open_before)
    done = deeds.complete(token="c")
    assert deeds.transfer.completions.get() == done
    file = fresh(case_file)
    assert (file.team, file.worker, file.offered_to) == (cast.west, cast.stranger, None)
    assert done.holding == file.holdings.last()
    assert done.holding.since_at == done.occurred_at
    for row in Obligation.objects.filter(pk__in=[one.pk for one in open_before]):
        # That nobody said what the earlier worker had it for can be said no more: it stays with their team.
        its_time_is_over = row.requirement == "allocation.purpose-stated"
        assert (row.team, row.owner) == ((cast.east, None) if its_time_is_over else (cast.west, cast.stranger))
    said = Obligation.objects.get(requirement="allocation.purpose-stated", subject_id=done.holding_id)
    assert (said.team, said.owner) == (cast.west, cast.stranger)
    assert sight_of(cast.worker).why(file) == sight_of(cast.manager).why(file) == ""
    course = course_of(Transfer.objects.get())
    assert course.state == ("Done", "green")
    assert not course.under_way
    with pytest.raises(NotAllowed):
        deeds.complete()
    with pytest.raises(Refused, match="done"):
        deeds.complete(by=cast.head)
    with pytest.raises(Refused, match="done"):
        deeds.obstacle()


def test_the_case_stays_until_all_is_there(deeds: Deeds, case_file: CaseFile, cast: Cast, hands: Hands) -> None:
    hands.on(days=1)
    with pytest.raises(Refused, match="has not accepted"):
        deeds.complete()
    deeds.accept(starts_on=day_of(hands.now + 3 * DAY))
    with pytest.raises(Refused, match="no handover record"):
        deeds.complete()
    deeds.handover()
    with pytest.raises(Refused, match="joint visit"):
        deeds.complete()
    with pytest.raises(Refused, match="for a manager"):
        deeds.visit(made=False, sender=None, receiver=None, children=[], words="The family was away")
    deeds.visit(made=False, sender=None, receiver=None, children=[], words="The family was away", by=cast.manager)
    with pytest.raises(Refused, match="takes it on from"):
        deeds.complete()
    hands.on(days=3)
    with pytest.raises(Refused, match="not a worker"):
        deeds.complete(worker=cast.colleague)
    with pytest.raises(Refused, match="future"):
        deeds.complete(occurred_at=hands.now + DAY)
    with pytest.raises(Refused, match="takes it on from"):
        deeds.complete(occurred_at=hands.now - 2 * DAY)
    for by in (cast.worker, cast.stranger, deeds.receiver):
        with pytest.raises(NotAllowed):
            deeds.complete(by=by)
    assert fresh(case_file).team == cast.east
    deeds.complete(worker=None)
    assert (fresh(case_file).team, fresh(case_file).worker) == (cast.west, None)


def test_only_the_transfer_moves_the_file_and_the_sending_team_goes_on_with_it(
    transfer: Transfer, case_file: CaseFile, cast: Cast, hands: Hands
) -> None:
    with pytest.raises(Refused, match="transfer of this case file is under way"):
        hand_over(case_file=case_file, team=cast.west, worker=None, since_at=hands.now, by=cast.head)
    hand_over(case_file=case_file, team=cast.east, worker=cast.colleague, since_at=hands.now, by=cast.manager)
    assert fresh(case_file).worker == cast.colleague


def test_the_receiving_manager_reads_and_does_not_write(
    transfer: Transfer, deeds: Deeds, case_file: CaseFile, cast: Cast, hands: Hands
) -> None:
    file, receiver = fresh(case_file), deeds.receiver
    assert sight_of(receiver).why(file) == "receiving team"
    assert not sight_of(receiver).may_write(file)
    assert sight_of(cast.stranger).why(file) == ""  # a worker of that team, who answers for nobody
    with pytest.raises(NotAllowed, match="may not write to"):
        referrals.acknowledge(
            referral=case_file.referrals.get(),
            how="phone",
            occurred_at=hands.now,
            by=receiver,  # type: ignore[attr-defined]
        )
    for verb in (deeds.handover, deeds.withdraw, deeds.complete):
        with pytest.raises(NotAllowed):
            verb(by=receiver)
    for by in (cast.stranger, cast.worker, cast.manager, cast.group_manager, cast.quality):
        with pytest.raises(NotAllowed):
            deeds.accept(by=by)
    deeds.withdraw()
    assert sight_of(receiver).why(fresh(case_file)) == ""
    with pytest.raises(NotAllowed):
        deeds.accept()
    with pytest.raises(Refused, match="has ended"):
        deeds.accept(by=cast.head)
    assert not TransferAnswer.objects.exists()


def test_an_acceptance_is_of_a_day_and_a_worker_of_that_team(deeds: Deeds, cast: Cast, hands: Hands) -> None:
    with pytest.raises(Refused, match="not a worker"):
        deeds.accept(worker=cast.worker)
    with pytest.raises(Refused, match="before it was asked"):
        deeds.accept(starts_on=day_of(hands.now - DAY))
    with pytest.raises(Refused, match="before the transfer was asked"):
        deeds.accept(occurred_at=hands.now - timedelta(hours=1))
    deeds.accept(worker=None)
    with pytest.raises(Refused, match="already"):
        deeds.accept()


def test_an_obstacle_is_named_owned_and_dated(deeds: Deeds, cast: Cast, hands: Hands) -> None:
    for wrong, match in (
        ({"what": "tbc"}, "what exactly"),
        ({"kind": "x"}, "from the list"),
        ({"side": "x"}, "from the list"),
        ({"owner": cast.stranger}, "cannot own"),
        ({"owner": cast.colleague}, "cannot own"),  # on duty for the team, and not the worker
        ({"owner": cast.quality}, "cannot own"),
        ({"due": day_of(hands.now - DAY)}, "was over"),
        ({"side": "sending"}, "speak for"),
    ):
        with pytest.raises(Refused, match=match):
            deeds.obstacle(**wrong)
    with pytest.raises(NotAllowed, match="speak for"):
        deeds.obstacle(by=cast.worker)
    assert not TransferObstacle.objects.exists()
    assert deeds.obstacle(owner=cast.worker).team is None
    assert deeds.obstacle(owner=deeds.receiver, side="sending", by=cast.worker).team == cast.west
    assert deeds.obstacle(owner=cast.group_manager).team == cast.east
    assert deeds.obstacle(owner=cast.head).team == cast.west


def test_an_obstacle_is_moved_with_a_reason_and_cleared_once(deeds: Deeds, cast: Cast, hands: Hands) -> None:
    obstacle = deeds.obstacle()
    with pytest.raises(Refused, match="why it is moved"):
        deeds.move(obstacle, why="")
    with pytest.raises(Refused, match="Nothing would change"):
        deeds.move(obstacle, due=obstacle.due)
    hands.on(days=1)
    deeds.move(obstacle)
    one = course_of(Transfer.objects.get()).hurdles[0]
    assert one.due == one.promised == day_of(hands.now + 9 * DAY)
    hands.on(days=12)
    late = deeds.move(obstacle, owner=deeds.receiver)
    one = course_of(Transfer.objects.get()).hurdles[0]
    assert (one.due, one.promised, one.owner) == (day_of(hands.now - 3 * DAY), late.due, deeds.receiver)
    with pytest.raises(NotAllowed):
        deeds.clear(obstacle, by=cast.stranger)
    with pytest.raises(Refused, match="how it was cleared"):
        deeds.clear(obstacle, how="n/a")
    with pytest.raises(Refused, match="was named"):
        deeds.clear(obstacle, occurred_at=hands.now - 20 * DAY)
    deeds.clear(obstacle, by=deeds.receiver)
    with pytest.raises(Refused, match="cleared already"):
        deeds.clear(obstacle)
    with pytest.raises(Refused, match="cleared already"):
        deeds.move(obstacle)


def test_where_the_teams_disagree_a_manager_above_both_rules(
    deeds: Deeds, case_file: CaseFile, cast: Cast, hands: Hands
) -> None:
    with pytest.raises(Refused, match="do not disagree"):
        deeds.rule()
    said = deeds.disagree()
    assert said.to_rule == cast.head
    with pytest.raises(Refused, match="is said already"):
        deeds.disagree()
    with pytest.raises(Refused, match="has not accepted"):
        deeds.complete()
    for by in (cast.manager, deeds.receiver, cast.group_manager, cast.worker):
        with pytest.raises(NotAllowed):
            deeds.rule(by=by)
    with pytest.raises(Refused, match="why you rule"):
        deeds.rule(words="")
    deeds.rule()
    with pytest.raises(Refused, match="was ruled"):
        deeds.disagree()
    deeds.handover()
    deeds.visit()
    deeds.complete()
    assert fresh(case_file).team == cast.west


def test_a_ruling_that_it_stays_ends_the_transfer(deeds: Deeds, case_file: CaseFile, cast: Cast, ask: Do) -> None:
    deeds.disagree()
    deeds.rule("stays")
    assert fresh(case_file).offered_to is None
    assert course_of(Transfer.objects.get()).state[0] == "Stays where it is"
    with pytest.raises(Refused, match="has ended"):
        deeds.withdraw()
    ask()
    assert Transfer.objects.under_way().count() == 1


def test_a_group_manager_rules_within_their_area(deeds: Deeds, cast: Cast) -> None:
    cast.west.area = cast.east.area
    cast.west.save()
    assert deeds.disagree().to_rule == cast.group_manager
    deeds.rule(by=cast.group_manager)


def test_the_handover_record_lists_what_is_owed_and_is_not_typed(
    deeds: Deeds, case_file: CaseFile, cast: Cast, hands: Hands
) -> None:
    with pytest.raises(Refused, match="children at risk"):
        deeds.handover(risks="n/a")
    record = deeds.handover()
    items = HandoverItem.objects.filter(record=record)
    begun = Obligation.objects.open().filter(case_file=case_file, since_at__lte=hands.now)
    open_now = begun.exclude(subject_type="transferring.transfer")
    assert {(i.requirement, i.subject_id, i.due_at) for i in items} == {
        (o.requirement, o.subject_id, o.due_at) for o in open_now
    }
    assert items
    hands.on(days=1)
    referrals.acknowledge(
        referral=case_file.referrals.get(),
        how="phone",
        occurred_at=hands.now,
        by=cast.worker,  # type: ignore[attr-defined]
    )
    assert HandoverItem.objects.filter(record=record).count() == len(items)
    assert deeds.handover().items.count() == len(items) - 1


def test_a_joint_visit_is_of_both_teams_and_of_children_on_the_file(deeds: Deeds, cast: Cast) -> None:
    for wrong in ({"sender": None}, {"receiver": None}, {"receiver": cast.worker}, {"sender": cast.stranger}):
        with pytest.raises(Refused, match="went"):
            deeds.visit(**wrong)
    with pytest.raises(Refused, match="at least one child"):
        deeds.visit(children=[])
    with pytest.raises(Refused, match="nobody went"):
        deeds.visit(made=False, words="They were away", by=cast.manager)
    with pytest.raises(NotAllowed):
        deeds.visit(by=cast.stranger)
    assert not JointVisit.objects.exists()
    visit = deeds.visit(by=deeds.receiver)
    assert list(visit.children.all()) == list(deeds.transfer.case_file.children.all())


def test_a_joint_visit_can_be_made_after_the_case_went_over(deeds: Deeds, cast: Cast, hands: Hands) -> None:
    deeds.accept()
    deeds.handover()
    deeds.visit(made=False, sender=None, receiver=None, children=[], words="The family was away", by=deeds.receiver)
    deeds.complete()
    hands.on(days=1)
    deeds.visit(by=cast.stranger)
    assert TransferDone.objects.count() == 1
