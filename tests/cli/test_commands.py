import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from goldenthread.obligations import ledger
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.plan.models import Plan
from tests.cli.conftest import Ended
from tests.conftest import Cast

Command = Callable[..., Ended]
AT = datetime(2003, 10, 6, 9, 0, tzinfo=UTC)
COMMANDS = (
    "", "plan", "plan import", "plan export", "plan list", "plan adopt", "obligations", "obligations verify",
    "obligations rebuild", "obligations tally", "thread", "report", "demo", "run", "serve", "check", "reference",
    "trail", "trail verify", "trail anchor", "trail show", "trail snooping",
    "backup", "restore", "post",
)  # fmt: skip


def _owed(cast: Cast, known: datetime = AT) -> Obligation:
    return Obligation.objects.create(
        requirement="referrals.police-advised", subject_type="none.such", subject_id=1, team=cast.east,
        month=AT.date().replace(day=1), since_at=AT, since_known_at=AT, due_at=AT + timedelta(hours=4),
        done_at=AT, done_known_at=known,
    )  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: Command, name: str) -> None:
    found = command(*name.split(), "--help")
    assert found.code == 0
    assert "Usage: goldenthread" in found.out
    if name not in {"", "plan", "obligations", "trail"}:
        assert "xample" in found.out
        assert f"goldenthread {name}" in " ".join(found.out.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"], ["plan", "nonsense"], ["obligations", "tally", "--as-at", "31/10/2003"],
        ["obligations", "tally", "--known-at", "2003-02-30"], ["thread", "--as-at", "soon"],
        ["plan", "export", "--format", "odt"], ["plan", "export", "--plan", "999999"], ["plan", "export"],
        ["plan", "adopt", "--as", "nobody"], ["plan", "adopt", "--as-at", "2199-01-01"],
        ["report", "no-such-report"], ["serve", "--port", "0"], ["demo", "--today", "tomorrow"],
        ["demo", "--children", "0"],
    ],
)  # fmt: skip
def test_what_cannot_be_done_ends_with_2_says_why_and_changes_nothing(
    command: Command, cast: Cast, arguments: list[str]
) -> None:
    ended = command(*arguments)
    assert ended.code == 2, ended.err
    assert ended.err.strip()
    assert "Traceback" not in ended.err
    assert not Plan.objects.exists()


def test_an_officer_who_is_gone_or_may_not_is_refused(command: Command, cast: Cast) -> None:
    Officer.objects.filter(pk=cast.quality.pk).update(is_active=False)
    for username in ("isla", "asha"):
        ended = command("plan", "adopt", "--as", username)
        assert (ended.code, Plan.objects.count()) == (2, 0)


def test_the_command_line_acts_as_an_account_that_cannot_sign_in(command: Command, cast: Cast) -> None:
    assert command("plan", "adopt", "--as-at", "2003-10-01").code == 0
    account = Officer.objects.get(username="command-line")
    assert account.role == "quality-officer"
    assert not account.has_usable_password()
    assert Plan.objects.get().confirmed_by == account


def test_adopt_list_and_thread(command: Command, cast: Cast) -> None:
    adopted = command("plan", "adopt", "--as-at", "2003-10-01", "--as", "isla")
    assert adopted.code == 0
    listed = command("plan", "list")
    assert "in force" in listed.out
    lines = json.loads(command("thread", "--json").out)
    assert len(lines) == 28
    assert all(set(line) == {"recommendation", "requirements", "documents", "obligations"} for line in lines)
    assert set(lines[0]["obligations"]) == {"met", "late", "overdue", "due", "excused"}
    assert "no evidence yet" in command("thread").out


@pytest.mark.ledger_broken_on_purpose
def test_the_tally_on_what_was_known_then_and_on_what_is_known_now(command: Command, cast: Cast) -> None:
    _owed(cast, known=AT + timedelta(days=40))

    def counts(*more: str) -> dict[str, object]:
        (row,) = json.loads(command("obligations", "tally", "--as-at", "2003-10-31", "--json", *more).out)
        return dict(row)

    assert counts() == {
        "requirement": "referrals.police-advised", "team": "ra-east", "month": "2003-10",
        "met": 0, "late": 0, "overdue": 1, "due": 0, "excused": 0,
    }  # fmt: skip
    assert counts("--known-at", "2003-12-31")["met"] == 1
    table = command("obligations", "tally", "--as-at", "2003-10-31").out
    assert ["referrals.police-advised", "0", "0", "1", "0", "0"] in [line.split() for line in table.splitlines()]


def test_verify_ends_with_1_where_the_ledger_is_wrong_and_rebuild_mends_it(command: Command, cast: Cast) -> None:
    assert command("obligations", "verify").code == 0
    _owed(cast)
    broken = command("obligations", "verify")
    assert broken.code == 1
    assert "referrals.police-advised on none.such:1: in the ledger, and no record owes it" in broken.out
    as_json = json.loads(command("obligations", "verify", "--json").out)
    assert (as_json["rows"], len(as_json["differences"])) == (1, 1)
    assert command("obligations", "rebuild").out.strip() == "0 obligations"
    assert ledger.verify() == []


def test_the_demonstration_goes_into_an_empty_database_only(command: Command, cast: Cast) -> None:
    ended = command("demo", "--no-serve", "--children", "5")
    assert ended.code == 2
    assert "GOLDENTHREAD_HOME" in ended.err
    assert Officer.objects.count() == len(cast.all())


def test_a_first_command_makes_the_database_and_a_second_says_nothing_of_it(elsewhere: Command, tmp_path: Path) -> None:
    first = elsewhere("check")
    assert first.code == 0, first.err
    assert "Making a new database" in first.err
    assert (tmp_path / "home" / "goldenthread.sqlite3").exists()
    again = elsewhere("obligations", "verify")
    assert again.code == 0
    assert "database:" not in again.err
    assert "0 differences in 0 obligations" in again.out


@pytest.mark.once  # it opens SQLite's file itself
@pytest.mark.django_db
def test_a_database_of_an_earlier_or_a_later_version(elsewhere: Command, home: Path) -> None:
    assert elsewhere("check").code == 0
    with sqlite3.connect(home / "goldenthread.sqlite3") as file:
        file.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('plan', '9999_later', '2030-01-01')")
    file.close()
    later = elsewhere("check")
    assert later.code == 2
    assert "later version" in later.err
    assert "plan.9999_later" in later.err


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"DATABASE_URL": "mysql://db.example/golden"}, "“mysql” is not a database we know"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "The database cannot be used"),
        ({"DATABASE_URL": "sqlite:////no/such/folder/db.sqlite3"}, "The database cannot be used"),
        ({"GOLDENTHREAD_HOME": "/dev/null/home"}, "The data folder cannot be used"),
    ],
)
def test_an_environment_that_makes_no_sense_ends_with_2_and_one_line(
    elsewhere: Command, environment: dict[str, str], said: str
) -> None:
    ended = elsewhere("check", **environment)
    assert ended.code == 2, ended.err
    assert said in ended.err
    assert "Traceback" not in ended.err
