"""What commands share: who acts, days as typed, progress, and where a file goes."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from goldenthread.core.errors import BadInput, Refused

if TYPE_CHECKING:
    from goldenthread.people.models import Officer

COMMAND_LINE = "command-line"

Day = Annotated[str | None, typer.Option("--as-at", metavar="DATE", help="As at the end of this day: 2003-10-31.")]
Known = Annotated[
    str | None, typer.Option("--known-at", metavar="DATE", help="On what was known by the end of this day.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
As = Annotated[
    str | None,
    typer.Option("--as", metavar="USERNAME", help="The officer who acts; left out, the account “command-line”."),
]


def day(text: str | None, option: str = "--as-at") -> date | None:
    """A day as typed (2003-10-31). Raises BadInput for anything else."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{option} {text}: this is not a date; write it as 2003-10-31.") from None


def end_of_day(text: str | None, option: str = "--as-at") -> datetime | None:
    """The last instant of a day as typed. Raises BadInput."""
    from goldenthread.core.clock import end_of

    found = day(text, option)
    return end_of(found) if found else None


def officer(username: str | None) -> "Officer":
    """Who acts. Left out: the account “command-line”, a quality officer who cannot sign in, made on first use.

    Raises Refused for somebody unknown or no longer active.
    """
    from goldenthread.people.models import Officer

    if username is None:
        found = Officer.objects.filter(username=COMMAND_LINE).first()
        return found or Officer.objects.create_officer(COMMAND_LINE, name="Command line", role="quality-officer")
    named = Officer.objects.filter(username=username, is_active=True).first()
    if named is None:
        raise Refused(f"--as {username}: there is no active officer of that username.")
    return named


def say(text: str = "") -> None:
    """A line for people, on the error stream: the output itself stays clean for pipes."""
    typer.echo(text, err=True)


def print_json(data: Any) -> None:
    """Data as JSON, with accents as they are."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def write_file(content: bytes, file: Path | None) -> None:
    """To a file, or to the standard output. Raises BadInput where the file cannot be written."""
    if file is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as fault:
        raise BadInput(f"{file}: cannot be written ({fault.strerror}).") from None
    say(f"Wrote {file}")


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal; elsewhere one quiet line. Call what it gives with how many are done, of how many."""
    if not sys.stderr.isatty():
        say(f"{what}…")
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
