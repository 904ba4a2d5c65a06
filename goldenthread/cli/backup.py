"""`goldenthread backup` and `goldenthread restore`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from goldenthread.cli.output import As, officer, say, write_file
from goldenthread.core.errors import BadInput

Key = Annotated[
    Path | None,
    typer.Option("--key-file", help="The key; left out, “backup.key” in the data folder, or the passphrase."),
]


def backup(file: Annotated[Path, typer.Argument(help="The new backup.")], key_file: Key = None, by: As = None) -> None:
    """Back up everything to one encrypted file, while others go on working, and prove that it reads back.

    It is locked with the key file (made on first use), or with GOLDENTHREAD_BACKUP_PASSPHRASE where that is set. Keys
    are never in it.

    Example: goldenthread backup /mnt/backups/2026-06-30.backup
    """
    from goldenthread.cli.database import ready

    ready()
    from django.conf import settings
    from django.db import transaction

    from goldenthread.backups.keeping import KEPT_APART, back_up
    from goldenthread.backups.keys import how_locked
    from goldenthread.core import trail

    if not file.parent.is_dir():
        raise BadInput(f"{file.parent}: there is no such folder.")
    acting = officer(by)
    with transaction.atomic():
        trail.write("back up", "database", by=acting, why="command-line")
    done = back_up(settings.DATABASES["default"], settings.HOME, file, key_file=key_file, by=acting.get_username())
    rows = sum(table.rows for table in done.tables.values())
    say(f"Wrote {file}: {len(done.tables)} tables, {rows:,} rows, {file.stat().st_size:,} bytes")
    say("Read back, unlocked and compared: equal")
    here = [name for name in KEPT_APART if (settings.HOME / name).is_file()]
    say(
        f"Not in it: the keys {', '.join(here)} of {settings.HOME}. Keep a copy of them elsewhere, apart from the backup."
    )
    if how_locked(key_file) == "file":
        say(f"Without {key_file or settings.HOME / 'backup.key'} nobody can open this backup.")


def restore(
    file: Annotated[Path, typer.Argument(help="The backup.")],
    into: Annotated[
        str | None, typer.Option("--into", metavar="HOME|DATABASE_URL", help="Another data folder or database.")
    ] = None,
    key_file: Key = None,
    replace: Annotated[bool, typer.Option("--replace", help="Where there are records: keep them aside.")] = False,
    drill: Annotated[bool, typer.Option("--drill", help="Restore into a temporary place only, and report.")] = False,
    report: Annotated[Path | None, typer.Option(help="Where the report of a drill goes.")] = None,
) -> None:
    """Put a backup back: unlock it, prove it in a temporary place, and only then let it take the database's place.

    End the server first. Where anything is wrong, the message says what, and nothing is changed.

    Examples: goldenthread restore june.backup --into /srv/new-home; goldenthread restore --drill june.backup
    """
    import os

    from goldenthread.backups import keeping
    from goldenthread.core.home import data_home, database_from

    home = data_home()
    key = key_file or home / "backup.key"
    url = into if into and "://" in into else None
    if into and not url:
        home = Path(into).expanduser().resolve()
    try:
        wanted = database_from(url or (None if into else os.environ.get("DATABASE_URL")), home)
    except ValueError as fault:
        raise BadInput(str(fault)) from None
    lines: list[str] = []

    def told(line: str) -> None:
        lines.append(line)
        say(line)

    done = keeping.restore(wanted, home, file, key_file=key, by="command-line", say=told, replace=replace, drill=drill)
    if drill:
        now = datetime.now(UTC)
        told("The drill is passed: this backup can be restored")
        text = "\n".join([f"Restore drill, {now:%Y-%m-%d %H:%M} UTC", "", *lines, ""])
        write_file(text.encode(), report or home / "drills" / f"restore-drill-{now:%Y%m%dT%H%M%S}.txt")
        return
    if done.aside:
        say(f"The old database is kept as {done.aside}")
    say(f"Restored. The keys ({', '.join(keeping.KEPT_APART)}) were not in the backup: put yours in {home}.")
