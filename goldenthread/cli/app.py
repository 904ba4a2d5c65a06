"""The command line's groups and commands."""

import typer

from goldenthread.cli import accounts, backup, obligations, plan, post, reference, report, search, serve, thread, trail

app = typer.Typer(
    name="goldenthread",
    help="Holds a children's service's improvement plan, and says what is owed to each child and by whom.",
    epilog="Exit codes: 0 done, 1 a check found differences, 2 bad input or refused. "
    "GOLDENTHREAD_HOME names the data folder, DATABASE_URL the database; where there is none yet, it is made.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode="rich",
)
app.add_typer(plan.app, name="plan")
app.add_typer(obligations.app, name="obligations")
app.add_typer(trail.app, name="trail")
app.add_typer(accounts.app, name="accounts")
app.add_typer(search.app, name="search")
app.command("code")(accounts.code)
app.command("thread")(thread.thread)
app.command("report")(report.report)
app.command("demo")(serve.demo)
app.command("run")(serve.run)
app.command("serve")(serve.serve)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("post")(post.post)
app.command("check")(serve.check)
app.command("reference")(reference.reference)
