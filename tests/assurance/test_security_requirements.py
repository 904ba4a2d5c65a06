"""Small proofs that requirements of the ASVS hold: over every address, over all of the source, and on a real server."""

import ast
import hashlib
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as live
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core.mail import get_connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver, reverse
from pytest_django import DjangoDbBlocker

from goldenthread.cases.models import CaseFile
from goldenthread.config.posting_table import POSTING
from goldenthread.config.proxy import Behind
from goldenthread.core import clock as now_of
from goldenthread.core.home import database_from, mail_from
from goldenthread.core.logs import OneLine
from goldenthread.core.models import TrailEntry, TrailLink, TrailSubject
from goldenthread.people import passwords, throttle
from goldenthread.people.models import Officer
from goldenthread.plan.models import Plan
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast, made_once, make_cast
from tests.pages import test_no_names_leak as every_page
from tests.pages.made_up_work import set_clock
from tests.pages.test_no_names_leak import addresses, body, patterns

clock, referral = every_page.clock, every_page.referral  # the fixtures
ROOT = Path(__file__).parents[2]
PASSWORD = "golden-thread-demo"
SOURCES = {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(ROOT.glob("goldenthread/**/*.py"))}
SCRIPT = (ROOT / "assets/goldenthread.js").read_text(encoding="utf-8")
PAGE = (ROOT / "docs/how-to/keep-it-secure.md").read_text(encoding="utf-8")
LEAVES = {"sign-out", "plan-import-discard"}


def everywhere(referral: Referral) -> list[tuple[str, str]]:
    """Every address that can be made of what is recorded, of accounts and case files too."""
    more = {"account": [*Officer.objects.values_list("pk", flat=True)[:2]], "case": [], "file": [], "address": []}
    for first in ("case", "file", "address"):
        more[first] = [*CaseFile.objects.values_list("pk", flat=True)[:1]]
    found = addresses(referral)
    for pattern in patterns():
        for pk in more.get(str(pattern.name).split("-")[0], []):
            if set(pattern.pattern.converters) == {"pk"}:
                found.append((str(pattern.name), reverse(str(pattern.name), args=[pk])))
    return sorted(set(found))


@dataclass(frozen=True)
class Round:
    """What each page answered to those whose roles open most of them, asked as another site's script would ask; and
    whether looking changed anything."""

    answers: list[tuple[str, HttpResponse]]
    before: dict[str, str]
    after: dict[str, str]


