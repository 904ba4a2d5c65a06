"""Unmet need: blank is never nothing, and the monthly report."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from goldenthread.core import clock
from goldenthread.core.clock import LONDON
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations.actions import excuse
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.tally import tally, totals
from goldenthread.standards.referrals import corrections, unmet_need
from goldenthread.standards.referrals.models import Decision, ReportCycle, UnmetNeed
from goldenthread.standards.referrals.unmet_need import NeedItem
from tests.conftest import Cast
from tests.standards.referrals.conftest import Hands
from tests.standards.referrals.test_actions import open_keys

RESPITE = NeedItem(
    "short-breaks", "Two nights a month", "waiting-list", "One afternoon", Decimal(2), "nights", date(2003, 9, 1)
)


def answer(decision: Decision, cast: Cast, hands: Hands, *needs: NeedItem, **other: str) -> None:
    """Answer at a decision, now."""
    unmet_need.answer_unmet_need(decision=decision, needs=needs, occurred_at=hands.now, by=cast.worker, **other)


def test_nothing_unmet_is_an_answer(decision: Decision, cast: Cast, hands: Hands) -> None:
    assert "referrals.unmet-need-recorded" in open_keys(decision.referral)
    answer(decision, cast, hands)
    assert "referrals.unmet-need-recorded" not in open_keys(decision.referral)
    assert not UnmetNeed.objects.exists()


def test_needs_are_kept_with_how_much_why_and_since(decision: Decision, cast: Cast, hands: Hands) -> None:
    answer(decision, cast, hands, RESPITE, NeedItem("advocacy", "An advocate who signs", "no-service"))
    first, second = UnmetNeed.objects.order_by("pk")
    assert (first.quantity, first.unit, first.since) == (Decimal(2), "nights", date(2003, 9, 1))
    assert second.since == date(2003, 10, 1)


def test_needs_can_be_added_and_nothing_cannot(decision: Decision, cast: Cast, hands: Hands) -> None:
    answer(decision, cast, hands, RESPITE)
    answer(decision, cast, hands, NeedItem("housing", "Two bedrooms", "threshold"))
    assert UnmetNeed.objects.count() == 2
    with pytest.raises(Refused, match="answered at this decision already"):
        answer(decision, cast, hands)


def test_needs_after_nothing_correct_it_with_a_reason(decision: Decision, cast: Cast, hands: Hands) -> None:
    answer(decision, cast, hands)
    with pytest.raises(Refused, match="nothing unmet"):
        answer(decision, cast, hands, RESPITE)
    answer(decision, cast, hands, RESPITE, correction_reason="The mother told us on the way out")
    assert decision.unmet_need_answers.count() == 2


@pytest.mark.parametrize(
    ("item", "message"),
    [
        (NeedItem("short-breaks", "tbc", "cost"), "what was needed"),
        (NeedItem("holiday", "A week away", "cost"), "kind of need"),
        (NeedItem("short-breaks", "A week away", ""), "why it was not"),
        (NeedItem("short-breaks", "A week away", "cost", quantity=Decimal(2)), "how much together"),
        (NeedItem("short-breaks", "A week away", "cost", quantity=Decimal(-2), unit="nights"), "more than nothing"),
        (NeedItem("short-breaks", "A week away", "cost", since=date(2003, 10, 2)), "future"),
    ],
)
def test_a_need_that_cannot_be_counted_is_refused(
    decision: Decision, cast: Cast, hands: Hands, item: NeedItem, message: str
) -> None:
    with pytest.raises(Refused, match=message):
        answer(decision, cast, hands, RESPITE, item)
    assert not UnmetNeed.objects.exists()


def test_a_need_is_met_once(decision: Decision, cast: Cast, hands: Hands) -> None:
    answer(decision, cast, hands, RESPITE)
    need = UnmetNeed.objects.get()
    unmet_need.meet_need(need=need, how="A place came up at the house", met_at=hands.on(days=9), by=cast.worker)
    with pytest.raises(Refused, match="met already"):
        unmet_need.meet_need(need=need, how="A place came up at the house", met_at=hands.now, by=cast.worker)


def test_a_need_met_before_it_was_corrected_is_still_met(decision: Decision, cast: Cast, hands: Hands) -> None:
    answer(decision, cast, hands, RESPITE)
    need = UnmetNeed.objects.get()
    unmet_need.meet_need(need=need, how="A place came up at the house", met_at=hands.on(days=9), by=cast.worker)
    new = corrections.correct(fact=need, changes={"why": "cost"}, reason="Read the letter again", by=cast.worker)
    with pytest.raises(Refused, match="met already"):
        unmet_need.meet_need(need=new, how="A place came up at the house", met_at=hands.now, by=cast.worker)


@pytest.fixture
def cycle(cast: Cast, hands: Hands) -> ReportCycle:
    """The monthly report, owed by the head of service from October 2003."""
    return unmet_need.start_report_cycle(started_on=date(2003, 10, 1), officer=cast.head, by=cast.head)


def months(cycle: ReportCycle) -> dict[str, bool]:
    """Month → whether its report is done, of those that are owed by now."""
    rows = Obligation.objects.filter(
        requirement="referrals.unmet-need-report", subject_id=cycle.pk, since_at__lte=clock.now()
    )
    return {row.key: row.done_at is not None for row in rows.order_by("key")}


def test_the_first_month_is_owed_when_it_has_ended(cycle: ReportCycle, cast: Cast, hands: Hands) -> None:
    owed = Obligation.objects.filter(requirement="referrals.unmet-need-report").order_by("since_at")[0]
    assert owed.owner == cast.head
    assert owed.since_at == datetime(2003, 11, 1, tzinfo=LONDON)
    assert months(cycle) == {}
    hands.on(days=31)
    assert months(cycle) == {"2003-10": False}


def test_half_a_year_of_silence_is_six_reports_overdue(cycle: ReportCycle, cast: Cast, hands: Hands) -> None:
    hands.on(days=31)
    first = Obligation.objects.filter(requirement="referrals.unmet-need-report").order_by("since_at")[0]
    excuse(obligation=first, reason="The figures of October were lost in the move", by=cast.head)
    hands.on(days=171)  # 20 April 2004
    assert list(months(cycle)) == ["2003-10", "2003-11", "2003-12", "2004-01", "2004-02", "2004-03"]
    counts = totals(tally(hands.now, requirements=["referrals.unmet-need-report"]))["referrals.unmet-need-report"]
    assert (counts.excused, counts.overdue) == (1, 5)


def test_a_report_is_done_when_both_have_it_and_the_next_is_then_owed(
    cycle: ReportCycle, cast: Cast, hands: Hands
) -> None:
    october, at = date(2003, 10, 1), hands.on(days=35)
    unmet_need.record_report_sent(cycle=cycle, month=october, recipients=["chief-executive"], sent_at=at, by=cast.head)
    assert months(cycle) == {"2003-10": False}
    unmet_need.record_report_sent(
        cycle=cycle, month=october, recipients=["executive-member"], sent_at=hands.on(days=1), by=cast.head
    )
    assert months(cycle) == {"2003-10": True}
    hands.on(days=30)
    assert months(cycle) == {"2003-10": True, "2003-11": False}


def test_a_month_left_out_stays_owed(cycle: ReportCycle, cast: Cast, hands: Hands) -> None:
    both = ["chief-executive", "executive-member"]
    unmet_need.record_report_sent(
        cycle=cycle, month=date(2003, 12, 1), recipients=both, sent_at=hands.on(days=100), by=cast.head, token="t"
    )
    unmet_need.record_report_sent(
        cycle=cycle, month=date(2003, 12, 1), recipients=both, sent_at=hands.now, by=cast.head, token="t"
    )
    assert months(cycle) == {"2003-10": False, "2003-11": False, "2003-12": True}
    assert cycle.sent.count() == 2


def test_a_month_is_not_reported_before_it_ends_or_by_a_worker(cycle: ReportCycle, cast: Cast, hands: Hands) -> None:
    with pytest.raises(Refused, match="month had ended"):
        unmet_need.record_report_sent(
            cycle=cycle, month=date(2003, 10, 1), recipients=["chief-executive"], sent_at=hands.now, by=cast.head
        )
    hands.on(days=40)
    with pytest.raises(NotAllowed):
        unmet_need.record_report_sent(
            cycle=cycle,
            month=date(2003, 10, 1),
            recipients=["chief-executive"],
            sent_at=hands.now - timedelta(days=1),
            by=cast.worker,
        )
    with pytest.raises(Refused, match="owed already"):
        unmet_need.start_report_cycle(started_on=date(2003, 10, 1), officer=cast.head, by=cast.head)
