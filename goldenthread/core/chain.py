"""The seal on the trail: each entry is bound to the one before it under a key that the database does not hold.

A link's seal is an HMAC-SHA256 over its number, the seal before it and every column of its entry. Links are written
just before the outermost transaction commits (see `goldenthread.core.database`), so locks are always taken in the
order records, then trail. Works on the database's own cursor: it is called while no model may be.
"""

import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError

FIRST = ""
"""What stands for the seal before the first."""
_LOCK = 7_241_903  # PostgreSQL: one transaction at a time seals
_AT_ONCE = 500  # rows of one INSERT


class TrailUnwritable(DatabaseError):
    """The trail cannot be written. A database error, so that the transaction is rolled back and nothing is shown."""


class Encoder(DjangoJSONEncoder):
    """JSON in one spelling: sorted keys and no spaces, so that what is stored is what was sealed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "sort_keys": True, "separators": (",", ":"), "allow_nan": False})


_ENCODER = Encoder()


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as it is sealed. at: UTC, to the microsecond; detail, origin: JSON as `spelt`."""

    pk: int
    at: str
    officer: str
    deed: str
    subject: str
    why: str
    detail: str
    origin: str


def spelt(value: Any) -> str:
    """JSON in its one spelling. Raises ValueError or TypeError for what JSON cannot hold."""
    return _ENCODER.encode(value)


def plain(value: Any) -> tuple[Any, str]:
    """What a database gives back of this JSON, and how it is spelt: days, moments and numbers with a point become words."""
    pointed: list[str] = []

    def as_words(number: str) -> str:
        pointed.append(number)
        return number

    text = spelt(value)
    told = json.loads(text, parse_float=as_words)
    return told, spelt(told) if pointed else text


def at_in_utc(at: datetime) -> str:
    """An instant as it is sealed."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return sha256(b"goldenthread.trail.chain:" + secret.encode()).digest()


def key() -> bytes:
    """The key of the seals. Raises TrailUnwritable where there is none."""
    if not settings.TRAIL_KEY:
        raise TrailUnwritable("The trail's key cannot be read, so nothing can be written to the trail.")
    return _key(settings.TRAIL_KEY)


def seal_of(sealing_key: bytes, number: int, previous: str, row: Row) -> str:
    """The seal of one entry at one place of the chain."""
    words = [row.at, row.officer, row.deed, row.subject, row.why]
    told = f'[{number},"{previous}",{row.pk},{json.dumps(words)},{row.detail},{row.origin}]'
    return hmac.digest(sealing_key, told.encode(), "sha256").hex()


def head(cursor: Any) -> tuple[int, str]:
    """The last link's number and seal; nought and FIRST where there is none."""
    cursor.execute("SELECT seq, mac FROM core_traillink ORDER BY seq DESC LIMIT 1")
    found = cursor.fetchone()
    return (found[0], found[1]) if found else (0, FIRST)


def insert(cursor: Any, table: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Many rows with few statements. Table and columns are the program's own words."""
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        marks = ",".join(["(" + ",".join(["%s"] * len(some[0])) + ")"] * len(some))
        cursor.execute(
            f"INSERT INTO {table} ({columns}) VALUES {marks}",  # noqa: S608
            [value for row in some for value in row],
        )


def seal(connection: Any, rows: Iterable[Row]) -> tuple[int, str]:
    """Write the links of these entries, in this order, after the last. Returns the new head. Raises TrailUnwritable."""
    try:
        sealing_key = key()
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            number, mac = head(cursor)
            links = []
            for row in rows:
                number, mac = number + 1, seal_of(sealing_key, number + 1, mac, row)
                links.append((number, row.pk, mac))
            insert(cursor, "core_traillink", "seq, entry, mac", links)
    except TrailUnwritable:
        raise
    except Exception as fault:
        raise TrailUnwritable(f"The trail cannot be sealed: {type(fault).__name__}") from fault
    return number, mac