@pytest.fixture(scope="module")
def told_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Round:
    """One round of all pages, for all tests that only look at the answers."""
    with made_once(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        cast = make_cast()
        referral = every_page.make_referral(cast, set_clock(patch))
        answers, before = [], held()
        for officer in (cast.worker, cast.manager, cast.quality, cast.head, cast.administrator):
            client = Client(headers={"origin": "https://elsewhere.example"})
            client.force_login(officer)
            for name, address in everywhere(referral):
                if name not in LEAVES:
                    answers.append((address, _kept(client.get(address))))
        return Round(answers, before, held())


def _kept(answer: Any) -> HttpResponse:
    """An answer without what it was made of."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return HttpResponse(content, status=answer.status_code, headers=dict(answer.items()))


def calls(*names: str) -> set[str]:
    """Where a function of one of these names is called: file and name."""
    found = set()
    for file, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
                found.add(f"{file.relative_to(ROOT / 'goldenthread')}: {ast.unparse(node.func)}")
    return found


def imported(*modules: str) -> set[str]:
    """Which files import one of these modules, or something out of it."""
    found = set()
    for file, tree in SOURCES.items():
        for node in ast.walk(tree):
            named = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                named = [f"{node.module}", *(f"{node.module}.{each.name}" for each in node.names)]
            if any(name == module or name.startswith(module + ".") for name in named for module in modules):
                found.add(str(file.relative_to(ROOT / "goldenthread")))
    return found


# What a browser is told


@pytest.mark.once
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


@pytest.mark.once
@pytest.mark.django_db
def test_no_browser_keeps_what_a_signed_in_officer_saw(told_once: Round) -> None:
    shown = 0
    for address, answer in told_once.answers:
        assert "no-store" in answer["Cache-Control"], (address, answer["Cache-Control"])
        shown += answer.status_code == 200
    assert shown > 60


@pytest.mark.once
@pytest.mark.django_db
def test_no_other_site_may_read_an_answer(told_once: Round) -> None:
    for address, answer in told_once.answers:
        assert "Access-Control-Allow-Origin" not in answer, address
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.once
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
    assert all(not cookie.value for name, cookie in client.cookies.items() if name != "csrftoken")


def test_cookies_hold_keys_and_nothing_to_read(cast: Cast, client: Client) -> None:
    client.post(reverse("sign-in"), {"username": "asha", "password": PASSWORD})
    client.post(reverse("password"), {"present_password": PASSWORD, "new_password": "three words apart"})
    assert "Your password is changed" in client.get("/").content.decode()
    assert set(client.cookies) <= {"sessionid", "csrftoken", "gt-officer"}
    assert all(cookie["httponly"] for cookie in client.cookies.values())
    assert all(cookie["samesite"] == "Lax" for cookie in client.cookies.values())
    assert re.fullmatch(r"\d+:[\w-]+:[\w-]+", client.cookies["gt-officer"].value)
    assert re.fullmatch(r"[a-z0-9]{32}", client.cookies["sessionid"].value), "165 bits, from the system's own chance"


def settings_of(**given: str) -> dict[str, Any]:
    """The settings as a server with these variables reads them."""
    named = [
        "DEBUG",
        "HTTPS",
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "PASSWORD_HASHERS",
        "SESSION_SERIALIZER",
        "SESSION_ENGINE",
        "ALLOWED_HOSTS",
        "LOGGING",
        "SECOND_FACTOR_ROLES",
        "CACHES",
    ]
    program = (
        "import json; from django.conf import settings as s; "
        f"print(json.dumps({{name: getattr(s, name) for name in {named}}}))"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GOLDENTHREAD_")}
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT,
        env={**clean, "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings", **given},
    )  # fmt: skip
    read: dict[str, Any] = json.loads(ended.stdout)
    return read


def test_under_https_every_cookie_is_secure_and_this_host_s_own(cast: Cast, tmp_path: Path) -> None:
    read = settings_of(GOLDENTHREAD_HOME=str(tmp_path), GOLDENTHREAD_HTTPS="1")
    del read["PASSWORD_HASHERS"], read["ALLOWED_HOSTS"], read["LOGGING"], read["CACHES"]
    with override_settings(**read):
        client = Client()
        page = client.get(reverse("sign-in"), secure=True)
        answer = client.post(reverse("sign-in"), {"username": "asha", "password": PASSWORD}, secure=True)
        assert set(client.cookies) == {"__Host-sessionid", "__Host-csrftoken", "__Host-gt-officer"}
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


# What a request may do


@pytest.mark.once
def test_a_form_from_elsewhere_is_refused_at_every_address(cast: Cast, referral: Referral) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.manager)
    samples = {"int": 1, "uuid": every_page.UID}
    tried = set()
    for pattern in patterns():
        assert not getattr(pattern.callback, "csrf_exempt", False), pattern.name
        values = {
            name: samples.get(type(kind).__name__.removesuffix("Converter").lower())
            for name, kind in pattern.pattern.converters.items()
        }
        found = [address for name, address in everywhere(referral) if name == pattern.name]
        if None not in values.values():
            found.append(reverse(str(pattern.name), kwargs=values))
        for address in found:
            answer = client.post(address, {"csrfmiddlewaretoken": "forged"})
            assert answer.status_code == 403, address
            tried.add(str(pattern.name))
    assert set(POSTING) <= tried, set(POSTING) - tried


def held() -> dict[str, str]:
    """A digest of every table but the trail and the sessions."""
    aside = {TrailEntry, TrailLink, TrailSubject, Session}
    return {
        model._meta.label: hashlib.sha256(
            repr(
                list(
                    model._default_manager.order_by("pk").values_list(
                        *(field.attname for field in model._meta.concrete_fields if field.name != "last_login")
                    )
                )
            ).encode()
        ).hexdigest()
        for model in apps.get_models()
        if model not in aside
    }


@pytest.mark.once
@pytest.mark.django_db
def test_looking_changes_nothing(told_once: Round) -> None:
    assert len(told_once.answers) > 300
    assert told_once.after == told_once.before


@pytest.mark.once
def test_a_trace_is_not_answered_with_what_was_asked(cast: Cast, referral: Referral) -> None:
    client = Client(headers={"x-secret": "hush-hush"})
    client.force_login(cast.manager)
    for name, address in everywhere(referral):
        for answer in (client.trace(address), client.generic("PROPFIND", address), client.generic("FETCH", address)):
            assert answer.status_code == 405, (name, answer.status_code)
            assert "hush-hush" not in body(answer)


def test_a_number_too_large_is_missing_and_breaks_nothing(cast: Cast, referral: Referral) -> None:
    client = Client()
    client.force_login(cast.manager)
    tried = 0
    for pattern in patterns():
        if list(pattern.pattern.converters) == ["pk"]:
            for pk in (2**31, 2**63, 10**40):
                answer = client.get(reverse(str(pattern.name), args=[pk]))
                assert answer.status_code in {302, 404, 405}, (pattern.name, answer.status_code)
                tried += 1
    assert tried > 60
    assert client.get(reverse("referrals"), {"page": 10**40}).status_code < 500


def test_credentials_in_an_address_or_given_twice_open_nothing(cast: Cast, client: Client) -> None:
    here = f"{reverse('sign-in')}?username=asha&password={PASSWORD}"
    client.post(here, {"username": "asha"})
    assert client.get("/").status_code == 302
    client.post(reverse("sign-in"), {"username": ["ben", "asha"], "password": [PASSWORD, "wrong"]})
    assert client.get("/").status_code == 302


# The proxy, the connections, the log


def seen_by(environ: dict[str, Any], **given: Any) -> dict[str, Any]:
    told: dict[str, Any] = {}

    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        told.update(environ)
        return []

    Behind(application, **{"https": False, "proxies": frozenset({"127.0.0.1"}), **given})(environ, lambda *_: None)
    return told


def test_only_the_proxy_is_believed_and_only_what_it_added_itself() -> None:
    claimed = "10.9.9.9, 10.1.2.3"
    assert seen_by({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": claimed})["REMOTE_ADDR"] == "10.1.2.3"
    assert seen_by({"REMOTE_ADDR": "10.5.5.5", "HTTP_X_FORWARDED_FOR": claimed})["REMOTE_ADDR"] == "10.5.5.5"
    assert seen_by({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "<b>"})["REMOTE_ADDR"] == "127.0.0.1"
    without = {"proxies": frozenset[str]()}
    assert (
        seen_by({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": claimed}, **without)["REMOTE_ADDR"] == "127.0.0.1"
    )
    assert seen_by({"REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http"}, https=True)["wsgi.url_scheme"] == "https"
    forged = {"REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "HTTP_X_FORWARDED_PROTO": "https"}
    assert seen_by(forged)["wsgi.url_scheme"] == "http"


def test_a_database_elsewhere_is_never_reached_in_the_clear(tmp_path: Path) -> None:
    def options(address: str) -> Any:
        return database_from(address, tmp_path)["OPTIONS"]

    assert options("postgresql://gt@db.example/gt") == {"sslmode": "verify-full", "sslrootcert": "system"}
    assert options("postgresql://gt@db.example/gt?sslrootcert=/ca.pem") == {
        "sslmode": "verify-full", "sslrootcert": "/ca.pem",
    }  # fmt: skip
    assert options("postgresql://gt@127.0.0.1/gt") == {}
    with pytest.raises(ValueError, match="never reached in the clear"):
        options("postgresql://gt@db.example/gt?sslmode=prefer")


def test_every_connection_to_elsewhere_is_encrypted(cast: Cast, client: Client, tmp_path: Path) -> None:
    assert database_from("postgresql://gt@db.example/gt", tmp_path)["OPTIONS"]["sslmode"] == "verify-full"
    assert all(mail.ssl or mail.starttls for mail in map(mail_from, ("smtps://mail.example", "smtp://mail.example")))
    clear = {"name": "x", "issuer": "http://sign-in.example", "client": "x", "secret": "x"}
    with override_settings(OIDC=clear):
        assert client.get(reverse("sign-in-with")).status_code == 403
    assert TrailEntry.objects.get(deed="sign in failed").why == "provider: provider is another"


def test_certificates_of_others_are_proved() -> None:
    with override_settings(EMAIL_USE_SSL=True, EMAIL_USE_TLS=False):
        context = get_connection("django.core.mail.backends.smtp.EmailBackend").ssl_context
    assert context.check_hostname
    assert context.verify_mode.name == "CERT_REQUIRED"
    for tree in SOURCES.values():
        for node in ast.walk(tree):
            assert not (isinstance(node, ast.keyword) and node.arg == "verify")
            assert not (isinstance(node, ast.Attribute) and node.attr in {"_create_unverified_context", "CERT_NONE"})


def test_connections_are_opened_to_what_settings_name_and_nowhere_else() -> None:
    network = imported("requests", "urllib.request", "http.client", "smtplib", "ftplib", "telnetlib", "asyncio", "ssl")
    assert network == {"people/oidc.py", "core/post.py"}
    assert imported("socket") == {"cli/serve.py"}, "only to see whether its own port is free"
    assert imported("psycopg") <= {"backups/postgresql_engine.py", "backups/contents.py", "backups/counting.py"}
    asks = ast.unparse(SOURCES[ROOT / "goldenthread/people/oidc.py"])
    assert set(re.findall(r"_ask\(([^,)\n]+)", asks)) == {
        "address: str", "issuer.rstrip('/'", "provider['token_endpoint']", "provider['jwks_uri']",
    }  # fmt: skip


def line(message: str, *args: Any, exc_info: Any = None) -> str:
    return OneLine().format(logging.LogRecord("django.request", logging.WARNING, "", 1, message, args, exc_info))


def test_a_line_of_the_log_is_one_line_with_its_moment_in_utc() -> None:
    told = line("Not found: %s", "/x\n2026-01-01T00:00:00Z ERROR forged\r\x1b[2J\u2028")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ WARNING django\.request Not found: /x\\n.*", told)
    assert told.isprintable()
    try:
        raise ValueError("words\n2026-01-01T00:00:00Z ERROR forged")
    except ValueError:
        told = line("Broken", exc_info=sys.exc_info())
    assert all(each.startswith("    ") for each in told.split("\n")[1:])


def test_the_log_is_the_one_that_is_set_up() -> None:
    assert live.LOGGING["handlers"]["stderr"]["formatter"] == "plain"
    assert live.LOGGING["formatters"]["plain"]["()"] == "goldenthread.core.logs.OneLine"
    assert live.LOGGING["root"]["handlers"] == ["stderr"]
    assert imported("logging.handlers", "logging.config", "syslog") == set()


def test_the_trail_s_moments_are_in_utc(cast: Cast, client: Client) -> None:
    client.post(reverse("sign-in"), {"username": "asha", "password": PASSWORD})
    at = TrailEntry.objects.get(deed="sign in").at
    assert at.utcoffset() == timedelta(0)


def test_a_fault_says_nothing_of_the_inside_and_is_in_the_log(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("SELECT hush FROM inside")

    client = Client(raise_request_exception=False)
    client.force_login(cast.manager)
    monkeypatch.setattr(Officer, "team_ids_reached", broken)
    answer = client.get(reverse("teams"))
    assert answer.status_code == 500
    page = body(answer)
    assert not re.search(r"hush|inside|Traceback|RuntimeError|goldenthread/|Django", page)
    assert any(record.levelname == "ERROR" and record.exc_info for record in caplog.records)


# Passwords and codes


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


# The source


def test_no_words_become_code_or_objects() -> None:
    assert calls("eval", "exec", "compile", "__import__", "os.system", "os.popen") == set()
    assert calls("print", "len"), "calls are found at all"
    assert imported("django.template.Template", "django.template.engines", "django.template.base", "jinja2") == set()
    assert imported("pickle", "marshal", "shelve", "dill", "yaml", "xmlrpc", "code", "codeop") == set()
    for tree in SOURCES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "shell":
                pytest.fail("a shell is started")


def test_patterns_are_our_own_or_escaped() -> None:
    """A pattern for words is a text of the program; what goes into one is escaped, or a constant in capitals."""
    of_its_own = {"cues.py: pattern", "timescales.py: prefix + pattern"}  # from the lists that stand in that file
    found = []
    for file, tree in SOURCES.items():
        for node in ast.walk(tree):
            is_pattern = isinstance(node, ast.Call) and getattr(getattr(node.func, "value", None), "id", "") == "re"
            if not is_pattern or node.func.attr == "escape":  # type: ignore[attr-defined]
                continue
            pattern = node.args[0]  # type: ignore[attr-defined]
            names = {each.id for each in ast.walk(pattern) if isinstance(each, ast.Name)} - {"re"}
            if any(not name.strip("_").isupper() for name in names) and "re.escape" not in ast.unparse(pattern):
                found.append(f"{file.name}: {ast.unparse(pattern)}")
    assert set(found) <= of_its_own, found


def test_formats_are_our_own() -> None:
    """str.format is called on texts of the program: constants, or names in capitals."""
    for file, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
                of = node.func.value
                ours = isinstance(of, ast.Constant) or (isinstance(of, ast.Name) and of.id.strip("_").isupper())
                composed = "sql" in ast.unparse(of) or ast.unparse(of) == "rename"  # psycopg's own, which quotes names
                a_page = f"{file.name}: {ast.unparse(of)}" == "work.py: pattern"  # the address of a record's page
                assert ours or composed or a_page, f"{file.name}: {ast.unparse(node)}"


CRYPTOGRAPHY = {
    "InvalidTag", "InvalidSignature", "AESGCM", "HKDF", "Scrypt", "hashes",
    "serialization", "Ed25519PrivateKey",
}  # fmt: skip


def test_only_approved_ways_to_lock_and_to_sign_are_used() -> None:
    used, digests = set(), set()
    for file, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("cryptography"):
                used |= {each.name for each in node.names}
            if isinstance(node, ast.ImportFrom) and node.module == "hashlib":
                digests |= {(each.name, "") for each in node.names}
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "hashlib":
                digests.add((node.attr, file.name if node.attr == "sha1" else ""))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "salted_hmac":
                said = {each.arg: ast.unparse(each.value) for each in node.keywords}
                assert said.get("algorithm") in {"'sha256'", "'sha512'"}, ast.unparse(node)
    assert used <= CRYPTOGRAPHY
    apps_own, made_up = ("sha1", "second_factor.py"), ("sha1", "council.py")
    assert digests - {apps_own, made_up} <= {("sha256", ""), ("sha512", ""), ("blake2b", ""), ("file_digest", "")}


def test_chance_that_must_not_be_guessed_is_the_system_s() -> None:
    outside = {name for name in imported("random", "uuid.uuid1", "numpy") if not name.startswith("demo/")}
    assert outside <= {"people/accounting.py"}, "which views a manager accounts for: drawn again alike, on purpose"


def test_secrets_are_long_enough(cast: Cast, client: Client) -> None:
    from goldenthread.core import home
    from goldenthread.people import second_factor

    assert len(second_factor.new_secret()) * 5 >= 128
    source = ast.unparse(SOURCES[Path(home.__file__)])
    assert {int(size) for size in re.findall(r"token_(?:urlsafe|hex|bytes)\((\d+)\)", source)} == {32, 50}
    oidc = ast.unparse(SOURCES[ROOT / "goldenthread/people/oidc.py"])
    assert re.findall(r"token_urlsafe\((\d+)\)", oidc) == ["32"]
    client.post(reverse("sign-in"), {"username": "asha", "password": PASSWORD})
    assert len(client.session.session_key or "") * 5.16 >= 128


def test_no_secret_is_in_the_program() -> None:
    for file, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search(r"-----BEGIN|\bAKIA[0-9A-Z]{16}\b", node.value), file
                assert not re.fullmatch(r"(?=.*\d)(?=.*[a-z])[0-9a-f]{64}", node.value), file


def test_nothing_is_cached_on_the_server() -> None:
    assert imported("django.core.cache", "django.views.decorators.cache.cache_page") == set()
    assert "CACHES" not in vars(__import__("goldenthread.config.settings", fromlist=["x"]))
    assert not any("cache" in middleware.lower() for middleware in live.MIDDLEWARE)


def test_our_script_writes_text_keeps_nothing_and_listens_to_nobody() -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|srcdoc", SCRIPT)
    assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\b", SCRIPT)
    assert not re.search(r"postMessage|[\"']message[\"']|WebSocket|EventSource|XMLHttpRequest", SCRIPT)
    assert "textContent" in SCRIPT
    written = re.findall(r"(\w+)\[(\w+)\] = ", SCRIPT)
    assert written == [("response", "name")], "and those names are a list of our own"
    assert re.search(r'for \(const name of \["clientDataJSON"', SCRIPT)


def test_pages_are_made_of_what_every_browser_knows_and_load_nothing_from_elsewhere() -> None:
    for file in ROOT.glob("goldenthread/**/templates/**/*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<(object|embed|applet|iframe|frame|base)\b", text), file
        assert not re.search(r"<(?:script|link|img|form)[^>]+(?:src|href|action)=\"(?:https?:)?//", text), file


def test_every_part_of_others_is_on_the_list_with_version_and_hash() -> None:
    for name in ("run", "dev"):
        text = (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
        parts = [
            each for each in text.splitlines() if each.strip() and not each.lstrip().startswith(("#", "--", "-c", "-r"))
        ]
        assert len(parts) > 20
        for part in parts:
            assert re.match(r"[\w.\[\],-]+==\S+", part), part
            assert "--hash=sha256:" in part, part
    wanted = {
        re.split(r"[~=\[; ]", each)[0].lower() for each in (ROOT / "requirements/run.in").read_text().splitlines()
    }
    listed = (ROOT / "requirements/run.txt").read_text(encoding="utf-8").lower()
    assert all(f"\n{each}" in f"\n{listed}" for each in wanted - {"", "#"})


def test_what_tests_need_is_not_in_what_runs() -> None:
    listed = (ROOT / "requirements/run.txt").read_text(encoding="utf-8").lower()
    assert not re.search(r"^(pytest|hypothesis|playwright|ruff|mypy|django-debug-toolbar)", listed, re.MULTILINE)
    assert not any("debug" in app or "admin" in app for app in live.INSTALLED_APPS)
    assert not any("tests" in name for tree in SOURCES.values() for name in _modules(tree))
    assert "admin:index" not in {str(name) for name in get_resolver().reverse_dict}


def _modules(tree: ast.AST) -> list[str]:
    return [str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


# What is written down


def test_what_is_written_of_signing_in_is_what_is_done() -> None:
    assert f"{throttle.FAILURES} for one name from one address in 15 minutes" in PAGE
    assert timedelta(minutes=15) == throttle.WINDOW
    assert f"{throttle.CODES_IN_ALL} codes for one name" in PAGE
    assert "12 to 1000 characters" in PAGE
    assert f"closes after {live.DORMANT_DAYS} days" in PAGE
    assert f"more than {live.STEP_UP_MINUTES} minutes ago" in PAGE
    decided = (ROOT / "docs/decisions/0009-signing-in.md").read_text(encoding="utf-8")
    for way in ("authenticator app", "recovery codes", "passkey", "OpenID Connect", "one-time password"):
        assert way in decided


def test_what_is_written_of_sessions_is_what_is_done() -> None:
    assert f"{live.IDLE_MINUTES} minutes (`GOLDENTHREAD_IDLE_MINUTES`)" in PAGE
    assert f"| a session in all | {live.SESSION_HOURS} hours |" in PAGE
    assert "| sessions at a time | any number" in PAGE
    assert "council's own\nsign-in session" in PAGE


def test_every_key_is_written_down_with_what_it_is_for() -> None:
    home = (ROOT / "goldenthread/core/home.py").read_text(encoding="utf-8")
    files = set(re.findall(r'_made_once\(home / "([\w.]+)"', home)) | {"backup.key"}
    assert files == {"secret", "trail.key", "trail.signing", "backup.key"}
    for file in files:
        assert f"| `{file}` |" in PAGE
    for way in (
        "HMAC-SHA-256",
        "AES-256-GCM",
        "Ed25519",
        "scrypt",
        "HKDF",
        "Argon2id",
        "HMAC-SHA-1",
    ):
        assert way in PAGE


def test_every_connection_and_log_is_written_down() -> None:
    for setting in ("DATABASE_URL", "GOLDENTHREAD_SMTP_URL", "GOLDENTHREAD_OIDC_ISSUER"):
        assert f"| `{setting}` |" in PAGE
    assert "| the trail |" in PAGE
    assert "standard error, and nowhere else" in PAGE


def test_every_kind_of_data_and_every_field_with_its_own_rule_is_written_down() -> None:
    for kind in ("restricted", "records", "accounts", "plan", "figures"):
        assert f"\n| {kind} |" in PAGE
    for field in ("confidential", "role", "team", "area"):
        assert f"`{field}`" in PAGE
    for column in ("kept", "shown", "in logs and on the trail", "how long"):
        assert f"| {column} " in PAGE


def test_what_is_taken_in_and_what_takes_long_is_written_down() -> None:
    from goldenthread.core import drafts
    from goldenthread.exchange import guard

    assert (
        f"a file of {guard.LARGEST // 1024**2} MB ({guard.UNPACKED // 1024**2} MB unpacked; .docx, .xlsx or .txt;"
        in PAGE
    )
    assert timedelta(days=14) == drafts.LASTS
    assert f"a form of {live.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2} MB" in PAGE
    served = (ROOT / "goldenthread/cli/serve.py").read_text(encoding="utf-8")
    assert "blocking_threads=4" in served
    assert "backpressure=64" in served
    assert "4 at once for each process; 64 wait" in PAGE


def test_how_soon_parts_of_others_are_mended_is_written_down() -> None:
    assert "within 3 days; any other grave one\nwithin 14; the rest, and updates in general, within 90." in PAGE


# A real server


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The product's own server, under https, from an empty folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = int(free.getsockname()[1])
    folder = tmp_path_factory.mktemp("served")
    clean = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", "from goldenthread.cli import main; main()", "serve", "--port", str(at)],
            env={**clean, "GOLDENTHREAD_HOME": str(folder / "home"), "GOLDENTHREAD_HTTPS": "1"},
            stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            for _ in range(600):
                if server.poll() is not None:
                    pytest.fail((folder / "log").read_text())
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", at)) == 0:
                        break
                time.sleep(0.2)
            yield at
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


def told(port: int, asked: str) -> str:
    """All that the server answers to these bytes, until it closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(asked.encode())
        heard = b""
        while part := line.recv(65536):
            heard += part
    return heard.decode("utf-8", "replace")


def ask(method: str, path: str, *headers: str, content: str = "") -> str:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
    return "\r\n".join(lines) + "\r\n\r\n" + content


def status(answer: str) -> int:
    return int(answer.split(" ", 2)[1])


def test_the_server_under_https_says_so_with_every_answer(port: int) -> None:
    for path in ("/sign-in/", "/", "/no-such-page/"):
        answer = told(port, ask("GET", path))
        assert "strict-transport-security: max-age=31536000; includesubdomains" in answer.lower(), path
    page = told(port, ask("GET", "/sign-in/"))
    assert status(page) == 200
    assert re.search(r"set-cookie:\s*__Host-csrftoken=[^\r\n]*Secure", page, re.IGNORECASE)


def test_the_server_traces_nothing_and_names_no_version(port: int) -> None:
    answer = told(port, ask("TRACE", "/sign-in/", "X-Secret: hush-hush"))
    assert status(answer) in {400, 405, 501}
    assert "hush-hush" not in answer
    head = told(port, ask("GET", "/sign-in/")).partition("\r\n\r\n")[0]
    assert not re.search(r"^(x-powered-by|server):.*\d", head, re.IGNORECASE | re.MULTILINE)


def test_the_server_hands_out_no_folder_and_no_file_of_its_own(port: int) -> None:
    for path in ("/.git/config", "/static/", "/static", "/static/../goldenthread/config/settings.py", "/requirements/run.txt",
                 "/static/%2e%2e/%2e%2e/requirements/run.txt", "/secret", "/goldenthread.sqlite3", "/var/secret"):  # fmt: skip
        answer = told(port, ask("GET", path))
        assert status(answer) in {301, 302, 400, 404}, path
        assert "Index of" not in answer
        assert "SECRET_KEY" not in answer


def test_the_server_is_not_led_astray_by_two_lengths(port: int) -> None:
    """Where a message says its length twice over, nothing that comes after it on the connection is taken for another."""
    inner = ask("GET", "/no-such-page/")
    content = "0\r\n\r\n" + inner
    asked = "\r\n".join(
        ["POST /sign-in/ HTTP/1.1", "Host: localhost", f"Content-Length: {len(content)}", "Transfer-Encoding: chunked"]
    )
    answer = told(port, asked + "\r\n\r\n" + content)
    assert len(re.findall(r"HTTP/1\.1 \d{3}", answer)) == 1
    assert "connection: close" in answer.partition("\r\n\r\n")[0].lower()
    assert (
        status(told(port, ask("POST", "/sign-in/", "Content-Length: 5", "Content-Length: 6", content="abcde"))) == 400
    )
