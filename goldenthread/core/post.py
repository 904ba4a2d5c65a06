"""The one way out for e-mail. A message carries a kind, a reference and a link: its words are ours, and nobody's else.

A message is laid in the data folder's `outbox` after the commit, then sent where GOLDENTHREAD_SMTP_URL names a server.
What could not be sent stays there, and `goldenthread post` tries it again.
"""

import json
import logging
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from email.utils import make_msgid
from pathlib import Path
from smtplib import SMTPException
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from goldenthread.core.errors import BadInput

KINDS = {
    "emergency-access": ("A record was opened in an emergency", "Please review it within 2 working days."),
    "review-owed": ("A review is owed", "A review that you answer for is owed."),
    "handed-over": ("Work has been handed to you", "Work has been handed over to you."),
    "owed": ("Something is owed", "Something that you answer for is owed soon, or is overdue."),
    "access-review": ("Access is to be reviewed", "Please confirm who may still see what you answer for."),
    "account": ("Your account", "Something has changed on your account. If it was not you, tell your administrator."),
}
"""Each kind of message: its subject, and its words."""

REFERENCE = re.compile(r"[A-Z]{1,4}[0-9]{1,9}")
_ADDRESSED = re.compile(r"[a-z0-9.-]{0,40}")  # keys of our own in an address: a requirement, a step

log = logging.getLogger(__name__)


class Addressee(Protocol):
    """Who is written to: an officer."""

    email: str
    is_active: bool


@dataclass(frozen=True)
class Message:
    """What lies in the outbox: no words but its kind's."""

    kind: str
    to: str
    reference: str
    path: str

    def as_email(self) -> EmailMessage:
        """Composed anew each time, from our own words."""
        subject, words = KINDS[self.kind]
        body = f"{words}\n\nReference: {self.reference}\n{settings.ADDRESS}{self.path}\n\nSign in to read more.\n"
        sender = settings.DEFAULT_FROM_EMAIL
        headers = {"Message-ID": make_msgid(domain=sender.rpartition("@")[2]), "Auto-Submitted": "auto-generated"}
        return EmailMessage(f"Golden Thread: {subject}", body, sender, [self.to], headers=headers)


def send(kind: str, *, to: Addressee, reference: str, url_name: str, args: Sequence[object] = ()) -> bool:
    """Write to an officer, once what is being done is committed. Says whether there is anybody to write to.

    `args` of the link are numbers, UUIDs, references and keys. Raises BadInput for anything that could hold words.
    """
    message = Message(
        _kind(kind), to.email, _reference(reference), reverse(url_name, args=[_plain(arg) for arg in args])
    )
    if not to.is_active or not to.email:
        return False
    try:
        validate_email(to.email)
    except ValidationError:
        raise BadInput("The officer's e-mail address is not one.") from None
    transaction.on_commit(lambda: _lay_and_send(message))
    return True


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise BadInput(f"There is no kind of message “{kind}”.")
    return kind


def _reference(reference: str) -> str:
    if not REFERENCE.fullmatch(reference):
        raise BadInput("An e-mail carries a reference, like CF000123, and no words.")
    return reference


def _plain(arg: object) -> object:
    if isinstance(arg, int | UUID):
        return arg
    if isinstance(arg, str) and (REFERENCE.fullmatch(arg) or _ADDRESSED.fullmatch(arg)):
        return arg
    raise BadInput("A link in an e-mail holds numbers and keys, and no words.")


def outbox() -> Path:
    """Where messages lie until they are sent."""
    folder = Path(settings.HOME) / "outbox"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _lay_and_send(message: Message) -> None:
    """After the commit: what fails here must not undo, nor hide, what was done."""
    try:
        file = outbox() / f"{secrets.token_hex(12)}.json"
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new:
            json.dump(asdict(message), new)
    except OSError as fault:
        log.error("An e-mail of kind %s could not be laid in the outbox: %s", message.kind, fault.strerror)
        return
    if settings.EMAIL_HOST:
        _try(file, message)


def _try(file: Path, message: Message) -> bool:
    try:
        message.as_email().send()
    except (OSError, SMTPException) as fault:
        log.warning("An e-mail of kind %s was not sent (%s); it is kept", message.kind, type(fault).__name__)
        return False
    file.unlink(missing_ok=True)
    return True


def waiting() -> Iterator[tuple[Path, Message]]:
    """What lies in the outbox. A file there that is no message of ours is passed over, with a line in the log."""
    for file in sorted(outbox().glob("*.json")):
        try:
            told = json.loads(file.read_text(encoding="utf-8"))
            message = Message(**told)
            _kind(message.kind)
            _reference(message.reference)
            validate_email(message.to)
        except (OSError, ValueError, TypeError, ValidationError, BadInput):
            log.warning("In the outbox, %s is not a message of ours", file.name)
            continue
        yield file, message


def send_waiting() -> tuple[int, int]:
    """Try everything in the outbox again. Says how many were sent, and how many are still there."""
    tried = [_try(file, message) for file, message in waiting()]
    return sum(tried), len(tried) - sum(tried)
