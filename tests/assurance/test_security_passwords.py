"""Passwords and codes (ASVS 6)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.core import clock as now_of
from goldenthread.people import passwords
from goldenthread.people.models import Officer
from tests.assurance.security import PAGE, PASSWORD, SCRIPT
from tests.conftest import Cast


def refused(client: Client, password: str) -> bool:
    answer = client.post(reverse("password"), {"present_password": PASSWORD, "new_password": password})
    return answer.status_code == 200


def test_passwords_that_others_would_guess_are_refused(cast: Cast, client: Client, settings: Any) -> None:
    settings.AUTHORITY = "Elmshire Council"
    client.force_login(cast.worker)
    for short in ("", "a", "elevenchars", "Ab1!Ab1!"):
        assert refused(client, short), short
    for common in ("password1234", "1234password", "qwertyqwerty", "123412341234", "aaaaaaaaaaaaa"):
        assert refused(client, common), common
    for ours in ("golden-thread-1", "GoldenThread2026!", "Elmshire Council 1", "social worker!!", "Team manager 12"):
        assert refused(client, ours), ours
    assert refused(client, "asha verma asha")
    named = passwords.words_of_ours()
    assert {"goldenthread", "elmshirecouncil", "teammanager"} <= named


def test_the_words_of_the_service_that_are_refused_are_written_down() -> None:
    for words in passwords.OURS:
        assert words.removesuffix("s") in PAGE or words.replace("childrens", "children") in PAGE, words


@pytest.mark.parametrize(
    "password", ["lower case only here", "1357 2468 9753 86", "żółta łódź płynie", "x1" + "Qz7!" * 60]
)
def test_a_password_of_any_kind_is_taken_and_asked_for_exactly(cast: Cast, client: Client, password: str) -> None:
    client.force_login(cast.worker)
    assert not refused(client, password)
    for wrong in (password[:-1], password.swapcase(), password + " ", password[:64]):
        if wrong != password:
            tried = Client()
            tried.post(reverse("sign-in"), {"username": "asha", "password": wrong})
            assert tried.get("/").status_code == 302
    Client().post(reverse("sign-in"), {"username": "asha", "password": password})
    right = Client(REMOTE_ADDR="10.0.0.9")
    right.post(reverse("sign-in"), {"username": "asha", "password": password})
    assert right.get("/").status_code == 200


def test_a_password_never_runs_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    start = now_of.now()
    for month in range(0, 36, 2):
        monkeypatch.setattr(now_of.timezone, "now", lambda at=start + timedelta(days=30 * month): at)
        client = Client()
        client.post(reverse("sign-in"), {"username": "asha", "password": PASSWORD})
        assert client.get("/").status_code == 200


def test_a_password_may_be_pasted_and_filled_in_by_a_manager(cast: Cast, client: Client) -> None:
    assert "paste" not in SCRIPT
    page = client.get(reverse("sign-in")).content.decode()
    assert 'type="password"' in page
    assert 'autocomplete="current-password"' in page
    client.force_login(cast.worker)
    assert 'autocomplete="new-password"' in client.get(reverse("password")).content.decode()
    assert not re.search(r"hint|question|mother", " ".join(field.name for field in Officer._meta.get_fields()))


def test_a_reset_password_does_not_open_past_the_second_factor(cast: Cast) -> None:
    from goldenthread.people import accounts, second_factor

    second_factor.add(secret=second_factor.new_secret(), step=0, by=cast.worker)
    given = accounts.new_password(officer=cast.worker, reason="Forgot it", by=cast.administrator)
    client = Client()
    answer = client.post(reverse("sign-in"), {"username": "asha", "password": given})
    assert answer["Location"] == reverse("second-factor")
    assert client.get("/").status_code == 302


def test_recovery_codes_cannot_be_guessed_or_read(cast: Cast) -> None:
    from goldenthread.people import second_factor
    from goldenthread.people.models import RecoveryCode

    codes = second_factor.add(secret=second_factor.new_secret(), step=0, by=cast.worker)
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert all(5 * len(code.replace("-", "")) >= 112 for code in codes), "bits, at five a letter"
    assert len(second_factor._LETTERS) == 32
    kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code.replace("-", "").lower() in kept.lower() for code in codes)


def test_a_code_of_another_minute_is_worth_nothing() -> None:
    from goldenthread.people import second_factor

    secret = second_factor.new_secret()
    here = second_factor.present_step()
    assert second_factor.PERIOD == 30
    assert [second_factor.step_of(secret, second_factor.code_at(secret, here + far)) for far in (-4, 4)] == [None, None]


def test_nothing_opens_before_somebody_made_an_account(db: None, client: Client) -> None:
    assert not Officer.objects.exclude(password__startswith="!").exists()
    for name in ("admin", "root", "administrator", "demo"):
        for password in ("admin", "root", "password", PASSWORD):
            client.post(reverse("sign-in"), {"username": name, "password": password})
            assert client.get("/").status_code == 302
