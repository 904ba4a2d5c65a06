"""E-mail carries a reference and a link only."""

import logging
import socketserver
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from goldenthread.core import post
from goldenthread.core.errors import BadInput
from goldenthread.core.home import MailServer, mail_from
from goldenthread.people.models import Officer
from tests.conftest import Cast

CANARY = "Zephyrine Quillfeather"


@pytest.fixture
def manager(cast: Cast, settings: Any, tmp_path: Path) -> Officer:
    settings.HOME = tmp_path
    settings.ADDRESS = "https://thread.example"
    settings.EMAIL_HOST = ""
    cast.manager.email = "dev@council.example"
    return cast.manager


def send(officer: Officer, **other: Any) -> bool:
    given: dict[str, Any] = {"reference": "CF000123", "url_name": "referral", "args": [7]}
    return post.send(other.pop("kind", "review-owed"), to=officer, **{**given, **other})


def test_a_message_is_its_kinds_words_a_reference_and_a_link(
    manager: Officer, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_HOST = "mail.example"
    for kind in post.KINDS:
        with django_capture_on_commit_callbacks(execute=True):
            assert send(manager, kind=kind)
    assert len(mail.outbox) == len(post.KINDS)
    for kind, message in zip(post.KINDS, mail.outbox, strict=True):
        subject, words = post.KINDS[kind]
        assert message.subject == f"Golden Thread: {subject}"
        assert message.to == ["dev@council.example"]
        assert str(message.body).split("\n") == [
            words, "", "Reference: CF000123", "https://thread.example/referrals/7/", "", "Sign in to read more.", "",
        ]  # fmt: skip
        assert manager.name not in message.message().as_string()
    assert list(post.outbox().iterdir()) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"reference": CANARY}, {"reference": "CF000123\r\nBcc: all@example.invalid"}, {"reference": "CF000123\n"},
        {"reference": ""}, {"reference": "ZQ 4 May 1998"}, {"kind": CANARY}, {"kind": "review-owed\nBcc: x"},
        {"args": [CANARY]}, {"args": ["7\r\nBcc: x"]}, {"args": [{"name": CANARY}]}, {"args": [1.5]},
    ],
)  # fmt: skip
def test_whatever_could_hold_a_childs_name_or_a_header_is_refused(
    manager: Officer, changes: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as waiting, pytest.raises(BadInput) as refused:
        send(manager, **changes)
    assert waiting == []
    assert list(post.outbox().iterdir()) == []
    assert "Quillfeather" not in str(refused.value) or "kind" in changes


def test_an_address_with_a_header_in_it_is_refused(manager: Officer) -> None:
    manager.email = "dev@council.example\r\nBcc: all@example.invalid"
    with pytest.raises(BadInput, match="e-mail address"):
        send(manager)


def test_nobody_who_has_left_or_has_no_address_is_written_to(
    manager: Officer, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as waiting:
        manager.email = ""
        assert not send(manager)
        manager.email, manager.is_active = "dev@council.example", False
        assert not send(manager)
    assert waiting == []


def test_what_was_undone_is_not_told(manager: Officer, django_capture_on_commit_callbacks: Any) -> None:
    def undone() -> None:
        with transaction.atomic():
            send(manager)
            raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        undone()
    assert list(post.outbox().iterdir()) == []


def test_without_a_mail_server_messages_wait_for_their_owner_only(
    manager: Officer, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(manager)
    (file,) = post.outbox().iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert manager.name not in file.read_text()
    assert mail.outbox == []


class MailServerDouble(socketserver.StreamRequestHandler):
    """Takes letters, or turns everybody away."""

    letters: list[str] = []
    away = False

    def handle(self) -> None:
        if self.away:
            self.wfile.write(b"421 away\r\n")
            return
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline().decode().strip().upper():
            if line == "DATA":
                self.wfile.write(b"354 go on\r\n")
                letter = ""
                while (said := self.rfile.readline().decode()) != ".\r\n":
                    letter += said
                self.letters.append(letter)
            self.wfile.write(b"250 ok\r\n" if line != "QUIT" else b"221 bye\r\n")


@pytest.fixture
def server(settings: Any) -> Iterator[type[MailServerDouble]]:
    MailServerDouble.letters.clear()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), MailServerDouble) as listening:
        listening.daemon_threads = True
        threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", listening.server_address[1]
        yield MailServerDouble
        listening.shutdown()


def test_what_the_mail_server_does_not_take_is_kept_and_sent_once_later(
    manager: Officer,
    server: type[MailServerDouble],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(server, "away", True)
    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        assert send(manager)
    assert "was not sent" in caplog.text
    assert "CF000123" not in caplog.text
    assert post.send_waiting() == (0, 1)
    monkeypatch.setattr(server, "away", False)
    (post.outbox() / "stray.json").write_text('{"kind": "review-owed", "to": "x", "reference": "y z", "path": ""}')
    assert post.send_waiting() == (1, 0)
    assert post.send_waiting() == (0, 0)
    (letter,) = server.letters
    assert "Reference: CF000123" in letter
    assert "stray" not in letter


def test_the_mail_server_is_named_by_one_address_and_never_used_in_the_clear() -> None:
    assert mail_from(None) == MailServer()
    assert mail_from("smtps://a:b%40c@mail.example") == MailServer("mail.example", 465, "a", "b@c", True, False)
    assert mail_from("smtp://mail.example") == MailServer("mail.example", 587, starttls=True)
    with pytest.raises(ValueError, match="GOLDENTHREAD_SMTP_URL"):
        mail_from("https://mail.example")
