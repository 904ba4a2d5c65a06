"""`goldenthread search`: the index by which children are found."""

import typer

from goldenthread.cli.output import AsJson, print_json, progress

app = typer.Typer(help="The index by which children are found: check it, make it anew.", no_args_is_help=True)


@app.command(epilog="Example: [bold]goldenthread search check[/bold]")
def check(as_json: AsJson = False) -> None:
    """Work out every child's keys from the records, and name each child whose keys differ. Changes nothing.

    Exit code 1 where any differs.
    """
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.cases.finding import keeping
    from goldenthread.cases.models import Child

    with progress("Checking the index against the records") as step:
        wrong = keeping.out_of_step(step)
    children = Child.objects.count()
    if as_json:
        print_json({"children": children, "out_of_step": wrong})
    else:
        for pk in wrong:
            typer.echo(f"child {pk}: its keys are not those of its record")
        typer.echo(f"{len(wrong)} out of step, of {children} children")
    if wrong:
        raise typer.Exit(1)


@app.command(epilog="Example: [bold]goldenthread search rebuild[/bold]")
def rebuild() -> None:
    """Make the index anew from the records."""
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.cases.finding import keeping

    with progress("Making the index of the search") as step:
        keys = keeping.rebuild(step)
    typer.echo(f"{keys} keys")
