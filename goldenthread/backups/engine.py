"""What backup and restore ask of a database, whichever engine it is."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from goldenthread.backups.contents import Table
from goldenthread.backups.counting import migrations, trail_head


@dataclass(frozen=True)
class State:
    """What a database held at one instant."""

    tables: dict[str, Table]
    migrations: list[str]
    trail_head: str


def state(connection: Any, tables: dict[str, Table]) -> State:
    """Of a connection (the driver's own), with its tables counted already."""
    return State(tables, migrations(connection), trail_head(connection, tables))


class Engine(Protocol):
    """One database, named by its settings; it need not be there yet."""

    name: str
    part: str
    where: str
    trail_name: str
    """How the trail's anchors name it."""

    def snapshot(self, folder: Path) -> State:
        """Copy the database as at one instant to `folder/part`, while others go on writing. Says what it held."""

    def check_copy(self, file: Path, wanted: dict[str, Table]) -> list[str]:
        """Open a copy, and say in words what was checked. Raises BadInput where it is not what was backed up."""

    def held(self) -> dict[str, Table]:
        """The tables there now; empty where there is no database."""

    def stage(self, file: Path) -> str:
        """Put a copy in a temporary place beside the database. Returns that place's DATABASE_URL."""

    def staged_tables(self) -> dict[str, Table]:
        """The tables of what was staged."""

    def swap(self) -> str:
        """Put what was staged in the database's place, in one step. Returns where the old one is kept, or nothing."""

    def discard(self) -> None:
        """Remove what was staged and not swapped in."""


@contextmanager
def working_folder(beside: Path) -> Iterator[Path]:
    """A folder for its owner only, gone afterwards. What a killed backup left behind is removed first: it is readable."""
    beside.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in beside.glob(".backup-*-*"):
        if not _runs(left.name.split("-")[1]):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f".backup-{os.getpid()}-", dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _runs(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def flush_folder(folder: Path) -> None:
    """Make sure that new names in a folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
