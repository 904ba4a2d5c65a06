"""How long a session lasts, and what ends it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.core import clock, drafts
from goldenthread.core.models import TrailEntry
from tests.conftest import Cast

PASSWORD = "golden-thread-demo"


class Watch:
    """A clock that goes on when told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = clock.now()
        monkeypatch.setattr(clock.timezone, "now", lambda: self.at)

    def on(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(monkeypatch)


@pytest.fixture
def signed_in(cast: Cast, watch: Watch) -> Client:
    client = Client()
    client.post(reverse("sign-in"), {"username": "asha", "password": PASSWORD})
    return client


def test_a_session_that_is_not_used_ends_and_what_was_typed_comes_back(
    cast: Cast, signed_in: Client, watch: Watch
) -> None:
    watch.on(21)
    answer = signed_in.post(reverse("password"), {"note": "long words"})
    assert answer["Location"] == "/sign-in/?next=/password/"
    ended = TrailEntry.objects.get(deed="session ended")
    assert (ended.officer, ended.why) == ("asha", "not used")
    signed_in.post(reverse("sign-in"), {"username": "asha", "password": PASSWORD, "next": "/password/"})
    assert drafts.load_draft(cast.worker, "/password/") == {"note": ["long words"]}


def test_typing_is_use(signed_in: Client, watch: Watch) -> None:
    for _ in range(4):
        watch.on(15)
        assert signed_in.post(reverse("draft") + "?form=/password/", {"note": "words"}).status_code < 300
    assert signed_in.get("/").status_code == 200


@pytest.mark.parametrize(("seconds", "written"), [(0, 0), (29, 0), (30, 1)])
def test_reading_seldom_writes_to_the_session(signed_in: Client, watch: Watch, seconds: int, written: int) -> None:
    watch.on(seconds / 60)
    with CaptureQueriesContext(connection) as asked:
        assert signed_in.get("/").status_code == 200
    assert sum('UPDATE "django_session"' in each["sql"] for each in asked.captured_queries) == written


def test_no_session_outlasts_the_working_day(signed_in: Client, watch: Watch) -> None:
    for _ in range(40):
        watch.on(15)
        assert signed_in.get("/").status_code == 200
    watch.on(1)
    assert signed_in.get("/").status_code == 302
    assert TrailEntry.objects.get(deed="session ended").why == "longest time"


def test_an_ended_session_s_key_is_worth_nothing(signed_in: Client, watch: Watch) -> None:
    stolen = signed_in.cookies["sessionid"].value
    watch.on(21)
    signed_in.get("/")
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert thief.get("/").status_code == 302


def test_a_session_that_cannot_be_written_is_no_session_that_is_gone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.sessions.backends.base import UpdateError
    from django.contrib.sessions.models import Session
    from django.db import OperationalError

    from goldenthread.people.session_store import SessionStore

    store = SessionStore()
    store["a"] = 1
    store.save(must_create=True)

    def full(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(Session, "save", full)
        with pytest.raises(OperationalError, match="full"):
            store.save()
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
