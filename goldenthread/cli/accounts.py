"""`goldenthread accounts`: what is done about accounts by rule."""

import typer

app = typer.Typer(help="Accounts: what is done about them by rule.", no_args_is_help=True)


@app.callback()
def accounts() -> None:
    """Accounts: what is done about them by rule."""


@app.command("close-dormant")
def close_dormant() -> None:
    """Close the accounts that nobody has used for ninety days; never the last administrator's. Run it every night.

    Example: goldenthread accounts close-dormant
    """
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.people import actions

    closed = actions.close_dormant()
    for officer in closed:
        typer.echo(officer.username)
    typer.echo(f"{len(closed)} closed", err=True)
