"""What a chronology is made of: every dated record once, as it stands, on both clocks."""

from datetime import UTC, datetime, timedelta

import pytest

from goldenthread.cases.events import KNOWN_LATE, Event, events_of, kinds, left_out
from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.precision import Precision, when_in_words
from goldenthread.core.clock import LONDON
from goldenthread.standards.referrals.models import Referral
from tests.cases.whole_chronology import dated, differences, leads_up, models_with_events
from tests.conftest import Cast
from tests.standards.referrals import conftest as referrals_room
from tests.standards.referrals.conftest import Hands

hands, child, take, referral = (
    referrals_room.hands,
    referrals_room.child,
    referrals_room.take,
    referrals_room.referral,
)  # the fixtures


def test_every_record_with_a_date_is_an_event_or_says_why_not() -> None:
    told = {kind.model._meta.label_lower for kind in kinds().values()}
    for model in models_with_events():
        label = model._meta.label_lower
        assert label in told, (
            f"{label} has a date and is on a file: tell it in its room's events.py, or leave it out with a reason"
        )
    assert not told & set(left_out())
    for kind in kinds().values():
        assert dated(kind.model), kind.label
        assert leads_up(kind.model), kind.label
    assert all(len(reason) > 20 for reason in left_out().values())


def test_a_file_with_a_referral_tells_it_in_order(referral: Referral, hands: Hands) -> None:
    hands.on(days=1)
    told = [(event.key, event.what) for event in events_of(referral.case_file).events]
    assert [key.partition(":")[0] for key, _ in told] == [
        "cases.child", "cases.casefile-opened", "cases.holding", "referrals.referral",
    ]  # fmt: skip
    assert told[-1][1] == f"Referral {referral.reference} from Rosa Whitcombe, Elmbridge Primary"
    assert differences() == []


def an_event(at: datetime, known: datetime, precision: str = Precision.TIME) -> Event:
    return Event("x.y", 1, "", (), at, known, "", "health", "routine", precision)


def test_known_late_is_measured_from_the_end_of_what_is_known() -> None:
    march = datetime(2003, 3, 1, tzinfo=LONDON)
    assert an_event(march, march + KNOWN_LATE).late is None
    assert an_event(march, march + KNOWN_LATE + timedelta(minutes=1)).late is not None
    assert an_event(march, march + timedelta(days=36), Precision.MONTH).late is None
    assert an_event(march, march + timedelta(days=40), Precision.MONTH).late is not None
    year = datetime(2003, 1, 1, tzinfo=LONDON)
    assert an_event(year, datetime(2004, 1, 5, tzinfo=UTC), Precision.YEAR).late is None


@pytest.mark.parametrize(
    ("precision", "words"),
    [("time", "1 March 2003, 2:30pm"), ("day", "1 March 2003"), ("month", "March 2003"), ("year", "2003")],
)
def test_a_time_is_said_as_exactly_as_it_is_known(precision: str, words: str) -> None:
    assert when_in_words(datetime(2003, 3, 1, 14, 30, tzinfo=LONDON), precision) == words


def test_the_number_of_queries_is_one_for_each_kind(
    referral: Referral, cast: Cast, hands: Hands, django_assert_max_num_queries: object
) -> None:
    file = referral.case_file
    with django_assert_max_num_queries(len(kinds()) + 1):  # type: ignore[operator]
        events_of(file)
    file.children.add(Child.objects.create(given_names="Teo", family_name="Aldergate"))
    owners = {kind.whose for kind in kinds().values() if kind.whose and kind.whose[1]}
    with django_assert_max_num_queries(len(kinds()) + 1 + len(owners)):  # type: ignore[operator]
        events_of(CaseFile.objects.get())
