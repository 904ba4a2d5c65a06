"""`goldenthread accounts` and `goldenthread code`."""

from typing import Annotated

import typer

from goldenthread.cli.output import As, AsJson, officer, print_json, say
from goldenthread.core.errors import Refused

app = typer.Typer(help="Accounts: review them, and close those that nobody uses.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Accounts: review them, and close those that nobody uses."""


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


@app.command("reset-second-factor")
def reset_second_factor(username: Annotated[str, typer.Argument(help="The last administrator's user name.")]) -> None:
    """Take away the second factor of the last administrator, who lost it and whom nobody else can help.

    Example: goldenthread accounts reset-second-factor administrator
    """
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.people import accounts
    from goldenthread.people.models import Officer

    found = Officer.objects.filter(username=username).first()
    if found is None:
        raise Refused(f"There is no account “{username}”.")
    accounts.reset_last_administrator(officer=found, by=officer(None))
    say(f"The second factor of {username} is gone: they set up another when they sign in.")


@app.command("review")
def review(as_json: AsJson = False) -> None:
    """The access review: every account as it stands now, and what a reviewer last said of it.

    Example: goldenthread accounts review --json
    """
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.people.access_review import rows
    from goldenthread.people.models import Officer

    found = [
        {
            "username": row.officer.username, "name": row.officer.name, "role": row.officer.role,
            "team": str(row.officer.team or row.officer.area or ""), "in_use": row.officer.is_active,
            "second_factor": row.twice, "dormant": row.dormant, "last_used": row.officer.last_login,
            "changes_since_review": row.changes, "reviewed_at": row.review and row.review.at,
            "reviewed_by": row.review and row.review.by.username, "right": row.review and row.review.right,
        }
        for row in rows(Officer.objects.all())
    ]  # fmt: skip
    if as_json:
        print_json(found)
        return
    for row in found:
        used = f"{row['last_used']:%Y-%m-%d}" if row["last_used"] else "never"
        state = "dormant" if row["dormant"] else "in use" if row["in_use"] else "closed"
        twice = "second factor" if row["second_factor"] else "password only"
        said = {None: "not reviewed", True: "right", False: "to change"}[row["right"]]  # type: ignore[index]
        typer.echo(f"{row['username']:<24} {row['role']:<20} {state:<8} {twice:<14} {used:<10}  {said}")


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
