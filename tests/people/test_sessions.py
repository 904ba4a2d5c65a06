"""How long a session lasts, what ends it, and proving oneself again."""

from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from goldenthread.core import clock, drafts
from goldenthread.core.models import TrailEntry
from goldenthread.people import actions, sessions, throttle
from goldenthread.people.step_up import is_stepped_up
from tests.conftest import Cast

PASSWORD = "golden-thread-demo"


def _signed_in(username: str = "asha", **client: str) -> Client:
    made = Client(**client)  # type: ignore[arg-type]
    assert made.post(reverse("sign-in"), {"username": username, "password": PASSWORD}).status_code == 302
    return made


def _later(monkeypatch: pytest.MonkeyPatch, **ago: int) -> None:
    then = clock.timezone.now() + timedelta(**ago)
    monkeypatch.setattr(clock.timezone, "now", lambda: then)


def _ended() -> list[tuple[str, str]]:
    return list(TrailEntry.objects.filter(deed="session ended").values_list("officer", "why"))


def test_a_session_not_used_for_twenty_minutes_is_over(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asha = _signed_in()
    _later(monkeypatch, minutes=19)
    assert asha.get("/").status_code == 200
    _later(monkeypatch, minutes=19)  # since it was last used
    assert asha.get("/").status_code == 200
    _later(monkeypatch, minutes=21)
    assert asha.get("/")["Location"] == "/sign-in/?next=/"
    assert _ended() == [("asha", "not used")]


def test_typing_is_use(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asha = _signed_in()
    for _ in range(4):
        _later(monkeypatch, minutes=15)
        assert asha.post(reverse("draft") + "?form=/password/", {"note": "words"}).status_code < 300
    assert asha.get("/").status_code == 200


def test_a_session_is_over_after_ten_hours_however_much_it_is_used(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asha = _signed_in()
    for _ in range(39):
        _later(monkeypatch, minutes=15)
        assert asha.get("/").status_code == 200
    _later(monkeypatch, minutes=16)
    assert asha.get("/").status_code == 302
    assert _ended() == [("asha", "too long")]


def test_what_is_sent_too_late_does_nothing_and_comes_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asha = _signed_in()
    _later(monkeypatch, minutes=21)
    answer = asha.post(reverse("password"), {"note": "long words", "new_password": "three words apart"})
    assert answer["Location"] == "/sign-in/?next=/password/"
    asha.post(reverse("sign-in"), {"username": "asha", "password": PASSWORD, "next": "/password/"})
    assert drafts.load_draft(cast.worker, "/password/") == {"note": ["long words"]}


def test_a_leaver_s_open_session_ends_at_once_and_does_not_come_back(cast: Cast) -> None:
    asha = _signed_in()
    actions.close_account(officer=cast.worker, why="left", by=cast.administrator)
    assert asha.get("/").status_code == 302
    actions.reopen_account(officer=cast.worker, by=cast.administrator)
    assert asha.get("/").status_code == 302


def test_another_role_counts_from_the_next_request(cast: Cast) -> None:
    dev = _signed_in("dev")
    board = reverse("team-board", args=["ra-east"])
    assert dev.get(board).status_code == 200
    actions.change_account(officer=cast.manager, by=cast.administrator, role="executive-member", team=None)
    assert dev.get(board).status_code == 404
    assert dev.get("/").status_code == 200


def test_a_new_password_from_the_administrator_ends_sessions_and_must_be_changed(cast: Cast) -> None:
    asha = _signed_in()
    given = actions.issue_password(officer=cast.worker, by=cast.administrator)
    assert asha.get("/").status_code == 302
    asha.post(reverse("sign-in"), {"username": "asha", "password": given})
    assert asha.get("/")["Location"] == reverse("password")
    assert asha.post(reverse("draft") + "?form=/x/", {"note": "x"})["Location"] == reverse("password")
    same = asha.post(reverse("password"), {"present_password": given, "new_password": given})
    assert "other than the one you were given" in same.content.decode()
    asha.post(reverse("password"), {"present_password": given, "new_password": "three words apart"})
    assert asha.get("/").status_code == 200


def _request_of(client: Client) -> HttpRequest:
    request = RequestFactory().get("/")
    request.session = client.session
    return request


def test_proof_of_who_one_is_lasts_five_minutes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    kit = _signed_in("kit")
    assert is_stepped_up(_request_of(kit))
    address = reverse("account-change", args=[cast.worker.pk])
    _later(monkeypatch, minutes=6)
    assert not is_stepped_up(_request_of(kit))
    answer = kit.post(address, {"name": "Asha Brown", "role": "worker", "team": str(cast.east.pk)})
    assert answer["Location"].startswith(reverse("step-up"))
    cast.worker.refresh_from_db()
    assert cast.worker.name == "Asha Verma"
    wrong = kit.post(reverse("step-up"), {"password": "wrong", "next": address})
    assert "it does not match" in wrong.content.decode()
    assert not is_stepped_up(_request_of(kit))
    assert kit.post(reverse("step-up"), {"password": PASSWORD, "next": address})["Location"] == address
    assert "Asha Brown" in kit.get(address).content.decode()
    assert list(TrailEntry.objects.filter(deed__startswith="step-up").values_list("deed", "officer")) == [
        ("step-up failed", "kit"), ("step-up", "kit"),
    ]  # fmt: skip


def test_proving_oneself_goes_on_to_our_pages_only(cast: Cast) -> None:
    answer = _signed_in().post(reverse("step-up"), {"password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_guessing_at_a_proof_is_braked_like_guessing_at_sign_in(cast: Cast) -> None:
    asha = _signed_in()
    for _ in range(throttle.FAILURES):
        asha.post(reverse("step-up"), {"password": "wrong"})
    assert "Too many tries" in asha.post(reverse("step-up"), {"password": PASSWORD}).content.decode()
    assert _signed_in(REMOTE_ADDR="10.0.0.9").get("/").status_code == 200


def test_a_session_that_is_not_dated_is_over(cast: Cast) -> None:
    asha = _signed_in()
    session = asha.session
    del session[sessions.BEGAN]
    session.save()
    answer: HttpResponse = asha.get("/")  # type: ignore[assignment]
    assert answer.status_code == 302


@override_settings(IDLE_MINUTES=60)
def test_an_authority_may_set_the_minutes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asha = _signed_in()
    _later(monkeypatch, minutes=59)
    assert asha.get("/").status_code == 200
