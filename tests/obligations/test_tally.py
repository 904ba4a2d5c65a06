"""The verdict in Python and the tally in SQL are one rule."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.core.clock import month_of
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.tally import Counts, Row, tally, totals, with_verdict
from goldenthread.obligations.verdicts import Verdict, verdict
from tests.conftest import Cast

START = datetime(2003, 10, 30, 12, 0, tzinfo=UTC)
# Few instants, around the end of a month and of summer time's last days, so that they often coincide.
INSTANTS = st.integers(0, 12).map(lambda steps: START + timedelta(hours=6 * steps))
MAYBE = st.none() | INSTANTS


@st.composite
def obligations(draw: st.DrawFn) -> Obligation:
    since, done, excused = draw(INSTANTS), draw(MAYBE), draw(MAYBE)
    return Obligation(
        requirement=draw(st.sampled_from(["test.one", "test.two"])),
        subject_type="none.such",
        month=month_of(since),
        since_at=since,
        since_known_at=draw(INSTANTS),
        due_at=draw(MAYBE),
        done_at=done,
        done_known_at=draw(INSTANTS) if done else None,
        excused_at=excused,
        excused_known_at=draw(INSTANTS) if excused else None,
    )


@pytest.mark.ledger_broken_on_purpose
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(obligations(), max_size=12), as_at=INSTANTS, known_at=MAYBE, in_team=st.lists(st.booleans()))
def test_the_tally_and_its_drill_down_are_the_verdict(
    cast: Cast, rows: list[Obligation], as_at: datetime, known_at: datetime | None, in_team: list[bool]
) -> None:
    for number, row in enumerate(rows):
        row.subject_id = number
        row.team = cast.east if number < len(in_team) and in_team[number] else None
    expected: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        if found := verdict(row, as_at, known_at):
            expected[row.requirement, row.team_id, row.month, found.value] += 1
    with transaction.atomic():
        Obligation.objects.bulk_create(rows)
        with CaptureQueriesContext(connection) as captured:
            counted = tally(as_at, known_at)
        listed = {
            (row.pk, word.value)
            for word in Verdict
            for row in Obligation.objects.filter(with_verdict(word.value, as_at, known_at))
        }
        transaction.set_rollback(True)
    assert len(captured) == 1
    got = {
        (row.requirement, row.team_id, row.month, word.value): getattr(row.counts, word.value)
        for row in counted
        for word in Verdict
        if getattr(row.counts, word.value)
    }
    assert got == dict(expected)
    verdicts = [(row.pk, verdict(row, as_at, known_at)) for row in rows]
    assert listed == {(pk, found.value) for pk, found in verdicts if found}


def _saved(**dates: datetime) -> Obligation:
    return Obligation.objects.create(
        requirement="test.one", subject_type="none.such", subject_id=Obligation.objects.count() + 1,
        month=month_of(dates["since_at"]), **dates,
    )  # fmt: skip


@pytest.mark.ledger_broken_on_purpose
@pytest.mark.django_db
def test_late_recording_shows_as_the_difference_between_what_was_true_and_what_was_known() -> None:
    day = timedelta(days=1)
    _saved(
        since_at=START, since_known_at=START, due_at=START + day,
        done_at=START + day / 2, done_known_at=START + 20 * day,
    )  # fmt: skip
    as_at, later = START + 2 * day, START + 30 * day
    assert totals(tally(as_at))["test.one"] == Counts(overdue=1)
    assert totals(tally(as_at, known_at=later))["test.one"] == Counts(met=1)


@pytest.mark.ledger_broken_on_purpose
@pytest.mark.django_db
def test_in_time_means_not_after_the_due_instant() -> None:
    _saved(since_at=START, since_known_at=START, due_at=START, done_at=START, done_known_at=START)
    instant = timedelta(microseconds=1)
    _saved(since_at=START, since_known_at=START, due_at=START, done_at=START + instant, done_known_at=START)
    _saved(since_at=START, since_known_at=START, due_at=START)
    assert totals(tally(START))["test.one"] == Counts(met=1, due=2)
    assert totals(tally(START + instant))["test.one"] == Counts(met=1, late=1, overdue=1)


@pytest.mark.ledger_broken_on_purpose
@pytest.mark.django_db
def test_a_tally_can_be_of_some_requirements_only() -> None:
    _saved(since_at=START, since_known_at=START)
    assert tally(START, requirements=["test.two"]) == []
    assert tally(START, requirements=[]) == []
    assert [row.requirement for row in tally(START, requirements=["test.one"])] == ["test.one"]


def test_a_drill_down_names_a_verdict_that_exists() -> None:
    with pytest.raises(KeyError):
        with_verdict("improved", START)


def test_counts_add_up_and_judge_neither_what_is_due_nor_what_is_excused() -> None:
    month = START.date().replace(day=1)
    rows = [Row("a", None, month, Counts(1, 2, 3, 4, 5)), Row("a", 7, month, Counts(10, 20, 30, 40, 50))]
    assert totals(rows) == {"a": Counts(11, 22, 33, 44, 55)}
    assert (totals(rows)["a"].judged, totals(rows)["a"].owed) == (66, 165)
