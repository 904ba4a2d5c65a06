"""docs/reference/commands.md, from the commands themselves."""

from collections.abc import Iterator
from typing import Any

from typer.main import get_command


def commands_page() -> str:
    """Every command, with what it takes."""
    from goldenthread.cli.app import app

    lines = ["# Commands", "", "Written from the code by `goldenthread reference`; do not edit.", ""]
    root: Any = get_command(app)
    lines += [str(root.epilog), ""]
    for name, command in _walk(root, "goldenthread"):
        lines += [f"## `{name}`", "", *_text(command.help), ""]
        rows = [_parameter(p) for p in command.params if getattr(p, "name", "") != "help"]
        if rows:
            lines += ["| | |", "|---|---|", *rows, ""]
        if command.epilog:
            lines += [str(command.epilog).replace("[bold]", "`").replace("[/bold]", "`"), ""]
    return "\n".join(lines).rstrip() + "\n"


def _text(help_text: str | None) -> list[str]:
    return [line.strip() for line in (help_text or "").splitlines()]


def _walk(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    children = getattr(command, "commands", None)
    if children is None:
        yield name, command
        return
    for child in children:
        yield from _walk(children[child], f"{name} {child}")


def _parameter(parameter: Any) -> str:
    is_argument = parameter.param_type_name == "argument"
    names = parameter.name.upper() if is_argument else ", ".join(parameter.opts)
    default = parameter.default
    shown = "" if default in (None, False) or callable(default) or is_argument else f" (default: {default})"
    return f"| `{names}` | {getattr(parameter, 'help', None) or ''}{shown} |"
