"""SQLite: its own online backup, and a rename."""

import os
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from goldenthread.backups.contents import Table
from goldenthread.backups.counting import differences, sqlite_tables
from goldenthread.backups.engine import State, flush_folder, state
from goldenthread.core.anchors import name_of
from goldenthread.core.errors import BadInput, Refused


class SqliteEngine:
    """An SQLite database in a file."""

    name = "sqlite"
    part = "database.sqlite3"

    def __init__(self, settings: dict[str, Any]) -> None:
        self.file = Path(settings["NAME"])
        self.where = str(self.file)
        self.trail_name = name_of(settings)
        self.staged: Path | None = None

    def snapshot(self, folder: Path) -> State:
        copy = folder / self.part
        with closing(sqlite3.connect(self.file, timeout=60)) as live, closing(sqlite3.connect(copy)) as to:
            live.backup(to, pages=-1)  # in one read transaction: writers go on, and what they write is not in it
            to.execute("PRAGMA journal_mode=DELETE")
            return state(to, sqlite_tables(to))

    def check_copy(self, file: Path, wanted: dict[str, Table]) -> list[str]:
        try:
            with closing(sqlite3.connect(file)) as copy:
                if (found := copy.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                    raise BadInput(f"The database in the backup is damaged: {found}.")
                if faults := differences(wanted, sqlite_tables(copy)):
                    raise BadInput(f"The database in the backup is not what was backed up: {'; '.join(faults)}.")
        except sqlite3.DatabaseError as fault:
            raise BadInput(f"The database in the backup is damaged: {fault}.") from None
        return ["SQLite's integrity check: ok"]

    def held(self) -> dict[str, Table]:
        if not self.file.exists() or not self.file.stat().st_size:
            return {}
        try:
            with closing(sqlite3.connect(self.file, timeout=20)) as live:
                return sqlite_tables(live)
        except sqlite3.DatabaseError:  # damaged: that is why somebody restores, and it is kept aside all the same
            return {"damaged": Table(1, "")}

    def stage(self, file: Path) -> str:
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder = Path(tempfile.mkdtemp(prefix=f".backup-{os.getpid()}-", dir=self.file.parent))
        self.staged = folder / self.part
        file.rename(self.staged)
        self.staged.chmod(0o600)
        return f"sqlite:///{self.staged}"

    def staged_tables(self) -> dict[str, Table]:
        with closing(sqlite3.connect(self._staged())) as copy:
            return sqlite_tables(copy)

    def swap(self) -> str:
        staged = self._staged()
        with closing(sqlite3.connect(staged)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")
        with staged.open("rb+") as file:
            os.fsync(file.fileno())
        aside = self._set_aside() if self.file.exists() else None
        staged.replace(self.file)
        flush_folder(self.file.parent)
        return str(aside) if aside else ""

    def _set_aside(self) -> Path:
        """A second name for the old file, which then holds everything that its log held. The first name stays."""
        aside = self.file.with_name(f"{self.file.stem}-before-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.sqlite3")
        log = Path(f"{self.file}-wal")
        try:
            with closing(sqlite3.connect(self.file, timeout=0, isolation_level=None)) as live:
                live.execute("PRAGMA journal_mode=DELETE")  # refused while anybody else has it open
        except sqlite3.OperationalError:
            raise Refused(f"{self.file}: somebody is using this database. End the server, then restore.") from None
        except sqlite3.DatabaseError:
            if log.exists():  # of a damaged database: kept with it, and out of the new one's way
                log.rename(f"{aside}-wal")
        os.link(self.file, aside)
        return aside

    def discard(self) -> None:
        if self.staged:
            for left in self.staged.parent.glob("*"):
                left.unlink()
            self.staged.parent.rmdir()
            self.staged = None

    def _staged(self) -> Path:
        if self.staged is None:
            raise RuntimeError("nothing is staged")
        return self.staged
