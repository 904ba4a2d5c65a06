"""`goldenthread accounts` and `goldenthread code`."""

from typing import Annotated

import typer

from goldenthread.cli.output import As, officer, say
from goldenthread.core.errors import Refused

app = typer.Typer(help="Accounts: close those that nobody uses.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Accounts: close those that nobody uses."""


@app.command("close-dormant")
def close_dormant(as_: As = None) -> None:
    """Close every account that has not been used for 90 days; the last administrator's stays. For a nightly job.

    Example: goldenthread accounts close-dormant
    """
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.people import accounts

    for closed in accounts.close_dormant(by=officer(as_)):
        typer.echo(closed.username)


def code(username: Annotated[str, typer.Argument(help="Whose code.")]) -> None:
    """Say the second-factor code of a made-up officer, now. Only for the demonstration authority.

    Example: goldenthread code administrator
    """
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.cli.serve import is_demonstration
    from goldenthread.people import second_factor
    from goldenthread.people.models import SecondFactor

    if not is_demonstration():
        raise Refused("Codes are said only for the demonstration authority: this database holds a real one.")
    factor = SecondFactor.objects.filter(officer__username=username).first()
    if factor is None:
        raise Refused(f"{username} has no second factor.")
    step = second_factor.present_step()
    if factor.last_step >= step:
        say("This code is used already: ask again in half a minute.")
    typer.echo(second_factor.code_at(second_factor.unseal(factor.sealed), step))
