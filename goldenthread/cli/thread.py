"""`goldenthread thread`: the golden thread, recommendation by recommendation."""

import typer

from goldenthread.cli.output import AsJson, Day, Known, end_of_day, print_json, say


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
    lines = draw(plan, instant, known)
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
