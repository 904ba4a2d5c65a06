"""What comes round ends with a file and begins anew when it is opened again; while it was closed, nobody waited for a worker."""

from datetime import date, timedelta

import pytest

from goldenthread.cases.models import CaseFile, Child, Holding
from goldenthread.core.errors import Refused
from goldenthread.obligations.handover import hand_over
from goldenthread.obligations.models import Obligation
from goldenthread.standards.allocation.allocating.figures import by_month, open_files, waiting_at, waits
from goldenthread.standards.allocation.allocating.telling import tell_of_wait
from goldenthread.standards.allocation.chronology import corrections as chronology_corrections
from goldenthread.standards.allocation.chronology.actions import add_event, review_chronology, see_chronology
from goldenthread.standards.allocation.chronology.models import ChronologyReview
from goldenthread.standards.allocation.closing import actions, signing
from goldenthread.standards.allocation.closing.chronology import last_chronology
from goldenthread.standards.allocation.closing.models import Closure
from goldenthread.standards.allocation.conferring import care
from tests.conftest import Cast
from tests.standards.allocation.closing.conftest import Ask, Sign, excuse_all, owed, tell_everybody
from tests.standards.referrals.conftest import Hands

DAY = timedelta(days=1)


def still_owed(file: CaseFile) -> set[str]:
    """What is open on it, whenever it is due."""
    return set(Obligation.objects.open().filter(case_file=file).values_list("requirement", flat=True))


def reopen(closure: Closure, cast: Cast, hands: Hands) -> None:
    signing.reopen(closure=closure, words="The school rang", occurred_at=hands.now, by=cast.manager)


def test_a_file_with_everything_settled_is_closed_nothing_comes_round_after_and_opened_again_it_does(
    ask: Ask, file: CaseFile, child: Child, sign: Sign, cast: Cast, hands: Hands
) -> None:
    cared = care.look_after(case_file=file, child=child, basis="agreed", occurred_at=hands.now, by=cast.worker)
    reviewed = review_chronology(case_file=file, words="Two bad winters", occurred_at=hands.now, by=cast.worker)
    see_chronology(review=reviewed, words="It is all there", occurred_at=hands.now, by=cast.manager)
    hands.on(days=3)
    ended = care.end_care(
        care=cared, reason="home", words="With her grandmother", occurred_at=hands.now, by=cast.worker
    )
    hands.on(hours=1)
    closure = ask()
    tell_everybody(closure, cast, hands)
    excuse_all(closure, cast)
    hands.on(hours=1)
    begins = {"allocation.chronology-reviewed", "allocation.case-discussed"}
    sign(closure)
    assert still_owed(file) == set()
    hands.on(days=400)
    assert still_owed(file) == set()
    with pytest.raises(Refused, match="open it again"):
        care.look_after(case_file=file, child=child, basis="agreed", occurred_at=hands.now, by=cast.worker)
    with pytest.raises(Refused, match="open it again"):
        care.correct_care(fact=ended, changes=None, reason="It went on", by=cast.worker)
    reopen(closure, cast, hands)
    assert still_owed(file) >= begins
    for row in Obligation.objects.open().filter(case_file=file):
        assert row.since_at >= hands.now, f"{row.requirement} is owed for the time in which the file was closed"
    # The chronology was begun once. It is gone through again within three months of the opening.
    assert [row.done_at is None for row in owed("chronology-begun")] == [False]
    soonest = min(owed("chronology-reviewed", done_at=None), key=lambda row: row.since_at)
    assert (soonest.since_at, soonest.due_at) > (hands.now - DAY, hands.now + 85 * DAY)
    assert not owed("looked-after-first-review", done_at=None, excused_at=None)
    hands.on(days=100)
    late = review_chronology(case_file=file, words="It began again", occurred_at=hands.now, by=cast.worker)
    first, *_ = [row for row in owed("chronology-reviewed") if row.key.startswith("again-")]
    assert (first.done_at, first.done_at > first.due_at) == (late.occurred_at, True)  # type: ignore[operator]
    second = ask()
    tell_everybody(second, cast, hands)
    excuse_all(second, cast)
    hands.on(hours=1)
    sign(second)
    assert still_owed(file) == set()


def test_what_was_not_due_when_the_file_was_closed_is_not_late_when_it_is_done_after_it_was_opened_again(
    ready: Closure, file: CaseFile, child: Child, sign: Sign, cast: Cast, hands: Hands
) -> None:
    review = ChronologyReview.objects.get()
    hands.on(minutes=5)
    event = add_event(
        case_file=file, children=[child], what="Her father came back", why="She hid", significance="key", source="education",
        told_by="Her teacher", occurred_at=hands.now, learnt_on=hands.now.date(), by=cast.worker,
    )  # fmt: skip
    hands.on(minutes=5)
    sign(ready)
    hands.on(days=60)
    reopen(ready, cast, hands)
    hands.on(days=1)
    see_chronology(review=review, words="I read it then", occurred_at=hands.now, by=cast.manager)
    assert not owed("chronology-seen")
    assert not owed("chronology-after-event")
    add_event(
        case_file=file, children=[child], what="He is at the door", why="She hides", significance="key", source="education",
        told_by="Her teacher", occurred_at=hands.now, learnt_on=hands.now.date(), by=cast.worker,
    )  # fmt: skip
    (now_owed,) = owed("chronology-after-event")
    assert (now_owed.since_at, now_owed.key == f"event-{event.pk}") == (hands.now, False)


