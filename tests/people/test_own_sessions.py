"""One's own account: where one is signed in, and how to end it."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from goldenthread.core.models import TrailEntry
from goldenthread.people.own_sessions import browser_in_words
from tests.conftest import Cast
from tests.people.test_sessions import Watch, watch

__all__ = ["watch"]  # the fixture

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGE, END = "/account/", "/account/sessions/end/"


def _sign_in(username: str, browser: str = "", address: str = "127.0.0.1") -> Client:
    client = Client(headers={"user-agent": browser} if browser else {}, REMOTE_ADDR=address)
    client.post(reverse("sign-in"), {"username": username, "password": "golden-thread-demo"})
    return client


def _marks(page: str) -> list[str]:
    return [mark for mark in re.findall(r'name="which" value="(\w+)"', page) if mark != "others"]


def test_an_officer_sees_their_own_sessions_and_ends_one(cast: Cast) -> None:
    desk, laptop, other = _sign_in("asha"), _sign_in("asha", FIREFOX, "10.1.2.3"), _sign_in("ben")
    page = desk.get(PAGE).content.decode()
    assert page.count("Signed in ") == 2
    assert "(this one)" in page
    assert "Firefox on Windows" in page
    assert "from 10.1.2.3" in page
    for client in (desk, laptop, other):
        assert client.session.session_key not in page
    (mark,) = _marks(page)
    answer = desk.post(END, {"which": mark}, follow=True).content.decode()
    assert "That session has ended" in answer
    assert answer.count("Signed in ") == 1
    assert laptop.get("/").status_code == 302
    assert other.get("/").status_code == desk.get("/").status_code == 200
    assert "ended already" in desk.post(END, {"which": mark}, follow=True).content.decode()
    entry = TrailEntry.objects.get(deed="session ended")
    assert (entry.officer, entry.why, entry.detail) == ("asha", "own account", {"ended": 1})


def test_all_but_the_one_in_use_end_at_once(cast: Cast) -> None:
    desk, laptop, phone = _sign_in("asha"), _sign_in("asha"), _sign_in("asha")
    answer = desk.post(END, {"which": "others"}, follow=True).content.decode()
    assert "Every other session of yours has ended" in answer
    assert "End all but this one" not in answer
    assert [client.get("/").status_code for client in (desk, laptop, phone)] == [200, 302, 302]
    assert TrailEntry.objects.get(deed="session ended").detail == {"ended": 2}


def test_nobody_ends_a_session_of_another(cast: Cast) -> None:
    ben, asha = _sign_in("ben"), _sign_in("asha")
    _sign_in("ben")
    (mark,) = _marks(ben.get(PAGE).content.decode())
    for which in (mark, asha.session.session_key, "", "x"):
        asha.post(END, {"which": which})
    assert Session.objects.count() == 3
    assert asha.get(END).status_code == 405


def test_sessions_that_would_not_be_let_in_are_not_listed(cast: Cast, watch: Watch) -> None:
    _sign_in("asha")
    watch.on(21)
    desk = _sign_in("asha")
    assert desk.get(PAGE).content.decode().count("Signed in ") == 1


def test_ending_asks_for_a_fresh_proof(cast: Cast, watch: Watch) -> None:
    desk = _sign_in("asha")
    watch.on(6)
    _sign_in("asha")
    answer = desk.post(END, {"which": "others"})
    assert answer["Location"].startswith(reverse("step-up"))
    assert Session.objects.count() == 2


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on an iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Linux"),
        ("<script>alert(1)</script>", "A browser"),
        ("", "A browser"),
    ],
)  # fmt: skip
def test_a_browser_is_told_in_words_that_help(told: str, words: str) -> None:
    assert browser_in_words(told) == words
