"""What a transfer owes, to whom, by when, and what becomes of it where the transfer ends."""

from datetime import timedelta

from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import day_of, end_of
from goldenthread.core.timescales import timescale
from goldenthread.obligations.actions import excuse
from goldenthread.obligations.handover import hand_over
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.verdicts import verdict
from tests.conftest import Cast
from tests.standards.allocation.transferring.conftest import DAY, Deeds, Do, owed
from tests.standards.referrals.conftest import Hands


def due(key: str, since: object) -> object:
    """The last instant in time, by the rule library."""
    rule = timescale(key, day_of(since))  # type: ignore[arg-type]
    assert rule
    return rule.due(since)  # type: ignore[arg-type]


def test_the_answer_is_owed_by_who_answers_for_the_receiving_team(deeds: Deeds, hands: Hands) -> None:
    asked = hands.now
    (row,) = owed("answered")
    assert (row.owner, row.team, row.due_at) == (deeds.receiver, deeds.cast.west, due("transfer-answered", asked))
    hands.on(days=1)
    deeds.obstacle(side="sending", by=deeds.cast.worker)
    assert owed("answered")[0].done_at is None  # that the sending team sees an obstacle is no answer
    deeds.obstacle()
    (row,) = owed("answered")
    assert (row.done_at, row.owner) == (hands.now, deeds.receiver)


def test_an_obstacle_is_owed_by_its_owner_by_its_day(deeds: Deeds, hands: Hands, cast: Cast) -> None:
    obstacle = deeds.obstacle()
    (row,) = owed("obstacle")
    assert (row.owner, row.team, row.key) == (cast.manager, cast.east, f"obstacle-{obstacle.pk}")
    assert row.due_at == end_of(obstacle.due)
    hands.on(days=1)
    moved = deeds.move(obstacle, owner=deeds.receiver)
    (row,) = owed("obstacle")
    assert (row.owner, row.team, row.due_at) == (deeds.receiver, cast.west, end_of(moved.due))
    hands.on(days=20)
    deeds.move(obstacle)
    assert owed("obstacle")[0].due_at == end_of(moved.due)  # that day had passed
    deeds.clear(obstacle)
    (row,) = owed("obstacle")
    assert (row.done_at, str(verdict(row, hands.now))) == (hands.now, "late")


def test_a_workers_obstacle_goes_with_the_case(deeds: Deeds, case_file: CaseFile, hands: Hands, cast: Cast) -> None:
    obstacle = deeds.obstacle(owner=cast.worker)
    assert owed("obstacle")[0].owner == cast.worker
    hands.on(days=1)
    hand_over(case_file=case_file, team=cast.east, worker=cast.colleague, since_at=hands.now, by=cast.manager)
    assert owed("obstacle")[0].owner == cast.colleague
    deeds.clear(obstacle)
    hands.on(hours=1)
    hand_over(case_file=case_file, team=cast.east, worker=cast.worker, since_at=hands.now, by=cast.manager)
    assert owed("obstacle")[0].owner == cast.colleague


def test_a_disagreement_is_ruled_on_within_a_week(deeds: Deeds, hands: Hands, cast: Cast) -> None:
    assert owed("ruled") == []
    said = deeds.disagree()
    (row,) = owed("ruled")
    assert (row.owner, row.team, row.key) == (cast.head, cast.east, f"answer-{said.pk}")
    assert row.due_at == due("transfer-ruled", hands.now)
    hands.on(days=2)
    deeds.accept()  # they came round
    assert owed("ruled")[0].done_at == hands.now


def test_handover_visit_and_completion_are_owed_by_who_holds_the_case(
    deeds: Deeds, case_file: CaseFile, hands: Hands, cast: Cast
) -> None:
    asked = hands.now
    assert owed("handover") == owed("joint-visit") == []
    (row,) = owed("completed")
    assert (row.owner, row.team, row.due_at) == (cast.worker, cast.east, due("transfer-completed", asked))
    hands.on(days=1)
    deeds.accept()
    agreed = hands.now
    for key in ("handover", "joint-visit"):
        (row,) = owed(key)
        assert (row.owner, row.since_at, row.due_at) == (cast.worker, agreed, due(f"transfer-{key}", agreed))
    hands.on(days=1)
    deeds.handover()
    deeds.visit(made=False, sender=None, receiver=None, children=[], words="They were away", by=cast.manager)
    assert owed("handover")[0].done_at == hands.now
    assert owed("joint-visit")[0].done_at is None  # that there was none is no visit
    hands.on(days=1)
    deeds.complete()
    (row,) = owed("completed")
    assert (row.done_at, row.owner, row.team) == (hands.now, cast.worker, cast.east)
    assert owed("handover")[0].team == cast.east
    (open_still,) = owed("joint-visit")
    assert (open_still.owner, open_still.team) == (cast.worker, cast.east)


def test_a_visit_that_was_not_made_can_be_excused(deeds: Deeds, hands: Hands, cast: Cast) -> None:
    deeds.accept()
    deeds.visit(made=False, sender=None, receiver=None, children=[], words="They were away", by=cast.manager)
    excuse(obligation=owed("joint-visit")[0], reason="Efua has known the children for two years", by=cast.manager)
    deeds.handover()
    deeds.complete()
    (row,) = owed("joint-visit")
    assert row.excused_at
    assert row.team == cast.east


def test_what_was_not_due_when_a_transfer_ended_is_not_owed(deeds: Deeds, ask: Do, hands: Hands, cast: Cast) -> None:
    deeds.obstacle(side="sending", by=cast.manager)
    hands.on(days=1)
    deeds.withdraw()
    assert not Obligation.objects.filter(requirement__startswith="allocation.transfer-").exists()
    ask()
    assert {row.requirement for row in Obligation.objects.filter(subject_type="transferring.transfer")} == {
        "allocation.transfer-answered", "allocation.transfer-completed",
    }  # fmt: skip


def test_what_was_due_when_a_transfer_ended_was_late(deeds: Deeds, hands: Hands, cast: Cast) -> None:
    deeds.obstacle(side="sending", by=cast.manager)
    hands.on(days=20)
    deeds.withdraw()
    rows = Obligation.objects.filter(requirement__startswith="allocation.transfer-")
    assert {(row.requirement, str(verdict(row, hands.now))) for row in rows} == {
        ("allocation.transfer-answered", "late"), ("allocation.transfer-obstacle", "late"),
    }  # fmt: skip


def test_days_from_request_to_transfer_recorded_late(deeds: Deeds, hands: Hands) -> None:
    asked = deeds.transfer.asked_at
    hands.on(days=1)
    deeds.ready()
    over = hands.on(days=2)
    hands.on(days=6)
    deeds.complete(occurred_at=over)
    (row,) = owed("completed")
    assert (row.done_at, row.done_known_at) == (over, hands.now)
    assert row.done_at - asked == timedelta(days=3)  # type: ignore[operator]
    assert row.since_at + 3 * DAY == row.done_at
