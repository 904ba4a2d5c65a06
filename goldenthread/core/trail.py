"""The trail: every read and write of a child's record, written in the same transaction as what it tells of."""

import base64
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any, Protocol, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.utils.crypto import salted_hmac

from goldenthread.core.chain import TrailUnwritable
from goldenthread.core.clock import now
from goldenthread.core.database import Sealing
from goldenthread.core.models import TrailEntry

__all__ = [
    "Origin",
    "TrailUnwritable",
    "changes",
    "coming_from",
    "fingerprint",
    "nothing_shown",
    "on_page",
    "opened_words",
    "sealed",
    "subject_key",
    "write",
    "written",
]


class Someone(Protocol):
    """Who acts: an officer, or the system itself."""

    def get_username(self) -> str: ...


@dataclass(slots=True)
class Origin:
    """From where somebody acts. address: of the browser's side; session: its key, of which the trail keeps a fingerprint;
    page: the URL's name. showed_nothing: the page has said that it shows no child's record."""

    address: str = ""
    session: str = ""
    page: str = ""
    method: str = ""
    showed_nothing: bool = field(default=False, compare=False)

    @property
    def told(self) -> dict[str, str]:
        """What the trail keeps of it."""
        told = {"address": self.address, "page": self.page, "method": self.method}
        if self.session:
            told["session"] = _session(self.session)
        return {name: value for name, value in told.items() if value}


COMMAND_LINE = Origin(page="command line")
_origin: ContextVar[Origin] = ContextVar("origin", default=COMMAND_LINE)


@contextmanager
def coming_from(origin: Origin) -> Iterator[Origin]:
    """Within it, what is written to the trail says that it came from there."""
    before = _origin.set(origin)
    try:
        yield origin
    finally:
        _origin.reset(before)


def on_page(name: str) -> None:
    """Which page, by its URL's name, is being answered."""
    origin = _origin.get()
    if origin is not COMMAND_LINE:
        origin.page = name


def nothing_shown() -> None:
    """A page of records says that it shows no child's record this time (an empty list), so that the trail need not tell."""
    origin = _origin.get()
    if origin is not COMMAND_LINE:
        origin.showed_nothing = True


def written() -> int:
    """How many entries this thread's connection has written that were not rolled back: it grows with each."""
    return cast(Sealing, connection).trail_written


def subject_key(record: models.Model) -> str:
    """How the trail and the ledger name a record: “referrals.referral:12”."""
    return f"{record._meta.label_lower}:{record.pk}"


def fingerprint(words: str) -> str:
    """What the trail keeps of words: a keyed hash, so that the same words can be told, and nobody can read them."""
    return salted_hmac("goldenthread.trail", words, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()[:16]


@lru_cache(maxsize=1024)
def _session(key: str) -> str:
    return fingerprint(key)[:12]


_NONCE = 12  # bytes


@lru_cache(maxsize=4)
def _box(key: str) -> AESGCM:
    return AESGCM(sha256(b"goldenthread.trail.words:" + key.encode()).digest())


def sealed(words: str) -> str:
    """Words as the trail may keep them where a permitted reader must read them later (what was searched for): locked
    under the trail's key, which the database does not hold. Raises TrailUnwritable where there is no key."""
    if not settings.TRAIL_KEY:
        raise TrailUnwritable("The trail's key cannot be read, so nothing can be written to the trail.")
    nonce = secrets.token_bytes(_NONCE)
    return base64.b64encode(nonce + _box(settings.TRAIL_KEY).encrypt(nonce, words.encode(), None)).decode()


def opened_words(locked: str) -> str:
    """What `sealed` locked; nothing where it was altered or locked under another key."""
    try:
        whole = base64.b64decode(locked, validate=True)
        return _box(settings.TRAIL_KEY).decrypt(whole[:_NONCE], whole[_NONCE:], None).decode()
    except (InvalidTag, ValueError):
        return ""


def changes(record: models.Model, after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What would change on a record: each field with what it is and what it will be. Choices, dates, numbers and keys
    are told as they are; free words only by their fingerprint."""

    def told(name: str, value: Any) -> Any:
        if isinstance(value, models.Model):
            return value.pk
        field = record._meta.get_field(name)
        free = isinstance(value, str) and not getattr(field, "choices", None)
        return fingerprint(value) if free and value else value

    return {
        name: (told(name, getattr(record, name)), told(name, value))
        for name, value in after.items()
        if getattr(record, name) != value
    }


def write(
    deed: str,
    subject: models.Model | str,
    *,
    by: Someone,
    why: str = "role",
    changed: Mapping[str, tuple[Any, Any]] | None = None,
    **detail: Any,
) -> TrailEntry:
    """Add one entry; it is sealed when the transaction commits. `why` says what allowed it. `changed`: each coded field
    that changed, with what it was before and what it is after. `detail` holds keys, counts and changed field names. None
    of them holds narrative. Raises TrailUnwritable, and then the whole transaction is rolled back."""
    if changed:
        detail["changed"] = {name: list(pair) for name, pair in changed.items()}
    entry = TrailEntry(
        at=now(),
        officer=by.get_username(),
        deed=deed,
        subject=subject if isinstance(subject, str) else subject_key(subject),
        why=why,
        detail=detail,
        origin=_origin.get().told,
    )
    try:
        with transaction.atomic(savepoint=False):
            entry.save()
    except TrailUnwritable:
        raise
    except DatabaseError as fault:
        raise TrailUnwritable(f"The trail cannot be written: {type(fault).__name__}") from fault
    return entry
