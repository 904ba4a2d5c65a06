"""The weekly and monthly figures on files without a worker: owed, made by the system, and frozen when they are sent."""

from datetime import date, datetime, timedelta

import pytest

from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import LONDON
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations.models import Obligation
from goldenthread.reports.models import PublishedReport
from goldenthread.reports.unallocated import unallocated_report
from goldenthread.reports.unallocated_sending import send_unallocated_report
from goldenthread.standards.allocation.allocating.models import WaitCycle, WaitReportSent
from goldenthread.standards.allocation.allocating.reporting import ended, keep_wait_reports, record_report
from tests.conftest import Cast
from tests.standards.allocation.allocating.conftest import owed
from tests.standards.referrals.conftest import Hands

pytestmark = pytest.mark.django_db
WEEK, MONTH = "week", "month"


@pytest.fixture
def cycle(waiting: CaseFile, cast: Cast, hands: Hands) -> WaitCycle:
    """The head of service keeps the reports from Wednesday 1 October 2003 on."""
    return keep_wait_reports(started_on=date(2003, 10, 1), by=cast.head)


def begun(requirement: str, hands: Hands) -> list[Obligation]:
    return owed(requirement, since_at__lte=hands.now)


def test_a_week_is_owed_when_it_has_ended_and_a_month_when_it_has(cycle: WaitCycle, cast: Cast, hands: Hands) -> None:
    assert (begun("unallocated-weekly", hands), begun("unallocated-monthly", hands)) == ([], [])
    hands.now = datetime(2003, 11, 4, 10, tzinfo=LONDON)
    weeks, (month,) = begun("unallocated-weekly", hands), begun("unallocated-monthly", hands)
    assert [one.key for one in weeks] == ["2003-10-05", "2003-10-12", "2003-10-19", "2003-10-26", "2003-11-02"]
    assert month.key == "2003-10-31"
    assert {(one.owner, one.case_file_id) for one in [*weeks, month]} == {(cast.head, None)}
    assert weeks[0].since_at == datetime(2003, 10, 6, tzinfo=LONDON)
    assert weeks[0].due_at is not None
    assert weeks[0].due_at.astimezone(LONDON).date() == date(2003, 10, 8)
    assert ended(cycle, WEEK)[0] == date(2003, 11, 2)


def test_one_is_frozen_as_it_was_known_at_its_end_and_sent_once(cycle: WaitCycle, cast: Cast, hands: Hands) -> None:
    hands.now = datetime(2003, 10, 7, 10, tzinfo=LONDON)
    with pytest.raises(NotAllowed):
        send_unallocated_report(cycle=cycle, period=WEEK, as_at=date(2003, 10, 5), by=cast.manager)
    with pytest.raises(Refused, match="that is over"):
        send_unallocated_report(cycle=cycle, period=WEEK, as_at=date(2003, 10, 4), by=cast.head)
    with pytest.raises(Refused, match="that is over"):
        send_unallocated_report(cycle=cycle, period=MONTH, as_at=date(2003, 10, 31), by=cast.head)
    assert (WaitReportSent.objects.count(), PublishedReport.objects.count()) == (0, 0)
    sent = send_unallocated_report(cycle=cycle, period=WEEK, as_at=date(2003, 10, 5), by=cast.head, token="once")
    again = send_unallocated_report(cycle=cycle, period=WEEK, as_at=date(2003, 10, 5), by=cast.head, token="once")
    assert (sent, sent.to, sent.occurred_at) == (again, cast.head, hands.now)
    with pytest.raises(Refused, match="sent already"):
        send_unallocated_report(cycle=cycle, period=WEEK, as_at=date(2003, 10, 5), by=cast.group_manager)
    frozen = PublishedReport.objects.get()
    assert (frozen.name, frozen.as_at) == ("unallocated", date(2003, 10, 5))
    assert "Aldergate" not in frozen.tree
    first = begun("unallocated-weekly", hands)[0]
    assert (first.done_at, first.owner) == (hands.now, cast.head)
    # What is recorded later changes neither what was sent nor what was known then.
    before = unallocated_report(date(2003, 10, 5)).blocks
    hands.on(days=3)
    assert unallocated_report(date(2003, 10, 5)).blocks == before


def test_a_month_goes_to_the_executive_member(cycle: WaitCycle, cast: Cast, hands: Hands) -> None:
    hands.now = datetime(2003, 11, 4, 10, tzinfo=LONDON)
    sent = record_report(cycle=cycle, period=MONTH, as_at=date(2003, 10, 31), by=cast.group_manager)
    assert sent.to == cast.member
    (month,) = begun("unallocated-monthly", hands)
    assert (month.owner, month.done_at) == (cast.group_manager, hands.now)


def test_another_takes_the_keeping_over_and_owes_what_is_open(cycle: WaitCycle, cast: Cast, hands: Hands) -> None:
    hands.now = datetime(2003, 10, 14, 10, tzinfo=LONDON)
    record_report(cycle=cycle, period=WEEK, as_at=date(2003, 10, 5), by=cast.head)
    with pytest.raises(Refused, match="already"):
        keep_wait_reports(started_on=date(2003, 10, 14), by=cast.head)
    with pytest.raises(NotAllowed):
        keep_wait_reports(started_on=date(2003, 10, 14), by=cast.manager)
    taken = keep_wait_reports(started_on=date(2003, 10, 14), by=cast.quality)
    assert (taken.pk, taken.started_on) == (cycle.pk, date(2003, 10, 1))
    assert [one.owner for one in begun("unallocated-weekly", hands)] == [cast.head, cast.quality]


def test_a_cycle_that_begins_on_a_sunday_owes_that_week(cast: Cast, hands: Hands) -> None:
    hands.now = datetime(2003, 10, 5, 10, tzinfo=LONDON)
    cycle = keep_wait_reports(started_on=date(2003, 10, 5), by=cast.quality)
    hands.now += timedelta(days=1)
    assert ended(cycle, WEEK) == [date(2003, 10, 5)]
