"""Children seen and heard: what is recorded, what is refused, and how it is put right."""

from datetime import date, timedelta
from typing import Any

import pytest

from goldenthread.cases.models import Child
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.standards.assessment.assessing import actions, corrections, hearing
from goldenthread.standards.assessment.assessing.models import Assessment, ChildSeen
from tests.conftest import Cast
from tests.standards.assessment.assessing.conftest import Finish, fresh
from tests.standards.referrals.conftest import Hands

SEEN: dict[str, Any] = {"seen": True, "alone": True, "seen_by": "Asha Verma", "way": "bsl", "interpreter": True}


def test_a_child_is_seen_by_whom_how_and_alone(assessment: Assessment, child: Child, cast: Cast, hands: Hands) -> None:
    fact = hearing.record_seen(assessment=assessment, child=child, occurred_at=hands.now, by=cast.worker, **SEEN)
    assert (fact.seen, fact.alone, fact.way, fact.interpreter) == (True, True, "bsl", True)
    entry = TrailEntry.objects.get(deed="record child seen")
    assert entry.detail["child"] == child.pk


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"seen_by": ""}, "who saw the child"),
        ({"way": ""}, "understood each other"),
        ({"way": "speech"}, "in which language"),
        ({"alone": False}, "not seen alone"),
        ({"alone": False, "why_not_alone": "n/a"}, "says nothing"),
        ({"seen": False}, "has not been seen"),
    ],
)
def test_a_sighting_is_refused(
    assessment: Assessment, child: Child, cast: Cast, hands: Hands, given: dict[str, Any], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        hearing.record_seen(assessment=assessment, child=child, occurred_at=hands.now, by=cast.worker, **(SEEN | given))


def test_only_children_of_the_assessment_within_its_time_and_by_who_may_write(
    assessment: Assessment, child: Child, sibling: Child, cast: Cast, hands: Hands
) -> None:
    whole: dict[str, Any] = {
        "assessment": assessment,
        "child": child,
        "occurred_at": hands.now,
        "by": cast.worker,
        **SEEN,
    }
    with pytest.raises(Refused, match="a child of this assessment"):
        hearing.record_seen(**(whole | {"child": sibling}))
    with pytest.raises(Refused, match="in the future"):
        hearing.record_seen(**(whole | {"occurred_at": hands.now + timedelta(hours=1)}))
    with pytest.raises(Refused, match="before the assessment"):
        hearing.record_seen(**(whole | {"occurred_at": hands.now - timedelta(days=1)}))
    hearing.record_seen(**(whole | {"occurred_at": hands.now - timedelta(minutes=30)}))  # after the referral
    with pytest.raises(NotAllowed):
        hearing.record_seen(**(whole | {"by": cast.stranger}))


@pytest.mark.parametrize(
    ("born", "why", "enough"),
    [
        (date(1998, 5, 4), "Too young", False),
        (date(1998, 5, 4), "The child is still too young to be asked for her views", False),
        (date(1998, 5, 4), "Because of his age.", False),
        (
            date(1998, 5, 4),
            "Too young for direct questions; two visits with picture cards, she turned away each time",
            True,
        ),
        (date(1998, 5, 4), "He ran away both times and his brother would not carry a note", True),
        (None, "too young", False),
        (date(2003, 1, 4), "A baby of nine months", True),
        (date(2000, 1, 4), "n/a", False),
    ],
)
def test_age_alone_is_no_reason_from_four_years_on(
    assessment: Assessment, child: Child, cast: Cast, hands: Hands, born: date | None, why: str, enough: bool
) -> None:
    Child.objects.filter(pk=child.pk).update(date_of_birth=born)
    child.refresh_from_db()
    given: dict[str, Any] = {"assessment": assessment, "child": child, "occurred_at": hands.now, "by": cast.worker}
    if enough:
        assert hearing.record_views(why_none=why, **given).why_none == why
    else:
        with pytest.raises(Refused):
            hearing.record_views(why_none=why, **given)


def test_a_childs_words_stand_apart_from_what_is_made_of_them(
    assessment: Assessment, child: Child, cast: Cast, hands: Hands
) -> None:
    given: dict[str, Any] = {"assessment": assessment, "child": child, "occurred_at": hands.now, "by": cast.worker}
    fact = hearing.record_views(
        words="Mum sleeps and I make tea", understanding="He looks after her", tool="my-day", **given
    )
    assert (fact.words, fact.understanding, fact.tool) == ("Mum sleeps and I make tea", "He looks after her", "my-day")
    with pytest.raises(Refused, match="not both"):
        hearing.record_views(words="I make tea", why_none="He would not say more than that", **given)
    with pytest.raises(Refused, match="or why there are none"):
        hearing.record_views(understanding="He looks after her", **given)
    with pytest.raises(Refused, match="what helped"):
        hearing.record_views(words="I make tea", tool="crystal-ball", **given)


def test_what_was_recorded_is_put_right_and_both_rows_stay(
    assessment: Assessment, child: Child, cast: Cast, hands: Hands
) -> None:
    fact = hearing.record_seen(assessment=assessment, child=child, occurred_at=hands.now, by=cast.worker, **SEEN)
    with pytest.raises(Refused, match="why the child was not seen alone"):
        corrections.correct(fact=fact, changes={"alone": False}, reason="I was mistaken", by=cast.worker)
    later = corrections.correct(
        fact=fact, changes={"alone": False, "why_not_alone": "Her teacher stayed, at her wish"},
        reason="I was mistaken", by=cast.colleague,
    )  # fmt: skip
    assert (later.supersedes, later.root_id, ChildSeen.objects.count()) == (fact, fact.pk, 2)
    with pytest.raises(Refused, match="corrected already"):
        corrections.correct(fact=fact, changes={"alone": True}, reason="I was mistaken", by=cast.worker)
    with pytest.raises(Refused, match="Nothing would change"):
        corrections.correct(fact=later, changes={"alone": False}, reason="I was mistaken", by=cast.worker)
    corrections.withdraw(fact=later, reason="It was another child's", by=cast.worker)
    assert fresh(assessment).seen.count() == 3


def test_once_it_is_signed_off_nothing_is_corrected(finish: Finish, cast: Cast) -> None:
    fact = finish("signed-off").views.get()
    with pytest.raises(Refused, match="signed off"):
        corrections.correct(fact=fact, changes={"words": "Other words"}, reason="I was mistaken", by=cast.worker)


def test_who_is_disabled_can_be_said_later(assessment: Assessment, child: Child, sibling: Child, cast: Cast) -> None:
    actions.say_who_is_disabled(assessment=assessment, disabled=[child], by=cast.worker)
    assert list(assessment.disabled.all()) == [child]
    with pytest.raises(Refused, match="Nothing would change"):
        actions.say_who_is_disabled(assessment=assessment, disabled=[child], by=cast.worker)
    with pytest.raises(Refused, match="Say which"):
        actions.say_who_is_disabled(assessment=assessment, disabled=[sibling], by=cast.worker)
    entry = TrailEntry.objects.get(deed="say who is disabled")
    assert entry.detail["changed"]["disabled"] == [[], [child.pk]]
