"""PostgreSQL: pg_dump in an exported snapshot, pg_restore into a database of its own, and two renames in one transaction."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from goldenthread.backups.contents import Table
from goldenthread.backups.counting import postgresql_tables
from goldenthread.backups.engine import State, state
from goldenthread.core.anchors import name_of
from goldenthread.core.errors import BadInput, Refused

STAGED = "goldenthread_restore_"
HALL = "postgres"
"""The database that every server has for such work: an advisory lock belongs to one database."""


def find_program(name: str) -> Path:
    """pg_dump or pg_restore: on the PATH, or the newest that Debian keeps. Raises Refused where there is none."""
    if found := shutil.which(name):
        return Path(found)
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[4]))
    if not kept:
        raise Refused(f"{name} is not here: install PostgreSQL's client programs, of the server's version or later.")
    return kept[-1]


class PostgresqlEngine:
    """A PostgreSQL database on a server."""

    name = "postgresql"
    part = "database.pgdump"

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.database = str(settings["NAME"])
        self.where = f"{self.database} on {settings['HOST'] or 'this machine'}"
        self.trail_name = name_of(settings)
        self.staged = ""
        self.holds: psycopg.Connection | None = None

    def _named(self) -> dict[str, Any]:
        given = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
        named = {key: self.settings[name] for key, name in given.items() if self.settings[name]}
        return named | self._encrypted()

    def _encrypted(self) -> dict[str, str]:
        options = self.settings.get("OPTIONS", {})
        return {key: options[key] for key in ("sslmode", "sslrootcert") if key in options}

    def _sweep(self) -> None:
        """Remove what killed restores left behind: who still restores holds the lock of its database's number."""
        with self._connect(HALL, autocommit=True) as server:
            left = server.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{STAGED}[0-9a-f]{{12}}$"])
            for (name,) in left.fetchall():
                number = int(name.removeprefix(STAGED), 16)
                free = server.execute("SELECT pg_try_advisory_lock(%s)", [number]).fetchone()
                if free and free[0]:
                    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
                    server.execute("SELECT pg_advisory_unlock(%s)", [number])

    def _let_go(self) -> None:
        if self.holds:
            self.holds.close()
            self.holds = None

    @contextmanager
    def _connect(self, database: str, *, autocommit: bool = False) -> Iterator[psycopg.Connection]:
        try:
            connection = psycopg.connect(dbname=database, autocommit=autocommit, **self._named())
        except psycopg.OperationalError as fault:
            raise Refused(f"The database cannot be reached: {str(fault).strip().splitlines()[0]}.") from None
        with connection:
            yield connection

    def _run(self, program: str, *arguments: str) -> None:
        options = [("--host", "HOST"), ("--port", "PORT"), ("--username", "USER")]
        named = [f"{option}={self.settings[key]}" for option, key in options if self.settings[key]]
        ended = subprocess.run(  # noqa: S603
            [str(find_program(program)), "--no-password", *named, *arguments],
            env={
                **os.environ,
                "PGPASSWORD": str(self.settings["PASSWORD"]),
                **{f"PG{key.upper()}": value for key, value in self._encrypted().items()},
            },
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode:
            raise Refused(f"{program} failed: {ended.stderr.strip()[-500:]}")

    def snapshot(self, folder: Path) -> State:
        with self._connect(self.database) as live:
            live.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            named = live.execute("SELECT pg_export_snapshot()").fetchone()
            held = state(live, postgresql_tables(live))
            file = f"--file={folder / self.part}"
            self._run("pg_dump", "--format=custom", f"--snapshot={named[0] if named else ''}", file, self.database)
        return held

    def check_copy(self, file: Path, wanted: dict[str, Table]) -> list[str]:
        program = find_program("pg_restore")
        read = subprocess.run(  # noqa: S603
            [str(program), f"--file={os.devnull}", str(file)], capture_output=True, text=True, check=False
        )
        if read.returncode:
            raise BadInput(f"The database in the backup is damaged: {read.stderr.strip()[-300:]}")
        return ["pg_restore reads it to its end: ok"]

    def held(self) -> dict[str, Table]:
        if not self._is_there():
            return {}
        with self._connect(self.database) as live:
            return postgresql_tables(live)

    def _is_there(self) -> bool:
        with self._connect("template1") as server:
            return (
                server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database]).fetchone() is not None
            )

    def stage(self, file: Path) -> str:
        self._sweep()
        mark = secrets.token_hex(6)
        self.holds = psycopg.connect(dbname=HALL, autocommit=True, **self._named())
        self.holds.execute("SELECT pg_advisory_lock(%s)", [int(mark, 16)])
        self.staged = STAGED + mark
        try:
            with self._connect("template1", autocommit=True) as server:
                server.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(self.staged))
                )
        except psycopg.Error as fault:
            self.staged = ""
            raise Refused(f"A temporary database cannot be made on the server: {str(fault).strip()}.") from None
        self._run("pg_restore", "--single-transaction", "--no-owner", "--no-acl", f"--dbname={self.staged}", str(file))
        user, password = (quote(str(self.settings[key]), safe="") for key in ("USER", "PASSWORD"))
        who = f"{user}:{password}@" if password else f"{user}@" if user else ""
        port = f":{self.settings['PORT']}" if self.settings["PORT"] else ""
        return f"postgresql://{who}{self.settings['HOST']}{port}/{self.staged}"

    def staged_tables(self) -> dict[str, Table]:
        with self._connect(self.staged) as copy:
            return postgresql_tables(copy)

    def swap(self) -> str:
        aside = f"{self.database[:30]}_before_{datetime.now(UTC):%Y%m%d%H%M%S%f}" if self._is_there() else ""
        self._let_go()
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        try:
            with self._connect("template1") as server:  # one transaction: both renames, or neither
                if aside:
                    server.execute(rename.format(sql.Identifier(self.database), sql.Identifier(aside)))
                server.execute(rename.format(sql.Identifier(self.staged), sql.Identifier(self.database)))
        except psycopg.errors.ObjectInUse:
            raise Refused(f"{self.where}: somebody is using this database. End the server, then restore.") from None
        except psycopg.Error as fault:
            raise Refused(f"{self.where}: the restored database cannot take its place: {str(fault).strip()}.") from None
        self.staged = ""
        return aside

    def discard(self) -> None:
        self._let_go()
        if self.staged:
            with self._connect("template1", autocommit=True) as server:
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.staged)))
            self.staged = ""
