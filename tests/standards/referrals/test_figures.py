"""The figures, counted a second time by hand from the rows."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoDbBlocker

from goldenthread.cases.facts import Fact, Standing, standing
from goldenthread.core.clock import day_of, month_of
from goldenthread.core.errors import Refused
from goldenthread.standards.referrals import choices, figures
from goldenthread.standards.referrals.models import Decision, NeedMet, Referral, UnmetNeed, UnmetNeedAnswer
from tests.conftest import made_once, make_cast
from tests.standards.referrals.conftest import Hands, set_hands
from tests.standards.referrals.test_random_verbs import Office

START, END = date(2003, 9, 1), date(2003, 12, 31)


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def until(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[datetime]:
    """Some weeks of random work, corrections and withdrawals among it; until when it was."""
    with made_once(django_db_blocker):
        with pytest.MonkeyPatch.context() as patch:
            hands = set_hands(patch)
            office = Office(make_cast(), hands, random.Random(11))
            verbs = [
                office.take,
                office.decide,
                office.answer,
                office.answer,
                office.meet,
                office.confirm,
                office.correct,
            ]
            for _ in range(500):
                hands.on(minutes=200)
                with suppress(Refused):
                    office.chance.choice(verbs)()
        yield hands.now


@pytest.fixture
def busy_office(until: datetime, hands: Hands) -> None:
    """That work, and the clock at its end."""
    hands.now = until


def current(model: type[Fact]) -> list[Standing[Fact]]:
    """The facts of a kind that stand now."""
    return standing(model.objects.all())  # type: ignore[attr-defined, no-any-return]


def test_unmet_need_is_what_the_rows_say(busy_office: None, hands: Hands) -> None:
    decisions = {pk for s in current(Decision) for pk in s.ids}
    answers = {pk for s in current(UnmetNeedAnswer) for pk in s.ids}
    met = {s.fact.need_id for s in current(NeedMet)}  # type: ignore[attr-defined]
    expected: Counter[tuple[object, ...]] = Counter()
    expected_met = 0
    for s in current(UnmetNeed):
        need = s.fact
        assert isinstance(need, UnmetNeed)
        if need.answer_id in answers and need.answer.decision_id in decisions:
            expected[need.need, need.why, need.answer.decision.team_id, month_of(need.occurred_at)] += 1
            expected_met += need.first_id in met
    rows = figures.unmet_need(START, END, as_at=hands.now)
    counted: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        counted[row.need, row.why, row.team_id, row.month] += row.count
    assert counted == expected
    assert sum(row.met for row in rows) == expected_met
    assert sum(expected.values()) > 20
    assert expected_met > 3


def test_capture_is_what_the_rows_say(busy_office: None, hands: Hands) -> None:
    answered = {s.fact.decision_id for s in current(UnmetNeedAnswer)}  # type: ignore[attr-defined]
    expected: Counter[date] = Counter()
    with_answer: Counter[date] = Counter()
    for s in current(Decision):
        expected[month_of(s.moment.occurred_at)] += 1
        with_answer[month_of(s.moment.occurred_at)] += s.first.pk in answered
    rows = figures.capture_rate(START, END, as_at=hands.now)
    assert Counter({row.month: row.decisions for row in rows}) == expected
    assert {row.month: row.answered for row in rows} == dict(with_answer)
    assert 0 < sum(with_answer.values()) < sum(expected.values())


def test_written_by_agency_is_what_the_rows_say(busy_office: None, hands: Hands) -> None:
    expected: dict[tuple[object, str], list[int]] = {}
    for referral in Referral.objects.filter(professional=True).prefetch_related("written_confirmations"):
        spoken = referral.route in choices.SPOKEN
        row = expected.setdefault((referral.agency_id, referral.get_agency_kind_display()), [0, 0, 0])
        row[0] += 1
        row[1] += spoken
        row[2] += spoken and bool(standing(referral.written_confirmations.all()))
    rows = figures.written_by_agency(START, END, as_at=hands.now)
    assert {(row.agency_id, row.kind): [row.referrals, row.spoken, row.confirmed] for row in rows} == expected
    assert sum(row.unwritten for row in rows) > 0


def test_what_was_not_yet_known_is_not_counted(busy_office: None, hands: Hands) -> None:
    now = figures.capture_rate(START, END, as_at=hands.now)
    half_way = hands.now - timedelta(days=30)
    then = figures.capture_rate(START, END, as_at=half_way)
    assert 0 < sum(row.decisions for row in then) < sum(row.decisions for row in now)
    known = Decision.objects.filter(occurred_at__lte=half_way, recorded_at__lte=half_way)
    gone = {row.supersedes_id for row in known}
    assert sum(row.decisions for row in then) == len([r for r in known if r.pk not in gone and not r.withdrawn])


@pytest.mark.parametrize("figure", [figures.unmet_need, figures.capture_rate, figures.written_by_agency])
def test_each_figure_is_one_query(
    busy_office: None, hands: Hands, figure: object, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        figure(START, day_of(hands.now))  # type: ignore[operator]
