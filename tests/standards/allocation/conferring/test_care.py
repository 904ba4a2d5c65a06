"""Looked-after children: what is recorded, refused and corrected, and the reviews that are owed by law."""

from datetime import UTC, date, datetime, timedelta

import pytest

from goldenthread.core.clock import day_of
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations.models import Obligation
from goldenthread.standards.allocation.conferring import care
from goldenthread.standards.allocation.conferring.models import LookedAfter
from tests.conftest import Cast
from tests.standards.allocation.conferring.conftest import Meetings
from tests.standards.referrals.conftest import Hands


def due(key: str) -> list[tuple[date, bool]]:
    """When the reviews under a requirement are due, and whether each was done; soonest first, those that have begun."""
    rows = Obligation.objects.filter(requirement=f"allocation.{key}").order_by("due_at")
    return [(day_of(row.due_at), row.done_at is not None) for row in rows if row.due_at]


def review(meetings: Meetings) -> None:
    made = meetings.convene(kind="looked-after-review", planned_for=meetings.hands.now)
    meetings.hold(made)


def test_the_first_review_is_owed_within_four_weeks_in_2003_and_20_working_days_today(
    meetings: Meetings, hands: Hands
) -> None:
    meetings.look_after()
    assert due("looked-after-first-review")[0] == (date(2003, 10, 29), False)


def test_today_it_is_20_working_days(meetings: Meetings, hands: Hands) -> None:
    hands.now = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
    meetings.look_after()
    assert due("looked-after-first-review")[0] == (date(2026, 3, 30), False)


def test_the_second_is_owed_three_months_after_the_first_and_then_every_six(meetings: Meetings, hands: Hands) -> None:
    meetings.look_after()
    hands.on(days=20)
    review(meetings)
    assert due("looked-after-first-review") == [(date(2003, 10, 29), True)]
    assert due("looked-after-second-review") == [(date(2004, 1, 21), False)]
    hands.on(days=60)
    review(meetings)
    assert due("looked-after-second-review") == [(date(2004, 1, 21), True)]
    assert due("looked-after-review")[0] == (date(2004, 6, 20), False)


def test_a_review_about_another_child_settles_nothing(meetings: Meetings, hands: Hands, cast: Cast) -> None:
    meetings.look_after()
    meetings.look_after(child=meetings.steps.sibling)
    hands.on(days=10)
    made = meetings.convene(kind="looked-after-review", children=[meetings.steps.sibling], planned_for=hands.now)
    meetings.hold(made)
    done = Obligation.objects.filter(requirement="allocation.looked-after-first-review", done_at__isnull=False)
    assert [row.subject_id for row in done] == [LookedAfter.objects.get(child=meetings.steps.sibling).pk]


def test_a_missed_review_stays_missed_and_another_is_owed(meetings: Meetings, hands: Hands) -> None:
    meetings.look_after()
    hands.on(days=400)
    review(meetings)
    assert due("looked-after-first-review") == [(date(2003, 10, 29), True)]
    assert due("looked-after-review")[0] == (date(2004, 4, 29), True)


def test_what_ends_ends_the_reviews_and_keeps_what_was_missed(meetings: Meetings, hands: Hands, cast: Cast) -> None:
    made = meetings.look_after()
    with pytest.raises(Refused, match="looked after at that time already"):
        meetings.look_after()
    hands.on(days=40)
    ended = care.end_care(
        care=made, reason="home", words="Home to her grandmother; Asha visits", occurred_at=hands.now, by=cast.worker
    )
    assert due("looked-after-first-review") == [(date(2003, 10, 29), False)]
    assert due("looked-after-review") == []
    with pytest.raises(Refused, match="recorded already"):
        care.end_care(care=made, reason="home", words="Home again", occurred_at=hands.now, by=cast.worker)
    hands.on(days=1)
    again = meetings.look_after()
    with pytest.raises(Refused, match="looked after at that time already"):
        care.correct_care(fact=ended, changes=None, reason="She stayed after all", by=cast.worker)
    care.correct_care(fact=again, changes=None, reason="It was her cousin", by=cast.worker)
    care.correct_care(fact=ended, changes=None, reason="She stayed after all", by=cast.worker)
    assert due("looked-after-review")[0] == (date(2004, 4, 29), False)


def test_since_when_and_by_what_law_is_corrected(meetings: Meetings, hands: Hands, cast: Cast) -> None:
    made = meetings.look_after()
    hands.on(days=1)
    care.correct_care(
        fact=made, changes={"basis": "interim", "occurred_at": made.occurred_at + timedelta(hours=5)},
        reason="The court sat in the afternoon", by=cast.worker,
    )  # fmt: skip
    assert made.stands
    assert (made.stands.fact.basis, LookedAfter.objects.count()) == ("interim", 2)
    with pytest.raises(Refused, match="before this case file was opened"):
        care.correct_care(
            fact=made.stands.fact,
            changes={"occurred_at": made.occurred_at - timedelta(days=3)},
            reason="It was earlier",
            by=cast.worker,
        )
    care.correct_care(fact=made.stands.fact, changes=None, reason="It was her cousin", by=cast.worker)
    assert not Obligation.objects.filter(requirement__startswith="allocation.looked-after").exists()


def test_who_may_not(meetings: Meetings, cast: Cast) -> None:
    for officer in (cast.stranger, cast.quality, cast.member):
        with pytest.raises(NotAllowed):
            meetings.look_after(by=officer)
    with pytest.raises(Refused, match="by what law"):
        meetings.look_after(basis="whim")
