"""Backing up, restoring and drilling. Works on a database's settings, so that the database need not be there yet."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from goldenthread import __version__
from goldenthread.backups import keys
from goldenthread.backups.contents import Manifest, part_of, pieces, unpack
from goldenthread.backups.counting import differences, holds_anything
from goldenthread.backups.engine import Engine, flush_folder, working_folder
from goldenthread.backups.locked_file import lock
from goldenthread.backups.postgresql_engine import PostgresqlEngine
from goldenthread.backups.sqlite_engine import SqliteEngine
from goldenthread.core.errors import BadInput, Refused

OUTSIDE = ("authority",)
"""Files of the data folder that come back with the database."""
KEPT_APART = ("secret", "trail.key", "backup.key")
"""Keys of the data folder: never in a backup."""

Say = Callable[[str], None]


def engine_of(settings: dict[str, Any]) -> Engine:
    """The engine of Django's database settings."""
    return SqliteEngine(settings) if "sqlite" in settings["ENGINE"] else PostgresqlEngine(settings)


def back_up(settings: dict[str, Any], home: Path, file: Path, *, key_file: Path | None, by: str) -> Manifest:
    """Write an encrypted backup and read it back. The file has its name only once it is proved.

    Raises BadInput where the file is there already or cannot be written.
    """
    if file.exists():
        raise BadInput(f"{file}: this file is there already; a backup never overwrites another.")
    engine, key = engine_of(settings), key_file or home / "backup.key"
    locked = keys.how_locked(key_file)
    if locked == "file":
        keys.make_key_file(key)
    partly = file.with_name(f".{file.name}.{os.getpid()}.part")
    with working_folder(home) as folder:
        held = engine.snapshot(folder)
        files = {engine.part: folder / engine.part}
        files |= {name: home / name for name in OUTSIDE if (home / name).is_file()}
        trail = held.tables.get("core_trailentry")
        manifest = Manifest(
            version=__version__,
            engine=engine.name,
            taken_at=datetime.now(UTC).isoformat(timespec="seconds"),
            by=by,
            migrations=held.migrations,
            tables=held.tables,
            trail_entries=trail.rows if trail else 0,
            trail_head=held.trail_head,
            parts=[part_of(path, name) for name, path in files.items()],
        )
        try:
            lock(pieces(manifest, files), partly, locked=locked, key_file=key)
            back = folder / "read-back"
            back.mkdir()
            if unpack(partly, back, key_file=key) != manifest:
                raise BadInput(f"{file}: what was written does not read back the same.")
            engine.check_copy(back / engine.part, manifest.tables)
            os.link(partly, file)
            flush_folder(file.parent)
        except FileExistsError:
            raise BadInput(f"{file}: this file is there already; a backup never overwrites another.") from None
        except OSError as fault:
            raise BadInput(f"{file}: cannot be written ({fault.strerror}).") from None
        finally:
            partly.unlink(missing_ok=True)
    return manifest


@dataclass(frozen=True)
class Restored:
    """What came of a restore or a drill: what was in the backup, and where the old database is kept (or nothing)."""

    manifest: Manifest
    aside: str


def restore(
    settings: dict[str, Any],
    home: Path,
    file: Path,
    *,
    key_file: Path,
    by: str,
    say: Say,
    replace: bool = False,
    drill: bool = False,
) -> Restored:
    """Unlock, prove and put in place a backup; a drill does everything but the last.

    Each check is said as it is made. Raises BadInput or Refused, with nothing changed.
    """
    engine, started = engine_of(settings), time.monotonic()
    if not drill and not replace and holds_anything(engine.held()):
        raise Refused(
            f"{engine.where}: this database holds records. To put the backup in its place, add --replace: "
            "the old one is then kept aside."
        )
    with working_folder(home) as folder:
        manifest = unpack(file, folder, key_file=key_file)
        say(f"Unlocked, and every chunk is whole: {file.name}, {file.stat().st_size:,} bytes")
        say(f"Taken {manifest.taken_at} by {manifest.by}, by Golden Thread {manifest.version} on {manifest.engine}")
        if manifest.engine != engine.name:
            raise BadInput(
                f"{file}: this is a backup of a {manifest.engine} database, and {engine.where} is {engine.name}. "
                "Restore it into a database of its own kind."
            )
        for part in manifest.parts:
            say(f"“{part.name}” has the SHA-256 that it was backed up with: {part.size:,} bytes")
        for line in engine.check_copy(folder / engine.part, manifest.tables):
            say(line)
        try:
            _prove(engine, engine.stage(folder / engine.part), home, manifest, file, by=by, drill=drill, say=say)
            aside = "" if drill else engine.swap()
        finally:
            engine.discard()
        if not drill:
            _put_back_outside(folder, home, manifest)
    say(f"Took {time.monotonic() - started:.1f} seconds")
    return Restored(manifest, aside)


def _prove(
    engine: Engine, url: str, home: Path, manifest: Manifest, file: Path, *, by: str, drill: bool, say: Say
) -> None:
    if faults := differences(manifest.tables, engine.staged_tables()):
        raise BadInput(f"{file}: what was restored is not what was backed up: {'; '.join(faults)}.")
    rows = sum(table.rows for table in manifest.tables.values())
    say(f"{len(manifest.tables)} tables with {rows:,} rows: counts and digests equal to the backup's")
    said = _ask_inside(url, home, engine.trail_name, "drill" if drill else "restore", by, manifest.taken_at)
    for line in said.splitlines():
        say(line)


def _ask_inside(url: str, home: Path, trail_name: str, *arguments: str) -> str:
    """What only the product itself can check, in a process of its own on what was restored."""
    ended = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "goldenthread.cli.restored", *arguments],
        env={
            **os.environ,
            "DATABASE_URL": url,
            "GOLDENTHREAD_HOME": str(home),
            "GOLDENTHREAD_TRAIL_DATABASE": trail_name,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise Refused(f"The restored database does not hold together: {(ended.stdout + ended.stderr).strip()[-800:]}")
    return ended.stdout


def _put_back_outside(folder: Path, home: Path, manifest: Manifest) -> None:
    for part in manifest.parts:
        if part.name in OUTSIDE:
            partly = home / f".{part.name}.part"
            shutil.copyfile(folder / part.name, partly)
            partly.replace(home / part.name)
