"""What is owed where a family needs an interpreter, through the verbs."""

from datetime import datetime, timedelta

from goldenthread.obligations.models import Obligation
from goldenthread.obligations.verdicts import Verdict, verdict
from goldenthread.standards.assessment.interpreting import actions
from goldenthread.standards.assessment.interpreting.models import InterpreterRequest
from tests.conftest import Cast
from tests.standards.assessment.interpreting.conftest import Ask
from tests.standards.referrals.conftest import Hands

CONFIRMED, CAME, UNDERSTOOD = (
    "assessment.interpreter-confirmed",
    "assessment.interpreter-came",
    "assessment.understood-asked",
)


def owed(key: str) -> Obligation | None:
    return Obligation.objects.filter(requirement=key).first()


def stands(key: str, at: datetime) -> Verdict | None:
    found = owed(key)
    return verdict(found, at) if found else None


def test_it_is_to_be_confirmed_a_day_before_and_to_come_in_time(
    asked: InterpreterRequest, cast: Cast, hands: Hands, needed_at: datetime
) -> None:
    confirmed, came = owed(CONFIRMED), owed(CAME)
    assert confirmed
    assert came
    assert (confirmed.due_at, came.due_at) == (needed_at - timedelta(hours=24), needed_at)
    assert confirmed.owner == cast.worker
    assert owed(UNDERSTOOD) is None
    actions.record_reply(
        request=asked, provider="Wex", answer="confirmed", occurred_at=hands.on(hours=3), by=cast.worker
    )
    hands.now = needed_at + timedelta(hours=2)
    actions.record_attendance(request=asked, outcome="came", by=cast.worker)
    assert stands(CONFIRMED, hands.now) is Verdict.MET
    assert stands(CAME, hands.now) is Verdict.MET


def test_asked_for_at_short_notice_it_is_due_when_it_is_needed(ask: Ask, hands: Hands) -> None:
    soon = hands.now + timedelta(hours=47)
    ask(needed_at=soon)
    found = owed(CONFIRMED)
    assert found
    assert found.due_at == soon


def test_one_who_comes_late_was_late_and_one_who_does_not_come_is_missed(
    ask: Ask, cast: Cast, hands: Hands, needed_at: datetime
) -> None:
    late, missed = ask(), ask(language="bsl")
    hands.now = needed_at + timedelta(days=1)
    actions.record_attendance(request=late, outcome="late", came_at=needed_at + timedelta(minutes=1), by=cast.worker)
    actions.record_attendance(request=missed, outcome="absent", words="We signed a little", by=cast.worker)
    found = {row.subject_id: verdict(row, hands.now) for row in Obligation.objects.filter(requirement=CAME)}
    assert found == {late.pk: Verdict.LATE, missed.pk: Verdict.OVERDUE}
    found = {row.subject_id: verdict(row, hands.now) for row in Obligation.objects.filter(requirement=CONFIRMED)}
    assert found == {late.pk: Verdict.LATE, missed.pk: Verdict.OVERDUE}, "one who came unconfirmed settles it late"
    assert [row.subject_id for row in Obligation.objects.filter(requirement=UNDERSTOOD)] == [late.pk]


def test_a_cancelled_request_owes_nothing_but_what_was_overdue_by_then(
    ask: Ask, cast: Cast, hands: Hands, needed_at: datetime
) -> None:
    early, late = ask(), ask(language="bsl")
    actions.cancel_interpreter(
        request=early, why="family", words="They cannot come", occurred_at=hands.now, by=cast.worker
    )
    hands.now = needed_at - timedelta(hours=2)
    actions.cancel_interpreter(
        request=late, why="service", words="The worker is ill", occurred_at=hands.now, by=cast.worker
    )
    assert [row.subject_id for row in Obligation.objects.filter(requirement=CONFIRMED)] == [late.pk]
    assert stands(CONFIRMED, hands.now) is Verdict.OVERDUE
    assert owed(CAME) is None


def test_a_confirmation_that_is_taken_back_is_owed_again_and_one_recorded_late_was_not_known(
    asked: InterpreterRequest, cast: Cast, hands: Hands
) -> None:
    at = hands.now
    hands.on(hours=20)
    reply = actions.record_reply(request=asked, provider="Wex", answer="confirmed", occurred_at=at, by=cast.worker)
    found = owed(CONFIRMED)
    assert found
    assert verdict(found, at) is Verdict.DUE, "true by then, and not known"
    assert verdict(found, at, hands.now) is Verdict.MET
    actions.correct(fact=reply, changes=None, reason="It was another family's", by=cast.worker)
    assert stands(CONFIRMED, hands.now) is Verdict.DUE


def test_the_family_is_asked_within_five_working_days_whoever_interpreted(
    asked: InterpreterRequest, cast: Cast, hands: Hands, needed_at: datetime
) -> None:
    hands.now = needed_at
    actions.record_stand_in(
        request=asked, who="relative", why="The interpreter did not come", occurred_at=needed_at, by=cast.worker
    )
    found = owed(UNDERSTOOD)
    assert found
    assert found.due_at
    assert (found.since_at, found.due_at.date()) == (needed_at, datetime(2003, 10, 10).date())  # noqa: DTZ001
    assert stands(CAME, needed_at + timedelta(days=1)) is Verdict.OVERDUE, "a relative is no interpreter"
    hands.on(days=8)
    actions.record_understood(
        request=asked, answer="no", words="He left things out", occurred_at=hands.now, by=cast.worker
    )
    assert stands(UNDERSTOOD, hands.now) is Verdict.LATE
