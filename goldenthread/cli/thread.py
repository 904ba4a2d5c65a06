"""`goldenthread thread`: the golden thread, recommendation by recommendation."""

from datetime import date
from typing import TYPE_CHECKING

import typer

from goldenthread.cli.output import AsJson, Day, Known, day, end_of_day, print_json, say

if TYPE_CHECKING:
    from goldenthread.plan.models import Plan


def thread(as_at: Day = None, known_at: Known = None, as_json: AsJson = False) -> None:
    """Print each recommendation, its requirements, the obligations counted, and what has no evidence yet.

    Of the plan in force; where none is held, of the recommendations that the built-in requirements serve.

    Examples: goldenthread thread --as-at 2003-10-31; goldenthread thread --json
    """
    instant, known = end_of_day(as_at), end_of_day(known_at, "--known-at")
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.catalogue.thread import current_plan
    from goldenthread.catalogue.thread import thread as draw

    plan = current_plan()
    lines = draw(plan, instant, known, documents=_published(plan, day(as_at)))
    if as_json:
        print_json([line.as_data() for line in lines])
        return
    say(str(plan) if plan else "No plan is held yet: recommendations by the requirements that serve them.")
    for line in lines:
        typer.echo(f"{line.number} {line.title}".strip())
        for key in line.requirements:
            typer.echo(f"    requirement  {key}")
        for document in line.documents:
            typer.echo(f"    document     {document}")
        c = line.counts
        if line.has_evidence:
            typer.echo(
                f"    obligations  {c.met} met, {c.late} met late, {c.overdue} overdue, {c.due} due, {c.excused} excused"
            )
        else:
            typer.echo("    no evidence yet")


def _published(plan: "Plan | None", as_at: date | None) -> list[str]:
    """The reports that were published about the plan, each by its title and edition."""
    from goldenthread.reports.models import PublishedReport

    if plan is None:
        return []
    found = PublishedReport.objects.without_files().filter(plan=plan).order_by("as_at", "edition")
    if as_at:
        found = found.filter(as_at__lte=as_at)
    return [f"{report.title}, edition {report.edition}" for report in found]
