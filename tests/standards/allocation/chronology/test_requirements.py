"""What is owed on a chronology: begun, gone through every three months and after an event, and read by a manager."""

from datetime import datetime, timedelta
from typing import Any

from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import LONDON, day_of, end_of
from goldenthread.obligations import ledger
from goldenthread.obligations.handover import hand_over
from goldenthread.obligations.models import Obligation
from goldenthread.standards.allocation.chronology import actions
from goldenthread.standards.allocation.chronology.corrections import correct, withdraw
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.allocation.chronology.conftest import Add, Review
from tests.standards.referrals.conftest import Hands, Take


def owed(key: str, record: Any) -> list[Obligation]:
    rows = Obligation.objects.filter(
        requirement=f"allocation.chronology-{key}", subject_type=record._meta.label_lower, subject_id=record.pk
    )
    return list(rows.order_by("since_at", "pk"))


def close(file: CaseFile, at: datetime) -> None:
    """As closing a file will."""
    file.closed_at = at
    file.save()
    ledger.refresh_case_file(file)


def test_a_file_owes_a_chronology_from_its_opening(file: CaseFile, cast: Cast, review: Review, hands: Hands) -> None:
    (begun,) = owed("begun", file)
    assert (begun.since_at, begun.owner, begun.done_at) == (file.opened_at, cast.worker, None)
    assert begun.due_at == end_of(day_of(datetime(2003, 10, 15, 12, tzinfo=LONDON)))
    hands.on(days=8)
    made = review()
    (begun,) = owed("begun", file)
    assert begun.done_at == made.occurred_at


def test_a_second_referral_on_the_file_owes_no_second_one(take: Take, file: CaseFile, hands: Hands) -> None:
    hands.on(days=1)
    take(case_file=file)
    assert len(owed("begun", file)) == 1


def test_each_review_owes_the_next_within_three_months(file: CaseFile, review: Review, hands: Hands) -> None:
    first = review()
    rounds = owed("reviewed", file)
    assert rounds[0].key == f"after-{first.pk}"
    assert rounds[0].due_at == end_of(datetime(2004, 1, 1, 12, tzinfo=LONDON).date())
    hands.on(days=100)
    second = review()
    late, missed = owed("reviewed", file)[:2]
    assert (late.done_at, missed.done_at) == (second.occurred_at, second.occurred_at)
    assert late.done_at > late.due_at
    assert owed("reviewed", file)[2].key == f"after-{second.pk}"


def test_after_an_event_it_is_gone_through_once_for_all_that_was_put_in(
    file: CaseFile, add: Add, review: Review, hands: Hands, cast: Cast, referral: Referral
) -> None:
    hands.on(hours=1)
    first = add()
    hands.on(hours=1)
    actions.mark_event(
        case_file=file, kind="referrals.referral", target=referral.pk, significance="key", by=cast.worker,
        why="Nobody had asked before",
    )  # fmt: skip
    (one,) = owed("after-event", file)
    assert (one.key, one.done_at) == (f"event-{first.pk}", None)
    assert one.due_at == end_of(datetime(2003, 10, 8, 12, tzinfo=LONDON).date())
    hands.on(days=1)
    made = review()
    (one,) = owed("after-event", file)
    assert one.done_at == made.occurred_at
    hands.on(days=1)
    again = add(what="Her father came back")
    assert [(row.key, row.done_at is None) for row in owed("after-event", file)] == [
        (f"event-{first.pk}", False),
        (f"event-{again.pk}", True),
    ]
    withdraw(fact=again, reason="It was a neighbour", by=cast.worker)
    assert len(owed("after-event", file)) == 1


def test_a_review_of_before_does_not_answer_an_event(file: CaseFile, add: Add, review: Review, hands: Hands) -> None:
    hands.on(days=2)
    review()
    hands.on(minutes=5)
    add()
    assert owed("after-event", file)[0].done_at is None


def test_a_manager_reads_each_review(file: CaseFile, review: Review, hands: Hands, cast: Cast) -> None:
    made = review()
    (one,) = owed("seen", file)
    assert (one.owner, one.team, one.done_at) == (cast.manager, cast.east, None)
    assert one.due_at == end_of(datetime(2003, 10, 15, 12, tzinfo=LONDON).date())
    hands.on(days=3)
    actions.see_chronology(
        review=made,
        words="It is all there, and nobody had read it in one",
        occurred_at=hands.now,
        by=cast.group_manager,
    )
    (one,) = owed("seen", file)
    assert one.done_at == hands.now
    withdraw(fact=made.seen.get(), reason="It was another file", by=cast.group_manager)
    withdraw(fact=made, reason="It was another file", by=cast.worker)
    assert owed("seen", file) == []
    assert owed("begun", file)[0].done_at is None


def test_of_a_file_that_goes_to_another_team_its_manager_is_to_read_it(
    file: CaseFile, review: Review, hands: Hands, cast: Cast
) -> None:
    review()
    hands.on(days=1)
    hand_over(case_file=file, team=cast.west, worker=cast.stranger, since_at=hands.now, by=cast.head)
    (one,) = owed("seen", file)
    assert (one.team, one.owner) == (cast.west, None)
    assert owed("reviewed", file)[0].owner == cast.stranger


def test_when_the_file_is_closed_what_was_not_due_is_not_owed_and_what_was_missed_stays(
    file: CaseFile, review: Review, add: Add, hands: Hands
) -> None:
    review()
    hands.on(days=2)
    add()
    hands.on(days=20)
    close(file, hands.now)
    assert owed("reviewed", file) == []
    assert [row.done_at for row in owed("after-event", file)] == [None]
    assert [row.done_at for row in owed("seen", file)] == [None]


def test_a_file_that_was_closed_at_once_owes_nothing(file: CaseFile, review: Review, add: Add, hands: Hands) -> None:
    review()
    hands.on(minutes=5)
    add()
    hands.on(days=1)
    close(file, hands.now)
    assert owed("seen", file) == owed("after-event", file) == owed("reviewed", file) == []


def test_an_event_is_put_in_within_five_working_days_of_learning_of_it(
    add: Add, hands: Hands, cast: Cast, file: CaseFile
) -> None:
    happened = hands.now
    hands.on(days=9)
    late = add(occurred_at=happened, learnt_on=day_of(happened))
    soon = add(occurred_at=happened, learnt_on=day_of(hands.now))
    before = add(occurred_at=happened - timedelta(days=900), learnt_on=day_of(happened - timedelta(days=800)))
    (row,) = owed("event", late)
    assert row.done_at == hands.now > row.due_at
    (row,) = owed("event", soon)
    assert row.done_at <= row.due_at
    (row,) = owed("event", before)  # known before there was a file: from its opening
    assert row.since_at == file.opened_at
    correct(fact=late, changes={"learnt_on": day_of(hands.now)}, reason="The letter came today", by=cast.worker)
    (row,) = owed("event", late)
    assert row.done_at <= row.due_at
    withdraw(fact=late.later.get(), reason="It was another child", by=cast.worker)
    assert owed("event", late) == []
