"""Who had access at the end of a past day, by what the trail says; and what it cannot say."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.core import clock, trail
from goldenthread.core.errors import BadInput
from goldenthread.people import accounts, second_factor
from goldenthread.people.access_as_at import AsAt, Then, rows_as_at
from goldenthread.people.models import Officer
from tests.conftest import Cast

NEW = {"email": "", "area": None, "post": None}


def _at(day: int, hour: int = 12) -> Any:
    return clock.standing_at(datetime(2026, 3, day, hour, tzinfo=UTC))


@pytest.fixture
def history(cast: Cast) -> Iterator[Officer]:
    """Lena joins on the 2nd, sets up an app on the 4th, is moved on the 6th, leaves on the 8th, and comes back on the
    10th. It is the 20th."""
    with _at(1):
        trail.write("sign in", cast.administrator, by=cast.administrator, why="own account")
    with _at(2):
        lena, _ = accounts.open_account(
            username="lena", name="Lena Ash", role="worker", team=cast.east, by=cast.administrator, **NEW
        )
        accounts.review(officer=lena, right=True, words="", by=cast.head)
    with _at(4):
        trail.write("sign in", lena, by=lena, why="own account")
        second_factor.add(secret=second_factor.new_secret(), step=0, by=lena)
    with _at(6):
        accounts.change_account(
            officer=lena, role="senior-practitioner", team=cast.west, by=cast.administrator, name="Lena Ash", **NEW
        )
    with _at(8):
        accounts.close_account(officer=lena, reason="Left", by=cast.administrator)
    with _at(10):
        accounts.reopen_account(officer=lena, reason="Came back", by=cast.administrator)
    with _at(20):
        yield Officer.objects.get(pk=lena.pk)


def _as_at(day: int) -> AsAt:
    return rows_as_at(Officer.objects.all(), date(2026, 3, day))


def _lena(day: int) -> Then | None:
    return next((row for row in _as_at(day).rows if row.officer.username == "lena"), None)


def test_an_account_is_as_it_was(history: Officer) -> None:
    def told(day: int) -> tuple[str, str, str, bool | None]:
        row = _lena(day)
        assert row is not None
        return row.state, row.role, row.team, row.twice

    east, west = "Referral and assessment east", "Family support west"
    assert _lena(1) is None
    assert _as_at(1).later == 1
    assert told(2) == ("in use", "Social worker", east, False)
    assert told(5) == ("in use", "Social worker", east, True)
    assert told(6) == ("in use", "Senior practitioner", west, True)
    assert told(9) == ("closed", "Senior practitioner", west, True)
    assert told(10) == ("in use", "Senior practitioner", west, False)
    second, fifth = _lena(2), _lena(5)
    assert second is not None
    assert fifth is not None
    assert (second.last, fifth.last) == (None, datetime(2026, 3, 4, 12, tzinfo=UTC))
    assert second.review is not None
    assert second.review.by.username == "grace"


def test_today_is_as_it_stands_now(history: Officer, cast: Cast) -> None:
    with _at(20, 9):
        trail.write("sign in", cast.worker, by=cast.worker, why="own account")
    for row in _as_at(20).rows:
        if row.there:
            officer = row.officer
            team = officer.team or officer.area
            assert (row.in_use, row.role, row.team) == (officer.is_active, officer.role_data.title, str(team or ""))


def test_what_the_trail_cannot_say_is_not_guessed(history: Officer, cast: Cast) -> None:
    rows = {row.officer.username: row for row in _as_at(3).rows}
    assert (rows["asha"].there, rows["asha"].state, rows["asha"].twice) == (None, "not known", None)
    assert (rows["kit"].there, rows["kit"].state) == (True, "in use")  # signed in on the 1st
    with _at(15):
        trail.write("sign in", cast.worker, by=cast.worker, why="own account")
        second_factor.add(secret=second_factor.new_secret(), step=0, by=cast.administrator)
        second_factor.add(secret=second_factor.new_secret(), step=0, by=cast.colleague)
        accounts.reset_second_factor(officer=cast.colleague, reason="Lost it", by=cast.administrator)
    rows = {row.officer.username: row for row in _as_at(14).rows}
    assert rows["asha"].there is None  # used for the first time on the 15th
    assert rows["kit"].twice is None  # what she set up on the 15th may have taken another's place
    assert {row.officer.username: row.twice for row in _as_at(15).rows}["ben"] is False
    with pytest.raises(BadInput, match="begins after that day"):
        rows_as_at(Officer.objects.all(), date(2026, 2, 20))
    with pytest.raises(BadInput, match="lies ahead"):
        _as_at(21)


def test_the_page_shows_it_to_those_who_review_and_says_what_is_not_known(history: Officer, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.head)
    page = reverse("access-review")
    then = client.get(page, {"as-at": "2026-03-09"}).content.decode()
    assert "Who had access at the end of 9 March 2026" in then
    assert "which begins on 1 March 2026" in then
    assert "Closed" in then
    assert "Not known: the trail says nothing of this account up to then" in then
    assert "1 account opened since then is left out" in client.get(page, {"as-at": "2026-03-01"}).content.decode()
    for wrong, said in (("2026-02-01", "begins after that day"), ("2027-01-01", "lies ahead"), ("x", "valid date")):
        assert said in client.get(page, {"as-at": wrong}).content.decode(), wrong
    client.force_login(cast.manager)
    theirs = client.get(page, {"as-at": "2026-03-09"}).content.decode()
    assert "Lena Ash" not in theirs  # she is in another team now
    assert "Asha Verma" in theirs
    client.force_login(cast.worker)
    assert client.get(page, {"as-at": "2026-03-09"}).status_code == 404


def test_as_many_statements_however_many_accounts(history: Officer, cast: Cast) -> None:
    asked = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            _as_at(9)
        asked.append(len(queries))
        for nth in range(10):
            Officer.objects.create_officer(f"more-{number}-{nth}", name=f"More {nth}", role="worker")
    assert asked[0] == asked[1]
