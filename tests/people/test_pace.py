"""Nobody is shown records faster than anybody can read, and nothing that was typed is held back."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.core.models import TrailEntry
from goldenthread.people import pace
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.pages.made_up_work import Clock, set_clock, take


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Clock]:
    """The clock; five pages a minute and eight an hour may be opened."""
    settings.PAGES_A_MINUTE, settings.PAGES_AN_HOUR = 5, 8
    pace.forget()
    yield set_clock(monkeypatch)
    pace.forget()


@pytest.fixture
def referral(cast: Cast, hand: Clock) -> Referral:
    return take(hand, cast, nth=0)


def _in(officer: Any) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def test_after_so_many_pages_one_waits_and_it_is_on_the_trail_once(cast: Cast, referral: Referral, hand: Clock) -> None:
    client, page = _in(cast.colleague), referral.get_absolute_url()
    assert [client.get(page).status_code for _ in range(5)] == [200] * 5
    for _ in range(3):
        answer = client.get(page)
        assert (answer.status_code, answer["Retry-After"]) == (429, "60")
        assert "more than anybody can read" in answer.content.decode()
        assert referral.reference not in answer.content.decode()
    entry = TrailEntry.objects.get(deed="held back")
    assert (entry.officer, entry.detail) == ("ben", {"over": "minute", "shown": 5})
    assert _in(cast.colleague).get(page).status_code == 429, "in another browser, too"
    assert _in(cast.senior).get(page).status_code == 200, "others go on"
    hand.now += timedelta(minutes=1)
    assert [client.get(page).status_code for _ in range(4)] == [200, 200, 200, 429]  # eight within the hour
    assert "one hour" in client.get(page).content.decode()
    hand.now += timedelta(minutes=60)
    assert _in(cast.colleague).get(page).status_code == 200


def test_searching_and_taking_files_away_count_and_what_is_typed_does_not(
    cast: Cast, referral: Referral, hand: Clock
) -> None:
    client = _in(cast.colleague)
    for _ in range(5):
        client.post(reverse("referral-search"), {"q": "nobody"})
    assert client.post(reverse("referral-search"), {"q": "nobody"}).status_code == 429
    given = {
        "how": "phone", "occurred_at_day": "15", "occurred_at_month": "10", "occurred_at_year": "2003",
        "occurred_at_time": "09:30",
    }  # fmt: skip
    sent = client.post(reverse("referral-acknowledge", args=[referral.pk]), given)
    assert sent.status_code in (200, 302)
    assert client.get("/password/").status_code == 200
    assert pace.hands_out("report-named-file")
    assert pace.hands_out("plan-export")
    member = _in(cast.member)
    answers = [member.get(reverse("report-named-file", args=["unmet-need", "2003-10-14", "json"])) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]


def test_nought_is_no_limit(cast: Cast, referral: Referral, settings: Any) -> None:
    settings.PAGES_A_MINUTE = 0
    client = _in(cast.colleague)
    assert {client.get(referral.get_absolute_url()).status_code for _ in range(12)} == {200}