def test_the_last_look_is_a_review_of_the_chronology_of_the_day_on_which_it_was_asked_or_later(
    file: CaseFile, ask: Ask, sign: Sign, cast: Cast, hands: Hands
) -> None:
    review_chronology(case_file=file, words="Before", occurred_at=hands.now, by=cast.worker)
    hands.on(days=1)
    on_the_day = hands.now
    hands.on(hours=2)
    closure = ask()
    assert last_chronology(closure) is None
    with pytest.raises(Refused, match="once more"):
        actions.look_at_chronology(closure=closure, words="Long ago", occurred_at=on_the_day - 2 * DAY, by=cast.worker)
    made = review_chronology(case_file=file, words="All of it", occurred_at=on_the_day, by=cast.worker)
    found = last_chronology(closure)
    assert found is not None
    assert found.fact == made
    chronology_corrections.withdraw(fact=made, reason="It was another file", by=cast.worker)
    assert last_chronology(closure) is None
    hands.on(hours=1)
    looked = actions.look_at_chronology(
        closure=closure, words="All of it, this time", occurred_at=hands.now, by=cast.worker, token="l"
    )
    assert actions.look_at_chronology(
        closure=closure, words="All of it, this time", occurred_at=hands.now, by=cast.worker, token="l"
    ) == looked  # fmt: skip
    assert ChronologyReview.objects.filter(root=None, withdrawn=False).last() == looked
    actions.tell_family(closure=closure, how="visit", words="They know", occurred_at=hands.now, by=cast.worker)
    for agency in closure.agencies.all():
        actions.tell_agency(
            closure=closure,
            agency=agency.involved,
            how="phone",
            words="It knows",
            occurred_at=hands.now,
            by=cast.worker,
        )
    excuse_all(closure, cast)
    with pytest.raises(Refused, match="last time"):
        sign(closure, occurred_at=hands.now - timedelta(minutes=1))
    hands.on(hours=1)
    sign(closure)
    with pytest.raises(Refused, match="not taken back"):
        chronology_corrections.withdraw(fact=looked, reason="It was another file", by=cast.worker)
    hands.on(hours=1)
    with pytest.raises(Refused, match="closed before"):
        chronology_corrections.correct(
            fact=looked, changes={"occurred_at": hands.now}, reason="It was later", by=cast.worker
        )


def test_a_file_that_nobody_had_when_it_was_closed_waits_anew_and_not_for_the_time_between(
    file: CaseFile, ask: Ask, sign: Sign, cast: Cast, hands: Hands
) -> None:
    began = hands.now
    hand_over(case_file=file, team=cast.east, worker=None, since_at=began, by=cast.manager)
    hands.on(days=10)
    closure = ask(by=cast.manager)
    actions.tell_family(closure=closure, how="visit", words="They know", occurred_at=hands.now, by=cast.manager)
    for agency in closure.agencies.all():
        actions.tell_agency(
            closure=closure,
            agency=agency.involved,
            how="phone",
            words="It knows",
            occurred_at=hands.now,
            by=cast.manager,
        )
    actions.look_at_chronology(closure=closure, words="Quiet", occurred_at=hands.now, by=cast.manager)
    excuse_all(closure, cast)
    sign(closure, by=cast.group_manager)
    closed = hands.now
    assert [row.due_at < closed for row in owed("unallocated-team-manager")] == [True]
    assert not owed("unallocated-executive-member")  # the wait was over before it was due
    hands.on(days=100)
    between = hands.now - 40 * DAY
    reopened = hands.now
    reopen(closure, cast, hands)
    hands.on(days=5)
    at = hands.now
    first, second = waits(at)
    assert (first.since, first.lasted, first.ended) == (began, 10 * DAY, True)
    assert (second.since, second.lasted, second.ended) == (reopened, 5 * DAY, False)
    assert sum((wait.child_time for wait in waits(at)), timedelta()) == 15 * DAY
    assert [wait.since for wait in waiting_at(at)] == [reopened]
    # At any time between, the file was closed: it was on no list and in no figure.
    for past in (closed, between):
        assert waiting_at(past) == []
        assert sum(open_files(past).values()) == 0
    assert sum(open_files(closed - DAY).values()) == sum(open_files(at).values()) == 1
    months = by_month(date(2003, 10, 1), at)
    assert sum((month.child_time for month in months.values()), timedelta()) == 15 * DAY
    assert {month for month, _ in months} == {began.date().replace(day=1), closed.date().replace(day=1)} | {
        reopened.date().replace(day=1), at.date().replace(day=1),
    }  # fmt: skip
    # The chain begins anew: whoever was told of the first wait was not told of this one.
    again = Holding.objects.get(since_at=reopened)
    assert [row.since_at for row in owed("unallocated-team-manager", subject_id=again.pk)] == [reopened]
    told = tell_of_wait(
        case_file=file, rank="team-manager", to=cast.manager, risk="watched", words="Duty looks at it", by=cast.manager,
        occurred_at=hands.now,
    )  # fmt: skip
    assert told.holding == again
    assert owed("unallocated-team-manager", subject_id=again.pk)[0].done_at == hands.now
    assert [row.done_at for row in owed("unallocated-team-manager") if row.subject_id != again.pk] == [None]
