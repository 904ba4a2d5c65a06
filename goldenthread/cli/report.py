"""`goldenthread report`: a report as at a date, in any format."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from goldenthread.cli.output import As, Day, day, officer, write_file


class Kind(StrEnum):
    """The formats that a report is drawn in."""

    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    JSON = "json"


def report(
    name: Annotated[str, typer.Argument(help="Which report: progress, unmet-need…")],
    as_at: Day = None,
    first: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DATE",
            help="From this day on, for reports on a time (attendance, legal-advice, interpreters).",
        ),
    ] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The same as --as-at.")] = None,
    kind: Annotated[Kind, typer.Option("--format", help="How it is drawn.")] = Kind.HTML,
    file: Annotated[Path | None, typer.Option("-o", "--output", help="The file; left out, printed.")] = None,
    as_: As = None,
) -> None:
    """Draw a report as at the end of a day (left out: today). Drawing publishes nothing.

    Example: goldenthread report progress --as-at 2003-10-31 --format pdf -o progress.pdf
    """
    from goldenthread.core.errors import BadInput

    at, until, since = day(as_at), day(last, "--to"), day(first, "--from")
    if at and until and at != until:
        raise BadInput("--as-at and --to name two different days, and mean the same: leave one of them out.")
    on = at or until
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.core.clock import today
    from goldenthread.reports.registry import REPORTS, build, render

    if name not in REPORTS:
        raise BadInput(f"There is no report “{name}”; there are: {', '.join(sorted(REPORTS))}.")
    write_file(render(build(name, on or today(), by=officer(as_), first=since), kind.value), file)
