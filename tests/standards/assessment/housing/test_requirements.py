"""What is owed for children in temporary accommodation, through the verbs."""

from datetime import date, datetime, timedelta
from typing import Any

from goldenthread.core.clock import day_of, end_of
from goldenthread.core.timescales import timescale
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.verdicts import Verdict, verdict
from goldenthread.standards.assessment.housing import actions, shortfalls
from goldenthread.standards.assessment.housing.models import TemporaryMove
from tests.conftest import Cast
from tests.standards.assessment.housing.conftest import FOR_NOW, Assess, Move
from tests.standards.referrals.conftest import Hands

ASSESSED, REPORTED, ANSWERED, REVIEWED, LIMITED = (
    "assessment.temporary-housing-assessed",
    "assessment.shortfall-reported",
    "assessment.shortfall-answered",
    "assessment.temporary-housing-reviewed",
    "assessment.bed-and-breakfast-ended",
)


def owed(key: str) -> list[Obligation]:
    return list(Obligation.objects.filter(requirement=key).order_by("since_at", "key"))


def stands(key: str, at: datetime) -> list[Verdict | None]:
    return [verdict(row, at) for row in owed(key)]


def leave(move: TemporaryMove, at: datetime, by: Any) -> None:
    actions.end_move(move=move, went_to="settled", occurred_at=at, by=by)


def test_each_child_is_assessed_within_five_working_days_of_our_being_told(
    assess: Assess, move: TemporaryMove, hands: Hands
) -> None:
    assert [(row.since_at, row.due_at) for row in owed(ASSESSED)] == [(move.told_at, end_of(date(2003, 10, 8)))] * 2
    hands.on(days=2)
    seen = assess()
    assert [row.done_at for row in owed(ASSESSED) if row.key == f"child-{seen.child_id}"] == [hands.now]
    assert sorted(stands(ASSESSED, hands.now + timedelta(days=8)), key=str) == [Verdict.MET, Verdict.OVERDUE]


def test_told_late_the_clock_runs_from_then_and_told_before_from_the_move(record: Move, hands: Hands) -> None:
    record(told_at=hands.now - timedelta(days=1), moved_at=hands.now)
    assert {row.since_at for row in owed(ASSESSED)} == {hands.now}


def test_who_left_before_it_was_due_need_not_be_assessed_and_who_stayed_longer_is_overdue(
    record: Move, cast: Cast, hands: Hands
) -> None:
    first = record()
    leave(first, hands.on(days=1), cast.worker)
    assert owed(ASSESSED) == []
    second = record()
    leave(second, hands.on(days=30), cast.worker)
    assert stands(ASSESSED, hands.now) == [Verdict.OVERDUE] * 2


def test_a_shortfall_is_reported_in_a_working_day_and_answered_in_five_by_whom_it_went_to(
    assess: Assess, cast: Cast, hands: Hands
) -> None:
    assess()
    assert owed(REPORTED) == []
    short = assess(**FOR_NOW)
    (row,) = owed(REPORTED)
    assert (row.due_at, row.owner) == (end_of(date(2003, 10, 2)), cast.worker)
    hands.on(days=2)
    told = shortfalls.report_shortfall(
        assessment=short, to=cast.group_manager, asked="Have it locked", occurred_at=hands.now, by=cast.worker
    )
    assert stands(REPORTED, hands.now) == [Verdict.LATE]
    (row,) = owed(ANSWERED)
    assert (row.due_at, row.owner, row.team) == (end_of(date(2003, 10, 10)), cast.group_manager, None)
    assert row in Obligation.objects.owed_by(cast.group_manager)
    hands.on(days=1)
    shortfalls.answer_shortfall(
        report=told, will_do="A lock on Friday", by_when=date(2003, 10, 10), occurred_at=hands.now, by=cast.head
    )
    assert stands(ANSWERED, hands.now) == [Verdict.MET], "another senior manager may answer"


def test_a_corrected_assessment_owes_its_report_no_longer(assess: Assess, cast: Cast) -> None:
    short = assess(**FOR_NOW)
    changes = {"safety": "suitable", "safety_words": "", "overall": "suitable"}
    actions.correct(fact=short, changes=changes, reason="The lock works, I was shown how", by=cast.worker)
    assert owed(REPORTED) == []


def test_it_is_looked_at_again_every_six_weeks_until_they_leave(move: TemporaryMove, cast: Cast, hands: Hands) -> None:
    def review() -> None:
        actions.review_accommodation(
            move=move, finding="for-now", words="The same room", next_step="Bid again", occurred_at=hands.now,
            by=cast.worker,
        )  # fmt: skip

    (row,) = owed(REVIEWED)
    assert (row.since_at, row.due_at) == (move.moved_at, end_of(date(2003, 11, 12)))
    hands.on(days=40)
    review()
    assert stands(REVIEWED, hands.now) == [Verdict.MET, Verdict.DUE]
    hands.on(days=50)
    assert stands(REVIEWED, hands.now) == [Verdict.MET, Verdict.OVERDUE]
    review()
    assert stands(REVIEWED, hands.now) == [Verdict.MET, Verdict.LATE, Verdict.DUE]
    leave(move, hands.on(days=10), cast.worker)
    assert stands(REVIEWED, hands.now) == [Verdict.MET, Verdict.LATE], "the next was not due yet"


def test_who_left_when_the_review_was_overdue_had_it_late(move: TemporaryMove, cast: Cast, hands: Hands) -> None:
    leave(move, hands.on(days=60), cast.worker)
    assert stands(REVIEWED, hands.now) == [Verdict.LATE]


def test_bed_and_breakfast_ends_in_six_weeks_which_is_law_since_april_2004(
    record: Move, cast: Cast, hands: Hands
) -> None:
    leave(record(), hands.on(days=183), cast.worker)
    assert owed(LIMITED) == [], "a hostel"
    move = record(kind="bed-and-breakfast")
    (row,) = owed(LIMITED)
    rule = timescale("bed-and-breakfast-limit", day_of(move.moved_at))
    assert rule
    assert not rule.local
    assert row.due_at == end_of(move.moved_at.date() + timedelta(days=42))
    assert stands(LIMITED, hands.on(days=50)) == [Verdict.OVERDUE]
    leave(move, hands.now, cast.worker)
    assert stands(LIMITED, hands.now) == [Verdict.LATE]
