"""`goldenthread plan`: the improvement plan in and out."""

import hashlib
import json
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from goldenthread.cli.output import As, Day, day, officer, say, write_file
from goldenthread.core.errors import Refused

if TYPE_CHECKING:
    from goldenthread.plan.content import PlanContent
    from goldenthread.plan.models import Plan

app = typer.Typer(help="The improvement plan: import, list, export, or adopt the one shipped.", no_args_is_help=True)


class Kind(StrEnum):
    """The formats that a plan is written in."""

    JSON = "json"
    XLSX = "xlsx"
    DOCX = "docx"


@app.command(
    "import",
    epilog="Examples: [bold]goldenthread plan import plan.docx --dry-run[/bold], "
    "[bold]goldenthread plan import plan.txt --as-at 2003-10-31 --as isla[/bold]",
)
def import_(
    file: Annotated[Path, typer.Argument(help="The plan: .txt (flattened text), .docx or .xlsx.")],
    as_at: Day = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and show; store nothing.")] = False,
    as_: As = None,
) -> None:
    """Read a plan, show what was found, and hold it.

    Refused (exit code 2, nothing stored) where the file cannot be read, or where any line of it would be lost or kept
    twice. A later version of a plan that is held already is compared with it, and both are kept.
    """
    on = day(as_at)
    from goldenthread.cli.database import ready, settings

    settings()
    from goldenthread.exchange.readers import read_plan_safely

    content = read_plan_safely(file, on)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    _show(content)
    kept = content.conservation()
    if not kept.holds:
        for line in kept.missing:
            say(f"In no field: {line.place}: {line.text}")
        for line in kept.doubled:
            say(f"In more than one field: {line.place}: {line.text}")
        raise Refused(f"{file.name}: {kept.placed} of {kept.lines} lines in exactly one field, so nothing was stored.")
    ready()
    from goldenthread.plan.storing import confirm_import, likely_previous

    previous = likely_previous(content)
    if previous:
        _compare(previous, content)
    if dry_run:
        say("Nothing was stored (--dry-run).")
        return
    plan = confirm_import(
        content=content, file_name=file.name, digest=digest, as_at=on, previous=previous, by=officer(as_)
    )
    typer.echo(f"Plan {plan.pk}: {plan}")


@app.command(epilog="Examples: [bold]goldenthread plan export > plan.json[/bold], "
             "[bold]goldenthread plan export --format docx -o plan.docx[/bold]")  # fmt: skip
def export(
    kind: Annotated[Kind, typer.Option("--format", help="How it is written.")] = Kind.JSON,
    file: Annotated[Path | None, typer.Option("-o", "--output", help="The file; left out, printed.")] = None,
    plan: Annotated[int | None, typer.Option(help="The plan's number in “plan list”; left out, the last.")] = None,
    as_at: Day = None,
) -> None:
    """Write a plan as it stands: the one in force that was confirmed last, or another by its number."""
    on = day(as_at)
    from goldenthread.cli.database import ready

    ready()
    chosen = _plan(plan)
    from goldenthread.plan.storing import content_of

    write_file(_written(content_of(chosen, on), kind), file)


@app.command("list", epilog="Example: [bold]goldenthread plan list[/bold]")
def list_() -> None:
    """List the plans that are held, every version of each."""
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.plan.models import Plan

    for plan in Plan.objects.order_by("pk"):
        state = "in force" if plan.is_current else "has a later version"
        typer.echo(f"{plan.pk:>4}  {plan}  ({state})")
    if not Plan.objects.exists():
        say("No plan is held yet: “goldenthread plan import FILE” or “goldenthread plan adopt”.")


@app.command(epilog="Example: [bold]goldenthread plan adopt --as-at 2026-04-01[/bold]")
def adopt(as_at: Day = None, as_: As = None) -> None:
    """Adopt the plan that is shipped: seven standards, 28 recommendations, tied to their requirements."""
    on = day(as_at)
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.core.clock import today
    from goldenthread.plan.template import adopt_template

    plan = adopt_template(adopted_on=on or today(), by=officer(as_))
    typer.echo(f"Plan {plan.pk}: {plan}")


def _written(content: "PlanContent", kind: Kind) -> bytes:
    from goldenthread.exchange.writers import to_docx, to_json, to_xlsx

    if kind is Kind.JSON:
        return (json.dumps(to_json(content), ensure_ascii=False, indent=2) + "\n").encode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"plan.{kind.value}"
        (to_docx if kind is Kind.DOCX else to_xlsx)(content, path)
        return path.read_bytes()


def _plan(number: int | None) -> "Plan":
    from goldenthread.plan.models import Plan

    last = Plan.objects.current().order_by("-pk")
    found = (last if number is None else Plan.objects.filter(pk=number)).first()
    if found is None:
        raise Refused("No plan is held yet." if number is None else f"--plan {number}: there is no such plan.")
    return found


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _show(content: "PlanContent") -> None:
    from goldenthread.core.templatetags.words import day as in_words

    recommendations = list(content.recommendations())
    actions = [action for rec in recommendations for action in rec.actions]
    leads = sum(len(rec.leads) for rec in recommendations) + sum(len(action.leads) for action in actions)
    timescales = sum(len(rec.timescales) for rec in recommendations) + sum(bool(a.timescale) for a in actions)
    kept = content.conservation()
    say(f"{content.title}, as at {in_words(content.as_at)}" if content.as_at else content.title)
    say(
        ", ".join(
            (
                _count(len(content.standards), "standard"),
                _count(len(recommendations), "recommendation"),
                _count(len(actions), "action"),
                _count(leads, "lead"),
                _count(timescales, "timescale"),
            )
        )
    )
    say(f"{kept.placed} of {kept.lines} lines in exactly one field")
    for note in content.notes:
        say(f"Note: {note}")
    for rec in recommendations:
        for matter in rec.to_settle:
            say(f"To settle in {rec.number}: {matter}")


def _compare(previous: "Plan", content: "PlanContent") -> None:
    from goldenthread.exchange.comparison import compare
    from goldenthread.plan.storing import content_of

    say(f"A later version of plan {previous.pk}, “{previous}”. Both are kept.")
    for line in compare(content_of(previous), content).in_words().splitlines():
        say(f"  {line}")
