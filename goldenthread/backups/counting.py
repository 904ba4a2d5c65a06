"""Every table of a database counted and digested, so that a copy can be proved equal. Knows both engines."""

import hashlib
from collections.abc import Iterable
from typing import Any

from goldenthread.backups.contents import Table

MADE_WITH_THE_DATABASE = {"django_migrations", "django_content_type", "auth_permission"}
WIDTH = 2**256


def _table(rows: Iterable[str]) -> Table:
    """The digests of the rows are added up: the same rows in another order are the same table."""
    count = total = 0
    for row in rows:
        count += 1
        total = (total + int.from_bytes(hashlib.sha256(row.encode("utf-8", "surrogatepass")).digest(), "big")) % WIDTH
    return Table(count, f"{total:064x}")


def sqlite_tables(connection: Any) -> dict[str, Table]:
    """Of an SQLite connection (the driver's own)."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    return {name: _table(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for (name,) in names}  # noqa: S608


def postgresql_tables(connection: Any) -> dict[str, Table]:
    """Of a PostgreSQL connection (the driver's own), in its transaction."""
    connection.execute("SET LOCAL TIME ZONE 'UTC'")
    connection.execute("SET LOCAL datestyle TO 'ISO'")
    names = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    ).fetchall()
    found = {}
    for (name,) in names:
        with connection.cursor(name="rows") as rows:
            rows.itersize = 2000
            rows.execute(f'SELECT t::text FROM public."{name}" t')  # noqa: S608
            found[name] = _table(row for (row,) in rows)
    return found


def holds_anything(tables: dict[str, Table]) -> bool:
    """Whether a database holds what somebody recorded."""
    return any(table.rows for name, table in tables.items() if name not in MADE_WITH_THE_DATABASE)


def differences(wanted: dict[str, Table], found: dict[str, Table]) -> list[str]:
    """Each table that is not as it was backed up, in words."""
    said = []
    for name in sorted(wanted.keys() | found.keys()):
        before, after = wanted.get(name), found.get(name)
        if before is None or after is None:
            said.append(f"table {name} is {'new' if before is None else 'missing'}")
        elif before.rows != after.rows:
            said.append(f"table {name} has {after.rows} rows, not {before.rows}")
        elif before != after:
            said.append(f"table {name} holds other rows than were backed up")
    return said


TRAIL_HEAD = "SELECT id, at, deed, subject FROM core_trailentry ORDER BY id DESC LIMIT 1"
SEALED_HEAD = "SELECT seq, mac FROM core_traillink ORDER BY seq DESC LIMIT 1"
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"


def trail_head(connection: Any, tables: dict[str, Table]) -> str:
    """The seal of the trail's last entry where entries are sealed; before that, a digest of the last entry."""
    if "core_traillink" in tables:
        row = connection.execute(SEALED_HEAD).fetchone()
        return f"{row[0]}:{row[1]}" if row else ""
    row = connection.execute(TRAIL_HEAD).fetchone()
    return f"{row[0]}:{hashlib.sha256(repr(row).encode()).hexdigest()}" if row else ""


def migrations(connection: Any) -> list[str]:
    """What the database has been brought forward by."""
    return [f"{app}.{name}" for app, name in connection.execute(MIGRATIONS).fetchall()]
