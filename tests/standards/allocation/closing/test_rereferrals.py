"""How many children are referred again within twelve months: counted as the national statistics do."""

from datetime import date, timedelta

from django.test import Client

from goldenthread.cases.models import Child
from goldenthread.standards.allocation.closing.rereferrals import by_month
from tests.conftest import Cast
from tests.standards.allocation.closing import conftest as room
from tests.standards.referrals.conftest import Hands, Take

file = room.file
OCTOBER = date(2003, 10, 1)


def test_each_child_of_a_referral_counts_each_time(take: Take, child: Child, cast: Cast, hands: Hands) -> None:
    sister = Child.objects.create(given_names="Mara", family_name="Aldergate")
    take(children=[child])
    hands.on(days=40)
    take(children=[child, sister])
    hands.on(days=367)  # 2004 is a leap year: a day more than twelve months
    take(children=[sister])
    found = by_month(OCTOBER, hands.now)
    assert [(one.month, one.referred, one.again) for one in found] == [
        (date(2003, 10, 1), 1, 0), (date(2003, 11, 1), 2, 1), (date(2004, 11, 1), 1, 0),
    ]  # fmt: skip
    assert {one.team_id for one in found} == {cast.east.pk}


def test_an_earlier_referral_counts_from_before_the_months_that_are_shown(
    take: Take, child: Child, hands: Hands
) -> None:
    take(children=[child])
    hands.on(days=300)
    take(children=[child])
    assert [(one.referred, one.again) for one in by_month(date(2004, 7, 1), hands.now)] == [(1, 1)]


def test_what_was_not_known_and_what_is_closed_to_somebody_is_left_out(
    take: Take, child: Child, cast: Cast, hands: Hands
) -> None:
    take(children=[child])
    before = hands.now
    hands.on(days=20)
    late = take(children=[child], received_at=before + timedelta(days=1))
    assert [(one.referred, one.again) for one in by_month(OCTOBER, hands.now)] == [(2, 1)]
    assert [(one.referred, one.again) for one in by_month(OCTOBER, hands.now, known_at=before)] == [(1, 0)]
    without = by_month(OCTOBER, hands.now, without=[late.case_file_id])
    assert [(one.referred, one.again) for one in without] == [(1, 0)]
    assert by_month(OCTOBER, hands.now, team_ids=[cast.west.pk]) == []


def test_the_page_shows_teams_and_months(take: Take, child: Child, cast: Cast, client: Client, hands: Hands) -> None:
    take(children=[child])
    hands.on(days=3)
    take(children=[child])
    client.force_login(cast.member)
    shown = client.get("/closures/referred-again/").content.decode()
    assert "Referral and assessment east" in shown
    assert "October 2003" in shown
    assert "<strong>2</strong> children referred" in shown
    assert "Aldergate" not in shown
