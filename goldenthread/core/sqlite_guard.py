"""Refuses to work on an SQLite that can lose committed writes.

The WAL-reset fault: from 3.7.0 until 3.51.3 (mended in 3.44.6 and 3.50.7 too) two connections that write and
checkpoint at once can lose or damage what was committed. Source: sqlite.org/wal.html#walresetbug.
"""

import sqlite3
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection


def is_sound(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the WAL-reset fault."""
    if version < (3, 7, 0) or version >= (3, 51, 3):
        return True
    return version[:2] in {(3, 44), (3, 50)} and version >= {(3, 44): (3, 44, 6), (3, 50): (3, 50, 7)}[version[:2]]


@register(Tags.compatibility)
def sqlite_is_sound(**_: Any) -> list[CheckMessage]:
    """System check, run before every command and before serving."""
    if connection.vendor != "sqlite" or is_sound(sqlite3.sqlite_version_info[:3]):
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} can lose committed records (the WAL-reset fault).",
            hint="Install the pinned requirements again (pysqlite3 brings a sound SQLite), or set DATABASE_URL to PostgreSQL.",
            id="goldenthread.E001",
        )
    ]
