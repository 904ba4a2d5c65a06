"""The proxy in front, connections to elsewhere, and the log (ASVS 12, 13 and 16)."""

import ast
import logging
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live
from django.core.mail import get_connection
from django.test import Client, override_settings
from django.urls import reverse

from goldenthread.config.proxy import Behind
from goldenthread.core.elsewhere import collector_from
from goldenthread.core.home import database_from, mail_from
from goldenthread.core.logs import OneLine
from goldenthread.core.models import TrailEntry
from goldenthread.people.models import Officer
from tests.assurance.security import PASSWORD, ROOT, imported, settings_of, sources
from tests.conftest import Cast
from tests.pages.test_no_names_leak import body


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
    with pytest.raises(ValueError, match="encrypted only"):
        collector_from("udp://logs.council.example:514")
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
    for tree in sources().values():
        for node in ast.walk(tree):
            assert not (isinstance(node, ast.keyword) and node.arg == "verify")
            assert not (isinstance(node, ast.Attribute) and node.attr in {"_create_unverified_context", "CERT_NONE"})


def test_connections_are_opened_to_what_settings_name_and_nowhere_else() -> None:
    network = imported("requests", "urllib.request", "http.client", "smtplib", "ftplib", "telnetlib", "asyncio", "ssl")
    assert network == {"people/oidc.py", "core/post.py", "core/elsewhere.py"}
    assert imported("socket") == {"cli/serve.py", "core/elsewhere.py"}, "the first only to see whether its port is free"
    logs = ast.unparse(sources()[ROOT / "goldenthread/core/elsewhere.py"])
    assert set(re.findall(r"(?:connect|create_connection)\((\([^)]+\))", logs)) == {"(self.host, self.port)"}
    assert imported("psycopg") <= {"backups/postgresql_engine.py", "backups/contents.py", "backups/counting.py"}
    asks = ast.unparse(sources()[ROOT / "goldenthread/people/oidc.py"])
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


def test_the_log_is_the_one_that_is_set_up(tmp_path: Path) -> None:
    assert live.LOGGING["handlers"]["stderr"]["formatter"] == "plain"
    assert live.LOGGING["formatters"]["plain"]["()"] == "goldenthread.core.logs.OneLine"
    assert live.LOGGING["root"]["handlers"] == ["stderr"]
    named = settings_of(GOLDENTHREAD_HOME=str(tmp_path), GOLDENTHREAD_SYSLOG="tls://logs.council.example")["LOGGING"]
    assert named["root"]["handlers"] == ["stderr", "elsewhere"]
    assert named["loggers"]["goldenthread.trail"]["level"] == "INFO"
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
