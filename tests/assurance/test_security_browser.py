"""What a browser is told, and what it keeps (ASVS 3, 7 and 14)."""

import re
from itertools import chain
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.test import Client, override_settings
from django.urls import reverse

from goldenthread.core.home import database_from
from goldenthread.plan.models import Plan
from goldenthread.standards.referrals.models import Referral
from tests.assurance.security import PASSWORD, Round, settings_of
from tests.conftest import Cast
from tests.pages import test_no_names_leak as every_page
from tests.pages.test_no_names_leak import body

clock, referral = every_page.clock, every_page.referral  # the fixtures
headers_only = pytest.mark.once
"""What is looked at is what the code puts around an answer: it is the same whichever database was asked."""


@headers_only
def test_every_answer_says_what_kind_it_is(cast: Cast, referral: Referral, told_once: Round) -> None:
    begins = {"text/html": b"<!doctype html", "application/pdf": b"%PDF", "application/json": b"{"}
    zipped = "application/vnd.openxmlformats"
    seen = set()
    client = Client()
    client.force_login(cast.head)
    plan, day = Plan.objects.get().pk, "2003-10-14"
    files = [reverse("plan-export", args=[plan, kind]) for kind in ("docx", "xlsx", "csv")]
    files += [reverse("report-progress-file", args=[plan, day, kind]) for kind in ("pdf", "docx")]
    files += [reverse("report-named-file", args=["unmet-need", day, kind]) for kind in ("pdf", "docx")]
    for address, answer in chain(told_once.answers, ((file, client.get(file)) for file in files)):
        content = body(answer).encode()
        if not content:
            continue
        kind, _, rest = answer["Content-Type"].partition(";")
        assert not kind.startswith("text/") or rest.strip() == "charset=utf-8", address
        if answer.status_code == 200 and kind in begins:
            assert content.lstrip().lower().startswith(begins[kind].lower()), address
        assert not kind.startswith(zipped) or content.startswith(b"PK"), address
        seen.add(kind)
    assert {"text/html", "application/json", "application/pdf"} <= seen
    assert len([kind for kind in seen if kind.startswith(zipped)]) == 2, seen


@headers_only
@pytest.mark.django_db
def test_no_browser_keeps_what_a_signed_in_officer_saw(told_once: Round) -> None:
    shown = 0
    for address, answer in told_once.answers:
        assert "no-store" in answer["Cache-Control"], (address, answer["Cache-Control"])
        shown += answer.status_code == 200
    assert shown > 60


@headers_only
@pytest.mark.django_db
def test_no_other_site_may_read_an_answer(told_once: Round) -> None:
    for address, answer in told_once.answers:
        assert "Access-Control-Allow-Origin" not in answer, address
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@headers_only
@pytest.mark.django_db
def test_every_signed_in_page_has_a_way_out(told_once: Round) -> None:
    pages = 0
    for address, answer in told_once.answers:
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            page = body(answer)
            if "govuk-template" in page and not address.startswith("/sign-in/"):
                assert f'action="{reverse("sign-out")}"' in page, address
                pages += 1
    assert pages > 60


def test_signing_out_leaves_nothing_in_the_browser(cast: Cast, client: Client) -> None:
    client.post(reverse("sign-in"), {"username": "asha", "password": PASSWORD})
    key = client.session.session_key
    answer = client.post(reverse("sign-out"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(session_key=key).exists()
    assert all(not cookie.value for name, cookie in client.cookies.items() if name not in {"csrftoken", "gt-known"})


def test_cookies_hold_keys_and_nothing_to_read(cast: Cast, client: Client) -> None:
    client.post(reverse("sign-in"), {"username": "asha", "password": PASSWORD})
    client.post(reverse("password"), {"present_password": PASSWORD, "new_password": "three words apart"})
    assert "Your password is changed" in client.get("/").content.decode()
    assert set(client.cookies) <= {"sessionid", "csrftoken", "gt-officer", "gt-known"}
    assert all(cookie["httponly"] for cookie in client.cookies.values())
    assert all(cookie["samesite"] == "Lax" for cookie in client.cookies.values())
    assert re.fullmatch(r"\d+:[\w-]+:[\w-]+", client.cookies["gt-officer"].value)
    assert re.fullmatch(r"[0-9a-f]{32}~[\d.]+:[\w-]+:[\w-]+", client.cookies["gt-known"].value)
    assert re.fullmatch(r"[a-z0-9]{32}", client.cookies["sessionid"].value), "165 bits, from the system's own chance"


def test_under_https_every_cookie_is_secure_and_this_host_s_own(cast: Cast, tmp_path: Path) -> None:
    read = settings_of(GOLDENTHREAD_HOME=str(tmp_path), GOLDENTHREAD_HTTPS="1")
    del read["PASSWORD_HASHERS"], read["ALLOWED_HOSTS"], read["LOGGING"], read["CACHES"]
    with override_settings(**read):
        client = Client()
        page = client.get(reverse("sign-in"), secure=True)
        answer = client.post(reverse("sign-in"), {"username": "asha", "password": PASSWORD}, secure=True)
        assert set(client.cookies) == {"__Host-sessionid", "__Host-csrftoken", "__Host-gt-officer", "__Host-gt-known"}
        for cookie in client.cookies.values():
            assert cookie["secure"]
            assert cookie["path"] == "/"
            assert not cookie["domain"]
        for told in (page, answer, client.get("/no-such-page/", secure=True)):
            assert told["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_left_alone_the_settings_are_the_safe_ones(tmp_path: Path) -> None:
    read = settings_of(GOLDENTHREAD_HOME=str(tmp_path))
    assert read["DEBUG"] is False
    assert read["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost"]
    assert read["SESSION_SERIALIZER"].endswith("JSONSerializer")
    assert {handler["class"] for handler in read["LOGGING"]["handlers"].values()} == {"logging.StreamHandler"}
    assert settings_of(GOLDENTHREAD_HOME=str(tmp_path), GOLDENTHREAD_DEBUG="1")["DEBUG"] is True


def test_passwords_are_kept_as_argon2_hashes(tmp_path: Path) -> None:
    read = settings_of(GOLDENTHREAD_HOME=str(tmp_path))
    with override_settings(PASSWORD_HASHERS=read["PASSWORD_HASHERS"]):
        kept = make_password("three words apart")
    memory, turns = (int(re.search(rf"{each}=(\d+)", kept)[1]) for each in "mt")  # type: ignore[index]
    assert kept.startswith("argon2$argon2id$")
    assert memory >= 19 * 1024
    assert turns >= 2


def test_what_is_committed_is_on_the_disk(tmp_path: Path) -> None:
    asked = database_from(None, tmp_path)["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in asked
