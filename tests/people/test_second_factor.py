"""The second factor: set up, asked for, each code once; and proving oneself again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from goldenthread.core import clock, drafts
from goldenthread.core.models import TrailEntry
from goldenthread.people import second_factor, throttle
from goldenthread.people.models import Officer, RecoveryCode, SecondFactor
from goldenthread.people.step_up import stepped_up
from tests.conftest import Cast

PASSWORD = "golden-thread-demo"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # of the standard's own examples


@pytest.fixture
def asked() -> Iterator[None]:
    with override_settings(SECOND_FACTOR_ROLES=["team-manager"]):
        yield


@pytest.fixture
def codes(cast: Cast) -> list[str]:
    """The manager's recovery codes, once they have an app with SECRET."""
    return second_factor.add(secret=SECRET, step=0, by=cast.manager)


def _code(later: int = 0) -> str:
    return second_factor.code_at(SECRET, second_factor.present_step() + later)


def _password(client: Client, username: str = "dev", **more: str) -> Any:
    return client.post(reverse("sign-in"), {"username": username, "password": PASSWORD, **more})


def _give(client: Client, code: str, page: str = "second-factor") -> Any:
    return client.post(reverse(page), {"password_code": code})


def _deeds() -> list[str]:
    return list(TrailEntry.objects.values_list("deed", flat=True))


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_the_standard(at: int, code: str) -> None:
    assert second_factor.code_at(SECRET, at // 30) == code


def test_a_role_that_needs_one_does_nothing_before_it_is_set_up(asked: None, cast: Cast, client: Client) -> None:
    assert _password(client)["Location"] == "/"
    for page in ("home", "teams", "plans", "referrals"):
        assert client.get(reverse(page))["Location"] == reverse("second-factor-set-up")
    assert client.post(reverse("draft") + "?form=/x/", {"a": "b"}).status_code == 302
    client.get(reverse("second-factor-set-up"))
    secret = second_factor.unseal(client.session["new-secret"])
    wrong = client.post(reverse("second-factor-set-up"), {"password_code": "x"})
    assert "does not match" in wrong.content.decode()
    assert not SecondFactor.objects.exists()
    code = second_factor.code_at(secret, second_factor.present_step())
    page = client.post(reverse("second-factor-set-up"), {"password_code": code})
    assert page.content.decode().count("<li><strong>") == second_factor.RECOVERY_CODES
    assert client.get("/").status_code == 200
    assert "second factor added" in _deeds()
    # the database holds neither the secret nor a recovery code as it is
    assert secret not in SecondFactor.objects.get().sealed
    other = Client()
    _password(other)
    assert "each code works once" in _give(other, code).content.decode()


def test_who_has_one_gives_a_code_after_the_password(cast: Cast, codes: list[str], client: Client) -> None:
    assert _password(client, next="/password/")["Location"] == reverse("second-factor")
    assert client.get("/").status_code == 302
    before = client.session.session_key
    assert _give(client, "000 000").status_code == 200
    assert _give(client, _code())["Location"] == "/password/"
    assert client.session.session_key != before
    assert client.get("/").status_code == 200
    assert _deeds()[1:] == ["second factor failed", "second factor used", "sign in"]


def test_a_code_works_once_and_never_an_older_one(cast: Cast, codes: list[str]) -> None:
    first, second, third = Client(), Client(), Client()
    for client in (first, second, third):
        _password(client)
    assert _give(first, _code()).status_code == 302
    assert _give(second, _code()).status_code == 200
    assert _give(third, _code(-1)).status_code == 200
    assert second.get("/").status_code == 302


def test_a_recovery_code_works_once_however_it_is_typed(cast: Cast, codes: list[str]) -> None:
    first, second, other = Client(), Client(), Client()
    _password(first)
    _password(second)
    assert _give(first, codes[3].lower().replace("-", " ")).status_code == 302
    assert _give(second, codes[3]).status_code == 200
    assert RecoveryCode.objects.filter(used_at=None).count() == second_factor.RECOVERY_CODES - 1
    second_factor.add(secret=second_factor.new_secret(), step=0, by=cast.worker)
    _password(other, "asha")
    assert _give(other, codes[4]).status_code == 200, "a code of somebody else"


def test_a_code_without_the_password_opens_nothing(cast: Cast, codes: list[str], client: Client) -> None:
    assert client.get(reverse("second-factor"))["Location"] == reverse("sign-in")
    assert _give(client, _code())["Location"] == reverse("sign-in")
    assert client.get("/").status_code == 302


def test_the_first_step_lapses(cast: Cast, codes: list[str], client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    _password(client)
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock.timezone, "now", lambda: later)
    assert _give(client, _code())["Location"] == reverse("sign-in")


def test_the_first_step_ends_when_the_account_closes_or_its_password_changes(cast: Cast, codes: list[str]) -> None:
    closed, changed = Client(), Client()
    _password(closed)
    _password(changed)
    Officer.objects.filter(pk=cast.manager.pk).update(is_active=False)
    assert _give(closed, _code())["Location"] == reverse("sign-in")
    cast.manager.is_active = True
    cast.manager.set_password("another password altogether")
    cast.manager.save()
    assert _give(changed, _code())["Location"] == reverse("sign-in")


def test_guessing_codes_is_braked_only_where_it_comes_from(cast: Cast, codes: list[str], client: Client) -> None:
    _password(client)
    for _ in range(throttle.FAILURES):
        _give(client, "000000")
    assert "Too many tries" in _give(client, _code()).content.decode()
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    _password(elsewhere)
    assert _give(elsewhere, _code()).status_code == 302


def test_what_was_sent_after_a_time_out_waits_for_the_second_step(cast: Cast, codes: list[str], client: Client) -> None:
    _password(client)
    _give(client, _code())
    client.session.flush()
    del client.cookies["sessionid"]
    client.post(reverse("password"), {"note": "long words"})
    _password(client, next="/password/")
    assert drafts.load_draft(cast.manager, "/password/") is None
    assert _give(client, _code(1))["Location"] == "/password/"
    assert drafts.load_draft(cast.manager, "/password/") == {"note": ["long words"]}


def test_a_code_is_never_kept_as_a_draft() -> None:
    request = RequestFactory().post("/", {"password_code": "123456"})
    assert drafts.words_of(request.POST) == {}


def test_a_session_from_before_the_role_needed_one_signs_in_again(
    asked: None, cast: Cast, codes: list[str], client: Client
) -> None:
    cast.manager.refresh_from_db()
    client.force_login(cast.manager)
    assert client.get("/")["Location"] == reverse("sign-in")
    assert _password(client)["Location"] == reverse("second-factor")


@stepped_up
def _guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


def test_who_proved_themselves_long_ago_does_so_again_and_comes_back(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.worker)
    page = reverse("second-factor-set-up")
    assert client.get(page).status_code == 200
    later = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock.timezone, "now", lambda: later)
    request = RequestFactory().post("/somewhere/", {"reason": "long words", "password": "x"})
    request.user, request.session = cast.worker, client.session
    sent = _guarded(request)
    assert sent.status_code == 302
    assert sent["Location"] == reverse("step-up") + "?next=%2Fsomewhere%2F"
    assert drafts.load_draft(cast.worker, "/somewhere/") == {"reason": ["long words"]}
    asked_at = client.get(page)["Location"]
    assert "this is not it" in client.post(asked_at, {"password": "wrong"}).content.decode()
    assert client.get(page).status_code == 302
    assert client.post(asked_at, {"password": PASSWORD})["Location"] == page
    assert client.get(page).status_code == 200
    assert "step up" in _deeds()


def test_who_has_an_app_steps_up_by_a_code_and_goes_nowhere_else(cast: Cast, codes: list[str], client: Client) -> None:
    _password(client)
    _give(client, _code(-1))
    page = client.get(reverse("step-up") + "?next=https://elsewhere.example/").content.decode()
    assert 'name="password"' not in page
    answer = client.post(reverse("step-up"), {"password_code": _code(), "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
