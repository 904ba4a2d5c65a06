"""Anchors: signed heads of the trail, kept outside the database.

A chain alone shows an edit, but not that its tail was cut off or that all of it was written anew by somebody who had the
key. An anchor says how long the trail was and how it ended, at an instant. Each is a line of JSON with an Ed25519
signature; the file is only added to, and is best kept on another machine.
"""

import base64
import json
import logging
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection as default_connection

from goldenthread.core import chain
from goldenthread.core.clock import day_of, now

EVERY = 500
"""After how many entries a new anchor is due."""
_log = logging.getLogger(__name__)
_last: dict[tuple[str, str], "Anchor"] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of one database's trail at an instant. seq: how many entries were sealed; after: “restore” where what was
    anchored beyond it no longer counts, because a backup was put back."""

    database: str
    seq: int
    mac: str
    at: str
    after: str = ""
    signature: str = ""

    @property
    def signed(self) -> bytes:
        """What the signature is over."""
        return chain.spelt({**asdict(self), "signature": ""}).encode()

    @property
    def words(self) -> str:
        """Short enough to print in a report and to compare by eye: “1204 K7QM-4XF9-T3BA-22CD”."""
        return head_in_words(self.seq, self.mac)


def head_in_words(seq: int, mac: str) -> str:
    """The number of entries and the first sixteen letters of the last seal."""
    letters = base64.b32encode(bytes.fromhex(mac)[:10]).decode() if mac else "-" * 16
    return f"{seq} {'-'.join(letters[n : n + 4] for n in range(0, 16, 4))}"


class BadAnchor(Exception):
    """A line of the file that was not signed with our key. The message names the line."""


def _private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(settings.TRAIL_SIGNING_KEY))


def public_key() -> str:
    """The key with which anybody can check the signatures, in hexadecimal."""
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    return _private().public_key().public_bytes(*raw).hex()


def where() -> str:
    """The file of the anchors, as messages name it."""
    return str(settings.TRAIL_ANCHORS)


def named(connection: Any) -> str:
    """How anchors name a database: where it is moved with its data folder, it keeps its name. One that is being restored
    has the name of the database whose place it will take (settings.TRAIL_DATABASE)."""
    if settings.TRAIL_DATABASE:
        return str(settings.TRAIL_DATABASE)
    names = connection.settings_dict
    return name_of(names)


def name_of(database: Mapping[str, Any]) -> str:
    """The same, of a database's settings."""
    if "sqlite" in database["ENGINE"]:
        return f"sqlite:{Path(str(database['NAME'])).name}"
    return f"postgresql:{database['HOST']}:{database['PORT']}/{database['NAME']}"


def write(connection: Any, seq: int, mac: str, *, after: str = "", at: datetime | None = None) -> Anchor:
    """Add an anchor to the file. Raises OSError where it cannot be written."""
    unsigned = Anchor(named(connection), seq, mac, chain.at_in_utc(at or now()), after)
    anchor = replace(unsigned, signature=_private().sign(unsigned.signed).hex())
    line = (chain.spelt(asdict(anchor)) + "\n").encode()
    handle = os.open(settings.TRAIL_ANCHORS, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        os.write(handle, line)
        os.fsync(handle)
    finally:
        os.close(handle)
    with _lock:
        _last[str(settings.TRAIL_ANCHORS), anchor.database] = anchor
    return anchor


def anchor(connection: Any = default_connection, *, after: str = "") -> Anchor | None:
    """Anchor the trail as it stands; None where it is empty. after="restore": what was anchored beyond it was lost with a
    backup put back, and no longer counts; verifying says that this was so. Call it before the restored database is
    written to: first the anchor, then the entry that tells of the restore."""
    if not settings.TRAIL_ANCHORS:
        return None
    with connection.cursor() as cursor:
        seq, mac = chain.head(cursor)
    return write(connection, seq, mac, after=after) if seq or after else None


def after_commit(connection: Any, seq: int, mac: str) -> None:
    """Anchor the trail where one is due: the first, every so many entries, each day. It is committed already, so a file
    that cannot be written is logged and tried again with the next entry."""
    if not settings.TRAIL_ANCHORS:
        return
    last = _last.get((str(settings.TRAIL_ANCHORS), named(connection)))
    if last and 0 <= seq - last.seq < EVERY and day_of(datetime.fromisoformat(last.at)) == day_of(now()):
        return
    try:
        write(connection, seq, mac)
    except (OSError, ValueError):
        _log.exception("The trail could not be anchored")


def _lines(file: Path) -> Iterator[Anchor]:
    public = _private().public_key()
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found = Anchor(**json.loads(line))
            public.verify(bytes.fromhex(found.signature), found.signed)
        except (ValueError, TypeError, InvalidSignature):
            raise BadAnchor(f"Line {number} of the anchors was altered, or signed with another key.") from None
        yield found


def kept(connection: Any = default_connection) -> tuple[list[Anchor], list[Anchor]]:
    """The anchors of this database that count, oldest first; and the restores after which earlier ones ceased to.
    Raises BadAnchor."""
    file = settings.TRAIL_ANCHORS
    counting: list[Anchor] = []
    restores: list[Anchor] = []
    if not file or not Path(file).is_file():
        return counting, restores
    for found in _lines(Path(file)):
        if found.database != named(connection):
            continue
        if found.after == "restore":
            counting = [one for one in counting if one.seq <= found.seq]
            restores.append(found)
        counting.append(found)
    return counting, restores
