"""`goldenthread trail`: who saw and did what, and whether the trail is whole."""

from dataclasses import asdict
from typing import Annotated

import typer

from goldenthread.cli.output import AsJson, day, officer, print_json, progress, say

app = typer.Typer(help="The trail: check it, anchor it, read it.", no_args_is_help=True)

Reader = Annotated[
    str, typer.Option("--as", metavar="USERNAME", help="Who reads: an officer whose role may read the trail.")
]
From = Annotated[str, typer.Option("--from", metavar="DATE", help="The first day: 2003-10-01.")]
To = Annotated[str, typer.Option("--to", metavar="DATE", help="The last day: 2003-10-31.")]


@app.command(epilog="Example: [bold]goldenthread trail verify[/bold]")
def verify(as_json: AsJson = False) -> None:
    """Recompute every seal of the trail, and compare it with the anchors. Names the first bad row. Changes nothing.

    Exit code 1 where anything is not as it was sealed.
    """
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.core.verifying import verify as check

    with progress("Checking the trail") as step:
        found = check(tell=step)
    if as_json:
        print_json(asdict(found))
    else:
        for fault in found.faults:
            typer.echo(str(fault))
        whole = "is whole" if not found.faults else "is NOT whole"
        typer.echo(
            f"The trail {whole}: {found.rows} entries, {found.anchored} anchors. Head {found.head or 'not reached'}"
        )
        if found.restores:
            typer.echo(f"A backup was put back {found.restores} times: what was anchored beyond it is not compared.")
    if found.faults:
        raise typer.Exit(1)


@app.command(epilog="Example: [bold]goldenthread trail anchor[/bold]")
def anchor() -> None:
    """Sign the head of the trail as it stands into the file of anchors, and print it in words."""
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.core import anchors
    from goldenthread.core.errors import Refused

    try:
        made = anchors.anchor()
    except OSError as fault:
        raise Refused(f"{anchors.where()}: cannot be written ({fault.strerror}).") from None
    if made is None:
        raise Refused("The trail is empty: there is nothing to anchor.")
    typer.echo(f"Head {made.words}")
    say(f"Signed into {anchors.where()}; the key to check it with is {anchors.public_key()}")


@app.command(
    epilog="Examples: [bold]goldenthread trail show --subject referrals.referral:12 --as team-manager[/bold], "
    "[bold]goldenthread trail show --officer asha --as team-manager[/bold]"
)
def show(
    as_: Reader,
    subject: Annotated[str | None, typer.Option(metavar="KEY", help="A record: referrals.referral:12.")] = None,
    who: Annotated[str | None, typer.Option("--officer", metavar="USERNAME", help="An officer in the line.")] = None,
    most: Annotated[int, typer.Option(min=1, max=10_000, help="How many entries, newest first.")] = 100,
) -> None:
    """Who has seen a record, or what an officer has seen, within the reader's line. Reading is itself on the trail."""
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.core.clock import LONDON
    from goldenthread.core.errors import BadInput
    from goldenthread.pages.seen import read_about, read_by

    if (subject is None) == (who is None):
        raise BadInput("Name either --subject or --officer.")
    reader = officer(as_)
    entries = read_about(subject, by=reader) if subject else read_by(str(who), by=reader)
    for entry in entries[:most]:
        place = " ".join(entry.origin.get(name, "") for name in ("address", "page")).strip()
        at = entry.at.astimezone(LONDON)
        typer.echo(f"{at:%Y-%m-%d %H:%M:%S}  {entry.officer}  {entry.deed}  {entry.subject}  {entry.why}  {place}")


@app.command(epilog="Example: [bold]goldenthread trail snooping --from 2026-10-01 --to 2026-10-31 --as director[/bold]")
def snooping(
    as_: Reader,
    first: From,
    last: To,
    draw: Annotated[bool, typer.Option("--draw", help="Draw the random sample for managers to account for.")] = False,
    as_json: AsJson = False,
) -> None:
    """Accesses to ask about: same surname, no relationship, bursts, refusals, leavers. Keys and counts; no names."""
    start, end = day(first, "--from"), day(last, "--to")
    from goldenthread.cli.database import ready

    ready()
    from goldenthread.pages.snooping import snooping_report
    from goldenthread.people.accounting import draw_sample

    if start is None or end is None:
        return
    reader = officer(as_)
    found = snooping_report(start, end, by=reader)
    drawn = draw_sample(first=start, last=end, by=reader) if draw else None
    if as_json:
        print_json(asdict(found) | {"drawn": drawn})
        return
    for section in found.sections:
        typer.echo(f"{section.title}: {section.left_out or section.count}")
        for line in section.lines:
            typer.echo(f"  {line.officer}  {line.count}  {line.about}  {' '.join(line.keys)}".rstrip())
    if drawn is not None:
        typer.echo(f"Drawn for managers to account for: {drawn}")
