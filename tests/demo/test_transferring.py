"""The transfers of the demonstration: round each change of team, one, and nothing in them that the verbs would refuse."""

from datetime import date
from itertools import pairwise

import pytest
from django.db.models import F

from goldenthread.cases.models import CaseFile, Holding
from goldenthread.core.clock import day_of
from goldenthread.obligations.models import Obligation
from goldenthread.standards.allocation.transferring import rules
from goldenthread.standards.allocation.transferring.choices import Reply
from goldenthread.standards.allocation.transferring.course import RELATED, Course, course_of
from goldenthread.standards.allocation.transferring.figures import lasted, moving
from goldenthread.standards.allocation.transferring.models import HandoverRecord, JointVisit, Transfer, TransferDone
from tests.demo.conftest import NOW, TODAY
from tests.demo.recount.transferring import days_taken

pytestmark = pytest.mark.usefixtures("authority")


def courses() -> list[Course]:
    rows = Transfer.objects.select_related("case_file", "from_team", "to_team", "asked_of", "by")
    return [course_of(row) for row in rows.prefetch_related("case_file__holdings", *RELATED)]


def test_an_open_case_is_in_one_teams_hands_all_the_time_and_goes_over_by_a_transfer() -> None:
    by_transfer = set(TransferDone.objects.values_list("holding", flat=True))
    went = set()
    for file in CaseFile.objects.prefetch_related("holdings"):
        held = list(file.holdings.all())
        assert held[0].since_at == file.opened_at
        assert (held[-1].team_id, held[-1].worker_id) == (file.team_id, file.worker_id)
        for was, to in pairwise(held):
            assert was.since_at < to.since_at
            if was.team_id != to.team_id:
                went.add(to.pk)
    assert went == by_transfer
    assert went


def test_transfers_are_as_the_verbs_would_have_them() -> None:
    found = courses()
    under_way = {one.transfer.case_file_id: one.transfer.to_team_id for one in found if one.under_way}
    assert dict(CaseFile.objects.exclude(offered_to=None).values_list("pk", "offered_to")) == under_way
    for one in found:
        transfer = one.transfer
        held = transfer.case_file.holding_at(transfer.asked_at)
        assert held
        assert held.team_id == transfer.from_team_id
        assert rules.answers_for(transfer.by, transfer.from_team_id)
        assert transfer.asked_of
        assert rules.answers_for(transfer.asked_of, transfer.to_team_id)
        facts = [s.fact for s in (*one.answers, *one.handovers, *one.visits)]
        facts += [one.ruling.fact] if one.ruling else []
        facts += [h.said.fact for h in one.hurdles] + [h.cleared.fact for h in one.hurdles if h.cleared]
        for fact in facts:
            assert fact.occurred_at >= transfer.asked_at
            assert fact.recorded_at >= transfer.recorded_at
            assert fact.recorded_at >= fact.occurred_at
            if one.done and not (isinstance(fact, JointVisit) and fact.made):
                assert fact.recorded_at <= one.done.fact.recorded_at, fact
        for answer in one.answers:
            assert rules.answers_for(answer.fact.by, transfer.to_team_id)
            if answer.fact.reply == Reply.ACCEPTED:
                assert answer.fact.starts_on
        for hurdle in one.hurdles:
            assert hurdle.said.fact.due >= day_of(hurdle.said.fact.occurred_at)
            if hurdle.team_id is None and hurdle.open:
                assert hurdle.owner.team_id == transfer.from_team_id
        if one.disagreement and one.ruling:
            assert one.ruling.fact.by.role == "head-of-service"
            assert one.ruling.moment.occurred_at >= one.disagreement.moment.occurred_at
        if one.done:
            rules.check_ready(one, one.done.moment.occurred_at)
            assert one.done.fact.holding.since_at == one.done.moment.occurred_at
            assert one.done.fact.worker_id == one.done.fact.holding.worker_id
    for visit in JointVisit.objects.filter(made=True).prefetch_related("children", "transfer__case_file__children"):
        assert {c.pk for c in visit.children.all()} <= {c.pk for c in visit.transfer.case_file.children.all()}
        assert visit.sender
        assert visit.receiver
        held = visit.transfer.case_file.holding_at(visit.occurred_at)
        assert held
        assert visit.by_id == held.worker_id or rules.answers_for(visit.by, held.team_id)
        assert (visit.sender.team_id, visit.receiver.team_id) == (
            visit.transfer.from_team_id,
            visit.transfer.to_team_id,
        )


def test_every_way_that_a_transfer_goes_is_there() -> None:
    found = courses()
    assert {one.state[0] for one in found} == {
        "Done", "Withdrawn", "Stays where it is", "Agreed", "Not answered yet", "Obstacles", "Not agreed: to be ruled on",
    }  # fmt: skip
    assert any(hurdle.over(NOW) for one in found for hurdle in one.in_the_way)


def test_what_was_outstanding_was_owed_then_and_is_beside_most_handovers() -> None:
    records = HandoverRecord.objects.prefetch_related("items")
    assert sum(bool(record.items.all()) for record in records) > len(records) / 2
    for record in records:
        for item in record.items.all():
            assert item.since_at <= record.recorded_at
    one = next(record for record in records if record.items.all())
    item = one.items.all()[0]
    row = Obligation.objects.get(
        requirement=item.requirement, subject_type=item.subject_type, subject_id=item.subject_id, key=item.key
    )
    assert row.done_known_at is None or row.done_known_at > one.recorded_at


def test_days_from_request_to_transfer_are_the_same_by_hand() -> None:
    ours = lasted(date(2020, 1, 1), TODAY)
    mine = days_taken()
    assert sorted((a, b, round(took.total_seconds() / 86400, 6)) for a, b, took in ours) == [
        (a, b, round(days, 6)) for a, b, days in mine
    ]
    assert all(days > 0 for _, _, days in mine)
    left_out = TransferDone.objects.values_list("transfer__case_file", flat=True)[:1]
    assert len(lasted(date(2020, 1, 1), TODAY, without=list(left_out))) < len(ours)


def test_what_moves_between_teams_is_the_same_by_hand() -> None:
    teams = set(Holding.objects.values_list("team", flat=True))
    for at in (NOW, NOW.replace(year=NOW.year - 1)):
        ours = moving(teams, at)
        under_way = [
            one for one in courses()
            if one.transfer.asked_at <= at and one.transfer.recorded_at <= at
            and not (one.ended and max(one.ended.occurred_at, one.ended.recorded_at) <= at)
        ]  # fmt: skip
        for team in teams:
            assert ours[team].going_out == sum(one.transfer.from_team_id == team for one in under_way)
            assert ours[team].coming_in == sum(one.transfer.to_team_id == team for one in under_way)
    assert sum(one.going_out for one in ours.values()) == sum(one.coming_in for one in ours.values())
    assert Transfer.objects.filter(recorded_at__lt=F("asked_at")).count() == 0
