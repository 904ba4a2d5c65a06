"""`goldenthread demo`, `run`, `serve` and `check`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from goldenthread.cli.output import day, progress, say, write_file
from goldenthread.core.errors import Refused

Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to serve on.")]
Host = Annotated[str, typer.Option(help="The address to serve on; this machine only, unless you say otherwise.")]
Seed = Annotated[int, typer.Option(help="The same seed makes the same data.")]
Children = Annotated[int, typer.Option(min=1, max=1_000_000, help="How many children.")]
Months = Annotated[int, typer.Option(min=1, max=240, help="How many months of practice, up to today.")]
Today = Annotated[str | None, typer.Option("--today", metavar="DATE", help="The day that is today: 2026-06-30.")]

OUT = Path("out")
FORMATS = ("html", "docx", "pdf")


def demo(
    seed: Seed = 2003,
    children: Children = 1000,
    months: Months = 24,
    today: Today = None,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Load, and do not serve afterwards.")] = False,
    port: Port = 8000,
) -> None:
    """Load the demonstration authority (a made-up council) into an empty database, then serve it.

    Examples: goldenthread demo; goldenthread demo --seed 7 --children 200 --months 12 --today 2026-06-30 --no-serve
    """
    on = day(today, "--today")
    from goldenthread.cli.database import ready

    ready()
    if not _is_empty():
        raise Refused(
            "The database holds officers already: the demonstration authority goes into an empty one. "
            "Name another data folder with GOLDENTHREAD_HOME, or serve this one with “goldenthread serve”."
        )
    _load(seed, children, months, on)
    if not no_serve:
        _say_where(port)
        _serve("127.0.0.1", port)


def run(port: Port = 8000, out: Annotated[Path, typer.Option(help="Where the reports go.")] = OUT) -> None:
    """Everything at once: make the database, load the demonstration authority, publish its report, serve.

    What is there already is kept, so a second time starts in seconds.

    Examples: goldenthread run; goldenthread run --port 8080
    """
    from goldenthread.cli.database import ready

    ready()
    if _is_empty():
        _load(seed=2003, children=1000, months=24, today=None)
    if is_demonstration():
        _publish(out)
    _say_where(port)
    _serve("127.0.0.1", port)


def serve(port: Port = 8000, host: Host = "127.0.0.1") -> None:
    """Serve the pages. Example: goldenthread serve --port 8080"""
    from goldenthread.cli.database import ready

    ready()
    _say_where(port)
    _serve(host, port)


def check() -> None:
    """Say what is held and where, and whether the settings are sound. Exit code 1 where they are not.

    Example: goldenthread check
    """
    from goldenthread.cli.database import ready

    ready()
    from django.conf import settings
    from django.core.checks import run_checks
    from django.db import connection

    from goldenthread.core.verifying import OTHER_KEY, head_holds
    from goldenthread.obligations.models import Obligation
    from goldenthread.people.models import Officer
    from goldenthread.plan.models import Plan

    typer.echo(f"data folder  {settings.HOME}")
    typer.echo(f"database     {connection.vendor}: {connection.settings_dict['NAME']}")
    typer.echo(f"officers     {Officer.objects.count()}")
    typer.echo(f"plans        {Plan.objects.count()}")
    typer.echo(f"obligations  {Obligation.objects.count()}")
    faults = [f"{found.msg} {found.hint or ''}".rstrip() for found in run_checks() if found.is_serious()]
    if not head_holds():
        faults.append(OTHER_KEY)
    for fault in faults:
        typer.echo(f"fault        {fault}")
    if faults:
        raise typer.Exit(1)


def _is_empty() -> bool:
    from goldenthread.cli.output import COMMAND_LINE
    from goldenthread.people.models import Officer

    return not Officer.objects.exclude(username=COMMAND_LINE).exists()


def is_demonstration() -> bool:
    """Whether what is held is made up: a real council's report is published by a person, never by starting a server."""
    from goldenthread.core.models import TrailEntry

    return TrailEntry.objects.filter(deed="load demonstration").exists()


def _load(seed: int, children: int, months: int, today: date | None) -> None:
    from django.conf import settings

    from goldenthread.core.home import authority_name
    from goldenthread.demo.load import load

    with progress("Loading the demonstration authority") as step:
        summary = load(seed=seed, children=children, months=months, today=today, progress=step)
    (settings.HOME / "authority").write_text(summary.council, encoding="utf-8")
    settings.AUTHORITY = authority_name(settings.HOME)


def _publish(out: Path) -> None:
    """Leave the published progress report in `out`, in each format that is not there yet."""
    missing = [kind for kind in FORMATS if not (out / f"progress-report.{kind}").exists()]
    if not missing:
        return
    from goldenthread.cli.output import officer
    from goldenthread.reports.publishing import published_or_publish

    with progress("Publishing the progress report") as step:
        for done, kind in enumerate(missing, start=1):
            write_file(published_or_publish("progress", kind, by=officer(None)), out / f"progress-report.{kind}")
            step(done, len(missing))


def _say_where(port: int) -> None:
    from goldenthread.people.models import Officer
    from goldenthread.people.roles import ROLES

    say(f"\nGolden Thread is at http://127.0.0.1:{port}/")
    try:
        from goldenthread.demo.load import PASSWORD
    except ImportError:
        return
    firsts = (Officer.objects.filter(role=role, is_active=True).order_by("pk").first() for role in ROLES)
    some = [officer for officer in firsts if officer and officer.check_password(PASSWORD)]
    if some:
        say(f"\nWho can sign in, with the password {PASSWORD} (made-up people, all of them):")
        for officer in some:
            say(f"  {officer.username:<20} {officer.role_data.title}: {officer.role_data.comes_for}")
        say("\nWhere a code is asked for besides: goldenthread code USERNAME")
    say("\nCtrl+C ends it; what you recorded is kept.\n")


def _serve(host: str, port: int) -> None:
    import socket

    with socket.socket() as probe:
        if probe.connect_ex((host, port)) == 0:
            raise Refused(f"Port {port} is in use: end what serves there, or name another with --port.")
    from django.db import connection, connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from goldenthread.core import anchors
    from goldenthread.core.database.looking_over import look_over
    from goldenthread.core.verifying import OTHER_KEY, head_holds

    if not head_holds():  # said, and not refused: who is on duty tonight must still reach the records
        say(f"\n*** {OTHER_KEY} ***\n")
    try:
        anchors.anchor()
    except OSError as fault:
        raise Refused(f"The trail cannot be anchored in {anchors.where()}: {fault.strerror}.") from None
    if connection.vendor == "sqlite":
        look_over()
    connections.close_all()
    Granian(
        "goldenthread.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        backpressure=64,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
