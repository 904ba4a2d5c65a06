"""Signing in, signing out, and what was typed when the session ended."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from goldenthread.core import clock, drafts
from goldenthread.core.models import TrailEntry
from goldenthread.people import throttle
from goldenthread.people.models import Officer
from tests.conftest import Cast

PASSWORD = "golden-thread-demo"


def _sign_in(client: Client, username: str = "asha", password: str = PASSWORD, **more: str) -> int:
    return client.post(reverse("sign-in"), {"username": username, "password": password, **more}).status_code


def _deeds() -> list[tuple[str, str]]:
    return list(TrailEntry.objects.values_list("deed", "officer"))


def test_sign_in_and_out_leave_a_trail_and_change_the_session(cast: Cast, client: Client) -> None:
    client.get(reverse("sign-in"))
    client.session.save()
    before = client.session.session_key
    assert _sign_in(client) == 302
    assert client.session.session_key != before
    client.post(reverse("sign-out"))
    assert _deeds() == [("sign in", "asha"), ("sign out", "asha")]
    assert client.get("/").status_code == 302


def test_what_was_wrong_is_not_said(cast: Cast, client: Client) -> None:
    Officer.objects.filter(username="ben").update(is_active=False)
    pages = set()
    for username, password in (("asha", "wrong"), ("nobody", "wrong"), ("ben", PASSWORD)):
        page = client.post(reverse("sign-in"), {"username": username, "password": password}).content.decode()
        assert "Check your user name and password" in page
        assert "wrong" not in page
        pages.add(page.count("govuk-error-message"))
    assert len(pages) == 1


def test_a_password_typed_as_a_user_name_is_not_on_the_trail(cast: Cast, client: Client) -> None:
    _sign_in(client, "my-secret-password", "x")
    _sign_in(client, "asha", "x")
    assert _deeds() == [("sign in failed", "nobody signed in"), ("sign in failed", "asha")]
    assert not TrailEntry.objects.filter(subject__contains="secret").exists()


def test_guessing_is_braked_for_a_while_and_only_where_it_comes_from(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(throttle.FAILURES):
        assert _sign_in(client, password="wrong") == 200
    page = client.post(reverse("sign-in"), {"username": "asha", "password": PASSWORD})
    assert "Too many tries" in page.content.decode()
    assert _sign_in(client, "ben") == 302
    assert _sign_in(Client(REMOTE_ADDR="10.0.0.9")) == 302
    later = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr(clock.timezone, "now", lambda: later)
    assert _sign_in(Client()) == 302


def test_the_page_to_go_on_to_is_ours(cast: Cast, client: Client) -> None:
    answer = client.post(
        reverse("sign-in"), {"username": "asha", "password": PASSWORD, "next": "https://elsewhere.example/"}
    )
    assert answer["Location"] == "/"


def test_sign_out_only_by_post(cast: Cast, client: Client) -> None:
    client.force_login(cast.worker)
    assert client.get(reverse("sign-out")).status_code == 405
    assert client.get("/").status_code == 200


def _time_out(client: Client) -> None:
    """The session ends, as it does by itself: the browser keeps its other cookies."""
    client.session.flush()
    del client.cookies["sessionid"]


def test_what_was_sent_after_the_session_ended_is_handed_back(cast: Cast, client: Client) -> None:
    _sign_in(client)
    _time_out(client)
    answer = client.post(reverse("password"), {"note": "long words", "new_password": "x"})
    assert answer["Location"] == "/sign-in/?next=/password/"
    page = client.get(answer["Location"])
    answer = client.post(page.request["PATH_INFO"], {"username": "asha", "password": PASSWORD, "next": "/password/"})
    assert answer["Location"] == "/password/"
    assert drafts.load_draft(cast.worker, "/password/") == {"note": ["long words"]}
    assert "What you typed is kept" in client.get("/").content.decode()
    assert "kept" not in client.session


def test_a_password_is_never_kept(cast: Cast, client: Client) -> None:
    fields = client.get(reverse("sign-in")).context["form"].fields
    client.force_login(cast.worker)
    fields |= client.get(reverse("password")).context["form"].fields
    secret = {name for name, field in fields.items() if field.widget.input_type == "password"}
    assert secret == {"password", "present_password", "new_password"}
    posted = QueryDict("&".join(f"{name}=hush" for name in secret))
    assert drafts.words_of(posted) == {}


def test_nobody_else_gets_it(cast: Cast, client: Client) -> None:
    _sign_in(client)
    _time_out(client)
    client.post(reverse("password"), {"note": "long words"})
    _sign_in(client, "ben")
    assert drafts.load_draft(cast.colleague, "/password/") is None
    assert "kept" not in client.session


def test_it_is_not_kept_for_a_stranger_or_for_long(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = Client()
    stranger.post(reverse("password"), {"note": "long words"})
    assert "kept" not in stranger.session
    _sign_in(client)
    _time_out(client)
    client.post(reverse("password"), {"note": "long words"})
    later = clock.now() + timedelta(minutes=31)
    monkeypatch.setattr(clock.timezone, "now", lambda: later)
    _sign_in(client)
    assert drafts.load_draft(cast.worker, "/password/") is None


def test_signing_out_on_purpose_keeps_nothing(cast: Cast, client: Client) -> None:
    _sign_in(client)
    client.post(reverse("sign-out"))
    client.post(reverse("password"), {"note": "long words"})
    assert "kept" not in client.session


def test_change_one_s_password(cast: Cast, client: Client) -> None:
    _sign_in(client)
    page = client.post(reverse("password"), {"present_password": "wrong", "new_password": "three words apart"})
    assert "Enter your present password" in page.content.decode()
    page = client.post(reverse("password"), {"present_password": PASSWORD, "new_password": "short"})
    assert "at least 12 characters" in page.content.decode()
    other = Client()
    _sign_in(other)
    assert (
        client.post(
            reverse("password"), {"present_password": PASSWORD, "new_password": "three words apart"}
        ).status_code
        == 302
    )
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302
    assert _sign_in(Client(), password="three words apart") == 302
    assert ("change password", "asha") in _deeds()


def _tries(client: Client, username: str, password: str) -> bool:
    client.post(reverse("sign-in"), {"username": username, "password": password})
    return client.get("/").status_code == 200


def test_nobody_is_shut_out_of_their_own_browser_by_who_guesses_at_the_next_desk(cast: Cast) -> None:
    """An office has one address for everybody in it."""
    own, next_desk = Client(), Client()
    assert _tries(own, "asha", PASSWORD)
    own.post(reverse("sign-out"))
    assert _tries(next_desk, "ben", PASSWORD)
    next_desk.post(reverse("sign-out"))
    for _ in range(throttle.FAILURES):
        assert not _tries(next_desk, "asha", "a guess of a password")
    assert not _tries(next_desk, "asha", PASSWORD), "there one waits, although it is the same address"
    assert _tries(own, "asha", PASSWORD), "and here one does not"
    own.post(reverse("sign-out"))
    for _ in range(throttle.FAILURES):
        assert not _tries(own, "asha", "a guess of a password")
    assert not _tries(own, "asha", PASSWORD), "guessing at the own browser is braked as well"


def test_a_browser_s_mark_is_one_s_own_and_cannot_be_made(cast: Cast) -> None:
    client, other = Client(), Client()
    for username in ("asha", "ben"):
        assert _tries(client, username, PASSWORD)
        client.post(reverse("sign-out"))
    mark = client.cookies["gt-known"].value
    assert f"~{cast.colleague.pk}.{cast.worker.pk}:" in mark, "those of a shared desk"
    for _ in range(throttle.FAILURES):
        assert not _tries(Client(), "asha", "a guess of a password")
    other.cookies["gt-known"] = mark.replace(f"~{cast.colleague.pk}.", f"~{cast.head.pk}.")
    assert not _tries(other, "asha", PASSWORD), "an altered mark is none"
    assert _tries(client, "asha", PASSWORD)
