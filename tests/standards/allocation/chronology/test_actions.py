"""What is put into a chronology, marked, reviewed and read: what is written, what is refused, and what becomes of mistakes."""

from datetime import timedelta
from typing import Any

import pytest

from goldenthread.cases.events import events_of
from goldenthread.cases.models import CaseFile, Child, Person
from goldenthread.core.clock import day_of
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.standards.allocation.chronology import actions
from goldenthread.standards.allocation.chronology.corrections import correct, withdraw
from goldenthread.standards.allocation.chronology.models import EventMark, SignificantEvent
from goldenthread.standards.assessment.household.people import record_person
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.allocation.chronology.conftest import TELLS, Add, Review
from tests.standards.referrals.conftest import Hands


def test_an_event_is_written_with_both_clocks_and_on_the_trail(
    add: Add, hands: Hands, cast: Cast, child: Child, file: CaseFile
) -> None:
    happened = hands.now
    hands.on(days=2)
    made = add(occurred_at=happened, learnt_on=day_of(hands.now))
    assert (made.occurred_at, made.recorded_at, made.by) == (happened, hands.now, cast.worker)
    assert list(made.children.all()) == [child]
    entry = TrailEntry.objects.get(deed="add significant event")
    assert entry.subject == f"chronology.significantevent:{made.pk}"
    assert entry.detail["case_file"] == file.pk
    assert "read to her" not in str(entry.detail)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"what": "tbc"}, "what happened"),
        ({"why": " "}, "why it matters"),
        ({"told_by": "n/a"}, "who told us"),
        ({"significance": "routine"}, "how much it matters"),
        ({"source": "rumour"}, "which agency"),
        ({"precision": "roughly"}, "how exactly"),
        ({"children": []}, "at least one child"),
    ],
)
def test_what_says_nothing_is_refused(add: Add, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        add(**wrong)
    assert not SignificantEvent.objects.exists()


def test_neither_clock_lies_ahead_and_nobody_learns_before_it_happens(add: Add, hands: Hands, child: Child) -> None:
    tomorrow = hands.now + timedelta(days=1)
    with pytest.raises(Refused, match="future"):
        add(occurred_at=tomorrow, learnt_on=day_of(tomorrow))
    with pytest.raises(Refused, match="lies ahead"):
        add(learnt_on=day_of(tomorrow))
    with pytest.raises(Refused, match="before it happened"):
        add(learnt_on=day_of(hands.now) - timedelta(days=1))
    stranger = Child.objects.create(given_names="Odd", family_name="Other")
    with pytest.raises(Refused, match="child of this case file"):
        add(children=[child, stranger])
    long_ago = add(occurred_at=hands.now - timedelta(days=4000), precision="year")
    assert day_of(long_ago.occurred_at).isoformat() == "1992-01-01"


def test_the_person_is_somebody_around_the_child(
    add: Add, hands: Hands, cast: Cast, child: Child, file: CaseFile
) -> None:
    father = record_person(
        case_file=file, children=[child], relation="father", responsibility="yes", family_name="Aldergate",
        given_names="Piers", occurred_at=hands.now, by=cast.worker,
    )  # fmt: skip
    assert add(person=father).person == father
    nobody = Person.objects.create(
        family_name="Elsewhere", occurred_at=hands.now, recorded_at=hands.now, by=cast.worker
    )
    with pytest.raises(Refused, match="around one of these children"):
        add(person=nobody)


def test_who_may(add: Add, cast: Cast, review: Review) -> None:
    for stranger in (cast.stranger, cast.quality, cast.administrator):
        with pytest.raises(NotAllowed):
            add(by=stranger)
        with pytest.raises(NotAllowed):
            review(by=stranger)
    assert add(by=cast.manager).by == cast.manager


def test_sent_twice_it_is_once(add: Add, review: Review, referral: Referral, file: CaseFile, cast: Cast) -> None:
    assert add(token="t1") == add(token="t1")
    assert review(token="t2") == review(token="t2")
    marks = [_mark(file, referral, cast, token="t3") for _ in range(2)]
    assert marks[0] == marks[1]
    assert SignificantEvent.objects.count() == EventMark.objects.count() == 1


def _mark(file: CaseFile, referral: Referral, cast: Cast, **other: Any) -> EventMark:
    given: dict[str, Any] = {
        "case_file": file, "kind": "referrals.referral", "target": referral.pk, "significance": "key",
        "why": "It was the first time that anybody asked about the bruises", "by": cast.worker,
    }  # fmt: skip
    return actions.mark_event(**(given | other))


def test_an_event_of_another_record_is_marked_with_why_it_matters(
    file: CaseFile, referral: Referral, cast: Cast, add: Add
) -> None:
    mark = _mark(file, referral, cast)
    told = next(e for e in events_of(file).events if e.key == mark.event)
    assert told.significance == "significant"  # the record itself says no more
    with pytest.raises(Refused, match="marked already"):
        _mark(file, referral, cast)
    with pytest.raises(Refused, match="no event of this chronology"):
        _mark(file, referral, cast, target=referral.pk + 1)
    with pytest.raises(Refused, match="no event of this chronology"):
        _mark(file, referral, cast, kind="core.trailentry")
    own = add()
    with pytest.raises(Refused, match="correct the event itself"):
        _mark(file, referral, cast, kind="chronology.significantevent", target=own.pk)
    withdraw(fact=mark, reason="It was the second time, as it turned out", by=cast.worker)
    assert _mark(file, referral, cast).pk != mark.pk


def test_a_review_goes_to_the_manager_who_reads_it(review: Review, cast: Cast, hands: Hands) -> None:
    made = review()
    assert (made.team, made.to) == (cast.east, cast.manager)
    hands.on(days=1)
    read = actions.see_chronology(
        review=made, words="The moves were never put together before. Bring it to supervision on Monday",
        occurred_at=hands.now, by=cast.manager,
    )  # fmt: skip
    assert read.review == made


def test_whoever_reviewed_does_not_read_it_as_manager_and_a_worker_reads_none(
    review: Review, cast: Cast, hands: Hands
) -> None:
    made = review(by=cast.manager)
    assert made.to == cast.group_manager
    given: dict[str, Any] = {"review": made, "words": "I agree with each line", "occurred_at": hands.now}
    with pytest.raises(Refused, match="went through this chronology yourself"):
        actions.see_chronology(by=cast.manager, **given)
    with pytest.raises(NotAllowed):
        actions.see_chronology(by=cast.worker, **given)
    with pytest.raises(Refused, match="before the chronology was reviewed"):
        actions.see_chronology(by=cast.head, **given | {"occurred_at": hands.now - timedelta(hours=1)})
    with pytest.raises(Refused, match="what you think"):
        actions.see_chronology(by=cast.head, **given | {"words": "ok"})
    actions.see_chronology(by=cast.head, **given)


def test_a_review_says_what_the_chronology_tells_and_not_before_the_file(review: Review, hands: Hands) -> None:
    with pytest.raises(Refused, match="what the chronology tells"):
        review(words="tbc")
    with pytest.raises(Refused, match="before this case file was opened"):
        review(occurred_at=hands.now - timedelta(days=1))
    with pytest.raises(Refused, match="future"):
        review(occurred_at=hands.now + timedelta(days=1))


def test_an_event_is_corrected_and_stands_once(add: Add, cast: Cast, file: CaseFile, hands: Hands) -> None:
    made = add()
    with pytest.raises(Refused, match="Nothing would change"):
        correct(fact=made, changes={"what": made.what}, reason="A slip", by=cast.worker)
    new = correct(fact=made, changes={"significance": "key"}, reason="It changed everything for her", by=cast.worker)
    assert list(new.children.all()) == list(made.children.all())
    told = [e for e in events_of(file).events if e.label == "chronology.significantevent"]
    assert [(e.pk, e.significance, e.corrected) for e in told] == [(made.pk, "key", True)]
    with pytest.raises(Refused, match="correct what stands now"):
        correct(fact=made, changes={"what": "Another thing"}, reason="A slip", by=cast.worker)
    later = {"occurred_at": hands.on(days=3)}
    with pytest.raises(Refused, match="before it happened"):
        correct(fact=new, changes=later, reason="It was on Saturday", by=cast.worker)
    withdraw(fact=new, reason="It was her cousin's father", by=cast.worker)
    found = events_of(file)
    assert found.taken_back == 1
    assert not [e for e in found.events if e.label == "chronology.significantevent"]


def test_whom_an_event_is_about_is_corrected(add: Add, cast: Cast, hands: Hands, child: Child, file: CaseFile) -> None:
    brother = Child.objects.create(given_names="Teo", family_name="Aldergate")
    file.children.add(brother)
    made = add()
    new = correct(fact=made, changes={}, children=[brother], reason="It was about Teo", by=cast.worker)
    told = next(e for e in events_of(file).events if e.label == "chronology.significantevent")
    assert told.children == {brother.pk}
    assert list(new.children.all()) == [brother]


def test_what_a_manager_has_read_is_not_taken_back_under_them(review: Review, cast: Cast, hands: Hands) -> None:
    made = review(occurred_at=hands.now)
    hands.on(days=1)
    read = actions.see_chronology(
        review=made, words="Each move followed a bruise: say so in the plan", occurred_at=hands.now, by=cast.manager
    )
    with pytest.raises(Refused, match="taken back first"):
        withdraw(fact=made, reason="It was another file's", by=cast.worker)
    with pytest.raises(NotAllowed):
        withdraw(fact=read, reason="He read another file", by=cast.worker)
    hands.on(days=1)
    with pytest.raises(Refused, match="read the chronology before that time"):
        correct(fact=made, changes={"occurred_at": hands.now}, reason="It was today", by=cast.worker)
    correct(fact=made, changes={"words": f"{TELLS}. The school saw it first"}, reason="More of it", by=cast.worker)
    withdraw(fact=read, reason="He read another file", by=cast.manager)
    last = made.later.get()
    withdraw(fact=last, reason="It was another file's", by=cast.worker)
    with pytest.raises(Refused, match="taken back"):
        actions.see_chronology(review=made, words="What is there to see?", occurred_at=hands.now, by=cast.manager)
