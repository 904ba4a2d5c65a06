"""Figures of cover and of answers, as at a day and as known."""

from datetime import date, timedelta
from math import inf

import pytest

from goldenthread.standards.assessment.legal import rota as verbs
from goldenthread.standards.assessment.legal.actions import ask_for_advice, record_advice
from goldenthread.standards.assessment.legal.coverage import Cover
from goldenthread.standards.assessment.legal.figures import Answers, answers_in, cover_by_month, took
from goldenthread.standards.assessment.legal.models import LegalRota, Solicitor
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.assessment.legal.conftest import On, at
from tests.standards.referrals.conftest import Hands


def test_cover_by_month_begins_with_the_rota_and_ends_now(on: On, hands: Hands, cast: Cast) -> None:
    shift = on(at(1, 10, month=10), at(6, 10, month=10), 0)
    hands.now = at(8, 10, month=10)
    ((month, cover),) = cover_by_month(date(2003, 9, 1), date(2003, 12, 31), as_at=hands.now)
    assert month == date(2003, 10, 1)
    assert (cover.minutes, cover.missing) == (7 * 1440, 2 * 1440)
    assert (cover.office, cover.office_covered) == ((7 + 4 * 8 + 1) * 60, (7 + 2 * 8 + 1) * 60)
    verbs.cut_short(
        shift=shift, ends_at=at(5, 10, month=10), reason="Did not answer", occurred_at=at(6, month=10), by=cast.head
    )
    (_, now) = cover_by_month(date(2003, 9, 1), date(2003, 12, 31), as_at=hands.now)[0]
    assert now.missing == 3 * 1440
    before = hands.now - timedelta(hours=1)
    (_, then) = cover_by_month(date(2003, 9, 1), date(2003, 12, 31), as_at=hands.now, known_at=before)[0]
    assert then.missing == 2 * 1440


def test_no_rota_is_no_cover_and_no_month(cast: Cast) -> None:
    assert cover_by_month(date(2003, 9, 1), date(2003, 12, 31)) == []
    assert not LegalRota.objects.exists()


@pytest.fixture
def asked(referral: Referral, solicitors: list[Solicitor], cast: Cast, hands: Hands) -> None:
    """Eleven by day, answered after 5, 10, … 50 minutes and one not at all; one by night, after two hours."""
    for number in range(11):
        began = hands.on(hours=24)
        request = ask_for_advice(
            case_file=referral.case_file, question="May we see the child alone?", urgency="now", asked_at=began,
            by=cast.worker,
        )  # fmt: skip
        if number < 10:
            given = began + timedelta(minutes=5 * (number + 1))
            hands.on(hours=1)
            record_advice(
                request=request, solicitor=solicitors[0], advice="Yes, with a parent's leave", outcome="advised",
                occurred_at=given, by=cast.worker,
            )  # fmt: skip
            hands.on(hours=-1)
    hands.now = at(20, 22, month=10)
    night = ask_for_advice(
        case_file=referral.case_file, question="May the ward keep the child?", urgency="now", asked_at=hands.now,
        by=cast.worker,
    )  # fmt: skip
    hands.on(hours=2)
    record_advice(
        request=night, solicitor=solicitors[1], advice="Yes, until morning", outcome="advised", occurred_at=hands.now,
        by=cast.worker,
    )  # fmt: skip


@pytest.mark.usefixtures("asked")
def test_answers_are_told_apart_by_hours_and_what_was_not_answered_is_longest(referral: Referral) -> None:
    days = date(2003, 10, 1), date(2003, 10, 31)
    office, outside = answers_in(*days)
    assert office.asked + outside.asked == 12
    both = sorted([*office.minutes, *outside.minutes])
    assert both == [*range(5, 55, 5), 120, inf]
    assert outside.longest == 120
    assert office.in_time + outside.in_time == 10
    assert office.judged + outside.judged == 12
    assert answers_in(*days, as_at=at(1, month=10)) == (Answers(), Answers())
    assert answers_in(*days, without=[referral.case_file_id])[0].asked == 0
    known = answers_in(*days, known_at=at(6, month=10))
    assert known[0].asked + known[1].asked == 4


def test_centiles_are_of_those_asked() -> None:
    few = Answers((5.0, 10.0, inf))
    assert (few.centile(0.5), few.centile(0.9), few.longest, few.unanswered) == (10, inf, 10, 1)
    assert Answers().centile(0.5) is None
    assert [took(minutes) for minutes in (None, inf, 0, 1, 60, 125)] == [
        "none yet", "not answered", "0 minutes", "1 minute", "1 hour", "2 hours 5 minutes",
    ]  # fmt: skip


def test_cover_adds_up() -> None:
    assert Cover(1, 1, 2, 0) + Cover(1, 0, 2, 2) == Cover(2, 1, 4, 2)
