"""`goldenthread reference`: the pages of docs/reference, written from the code."""

from pathlib import Path
from typing import Annotated

import typer

from goldenthread.cli.output import say


def reference(
    folder: Annotated[Path, typer.Argument(help="Where the pages go.")] = Path("docs/reference"),
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit code 1 where a page is out of date.")
    ] = False,
) -> None:
    """Write docs/reference: requirements, timescales, access and commands, as the code has them.

    Examples: goldenthread reference; goldenthread reference --check
    """
    from goldenthread.cli.database import settings

    settings()
    from goldenthread.catalogue.reference import access_page, requirements_page, timescales_page
    from goldenthread.cli.commands_page import commands_page

    pages = {
        "requirements.md": requirements_page(),
        "timescales.md": timescales_page(),
        "access.md": access_page(),
        "commands.md": commands_page(),
    }
    stale = []
    for name, text in pages.items():
        file = folder / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                folder.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
    for name in stale:
        say(f"{folder / name}: {'out of date: run “goldenthread reference”' if check else 'written'}")
    if check and stale:
        raise typer.Exit(1)
