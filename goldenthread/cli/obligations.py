"""`goldenthread obligations`: the ledger of what is owed."""

from dataclasses import asdict

import typer

from goldenthread.cli.output import AsJson, Day, Known, end_of_day, print_json, progress

app = typer.Typer(help="What is owed: count it, check it against the records, work it out anew.", no_args_is_help=True)


@app.command(epilog="Example: [bold]goldenthread obligations verify[/bold]")
def verify(as_json: AsJson = False) -> None:
    """Recompute every row of the ledger from the records, and name each that differs. Changes nothing.

    Exit code 1 where any differs.
    """
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.obligations import ledger
    from goldenthread.obligations.models import Obligation

    with progress("Checking the ledger against the records") as step:
        differences = ledger.verify(step)
    rows = Obligation.objects.count()
    if as_json:
        print_json({"rows": rows, "differences": [str(difference) for difference in differences]})
    else:
        for difference in differences:
            typer.echo(str(difference))
        typer.echo(f"{len(differences)} differences in {rows} obligations")
    if differences:
        raise typer.Exit(1)


@app.command(epilog="Example: [bold]goldenthread obligations rebuild[/bold]")
def rebuild() -> None:
    """Work out every row of the ledger anew from the records."""
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.obligations import ledger

    with progress("Working out what is owed") as step:
        rows = ledger.rebuild(step)
    typer.echo(f"{rows} obligations")


@app.command(
    epilog="Examples: [bold]goldenthread obligations tally --as-at 2003-10-31[/bold], "
    "[bold]goldenthread obligations tally --as-at 2003-10-31 --known-at 2003-12-31 --json[/bold]"
)
def tally(as_at: Day = None, known_at: Known = None, as_json: AsJson = False) -> None:
    """Count what is owed by requirement; with --json, by requirement, team and month.

    --as-at alone counts on what was known that day; with --known-at, on what was known by a later one.
    """
    instant, known = end_of_day(as_at), end_of_day(known_at, "--known-at")
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.core.clock import now
    from goldenthread.obligations.requirement import installed
    from goldenthread.obligations.tally import Counts, totals
    from goldenthread.obligations.tally import tally as count
    from goldenthread.people.models import Team

    rows = count(instant or now(), known)
    if as_json:
        teams = dict(Team.objects.values_list("pk", "key"))
        print_json(
            [
                {
                    "requirement": row.requirement,
                    "team": teams.get(row.team_id) if row.team_id else None,
                    "month": f"{row.month:%Y-%m}",
                    **asdict(row.counts),
                }
                for row in rows
            ]
        )
        return
    counted = totals(rows)
    keys = [*installed(), *sorted(counted.keys() - installed().keys())]
    width = max((len(key) for key in keys), default=0)
    typer.echo(f"{'':{width}} {'met':>8} {'late':>8} {'overdue':>8} {'due':>8} {'excused':>8}")
    for key in keys:
        c = counted.get(key, Counts())
        typer.echo(f"{key:{width}} {c.met:>8} {c.late:>8} {c.overdue:>8} {c.due:>8} {c.excused:>8}")
