"""`goldenthread accounts` and `goldenthread code`."""

from datetime import date
from typing import Annotated, Any

import typer

from goldenthread.cli.output import As, AsJson, day, officer, print_json, say
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
def review(
    as_at: Annotated[
        str | None, typer.Option(help="As it was at the end of this day (2026-10-31), by the trail.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The access review: every account as it stands now, or stood then, and what a reviewer last said of it.

    Example: goldenthread accounts review --as-at 2026-10-31 --json
    """
    past = day(as_at)
    from goldenthread.cli.database import ready

    ready()
    if past is None:
        _now(as_json)
    else:
        _then(past, as_json)


_SAID = {None: "not reviewed", True: "right", False: "to change"}


def _now(as_json: bool) -> None:
    from goldenthread.people.access_review import rows
    from goldenthread.people.models import Officer

    found: list[dict[str, Any]] = [
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
        typer.echo(f"{row['username']:<24} {row['role']:<20} {state:<8} {twice:<14} {used:<10}  {_SAID[row['right']]}")


def _then(past: date, as_json: bool) -> None:
    from goldenthread.people.access_as_at import rows_as_at
    from goldenthread.people.models import Officer

    found = rows_as_at(Officer.objects.all(), past)
    if as_json:
        rows = [
            {
                "username": row.officer.username, "name": row.officer.name, "account": row.state,
                "role": row.role if row.there else None, "team": row.team if row.there else None,
                "second_factor": row.twice, "last_signed_in": row.last, "reviewed_at": row.review and row.review.at,
                "reviewed_by": row.review and row.review.by.username, "right": row.review and row.review.right,
            }
            for row in found.rows
        ]  # fmt: skip
        print_json({"as_at": past, "trail_begins": found.begins, "opened_since": found.later, "accounts": rows})
        return
    twice = {None: "not known", True: "second factor", False: "password only"}
    for row in found.rows:
        used = f"{row.last:%Y-%m-%d}" if row.last else "not on the trail"
        said = _SAID[row.review.right if row.review else None]
        role, team = (row.role, row.team) if row.there else ("", "")
        typer.echo(
            f"{row.officer.username:<24} {row.state:<9} {role:<28} {team:<30} {twice[row.twice]:<14} {used:<16}  {said}"
        )
    say(f"The trail begins on {found.begins:%Y-%m-%d}. {found.later} accounts were opened since {past}.")


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
