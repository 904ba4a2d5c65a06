"""`goldenthread accounts` and `goldenthread code`."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from goldenthread.core import clock, trail
from goldenthread.core.models import TrailEntry
from goldenthread.people import accounts, second_factor
from goldenthread.people.models import Officer
from tests.cli.conftest import Ended
from tests.conftest import Cast

Command = Callable[..., Ended]
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def test_codes_are_said_for_the_demonstration_only(cast: Cast, command: Command) -> None:
    second_factor.add(secret=SECRET, step=0, by=cast.administrator)
    refused = command("code", "kit")
    assert (refused.code, refused.out) == (2, "")
    assert "only for the demonstration authority" in refused.err
    trail.write("load demonstration", "demonstration", by=cast.administrator)
    said = command("code", "kit")
    near = {second_factor.code_at(SECRET, second_factor.present_step() - back) for back in (0, 1)}
    assert said.out.strip() in near
    assert command("code", "asha").code == 2


def test_dormant_accounts_are_closed_by_command(cast: Cast, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + timedelta(days=91)
    monkeypatch.setattr(clock.timezone, "now", lambda: later)
    ended = command("accounts", "close-dormant", "--as", "kit")
    assert ended.out.split() == sorted(officer.username for officer in cast.all() if officer != cast.administrator)
    assert list(Officer.objects.filter(is_active=True)) == [cast.administrator]


def test_the_access_review_names_every_account(cast: Cast, command: Command) -> None:
    second_factor.add(secret=SECRET, step=0, by=cast.administrator)
    rows = {row["username"]: row for row in json.loads(command("accounts", "review", "--json").out)}
    assert set(rows) == {officer.username for officer in cast.all()}
    assert rows["kit"]["second_factor"]
    assert rows["asha"]["role"] == "worker"
    assert command("accounts", "review").out.count("not reviewed") == len(rows)


def test_the_last_administrator_who_lost_theirs_is_helped_here_and_nobody_else(cast: Cast, command: Command) -> None:
    for officer in (cast.administrator, cast.worker):
        second_factor.add(secret=SECRET, step=0, by=officer)
    other = Officer.objects.create_officer("lou", name="Lou", role="administrator")
    for username in ("nobody", "asha", "kit"):
        assert command("accounts", "reset-second-factor", username).code == 2
    assert second_factor.has_one(cast.administrator)
    Officer.objects.filter(pk=other.pk).update(is_active=False)
    assert command("accounts", "reset-second-factor", "kit").code == 0
    assert not second_factor.has_one(cast.administrator)
    told = TrailEntry.objects.get(deed="second factor removed")
    assert (told.officer, told.why) == ("command-line", "last administrator")
    assert command("accounts", "reset-second-factor", "kit").code == 2


def test_the_access_review_as_at_a_day_says_what_was_and_what_is_not_known(cast: Cast, command: Command) -> None:
    yesterday = clock.now() - timedelta(days=1)
    with clock.standing_at(yesterday):
        accounts.change_account(officer=cast.worker, role="worker", team=cast.west, by=cast.administrator)
    accounts.close_account(officer=cast.worker, reason="Left", by=cast.administrator)
    day = f"{yesterday.astimezone(clock.LONDON):%Y-%m-%d}"
    said = command("accounts", "review", "--as-at", day)
    lines = {line.split()[0]: line for line in said.out.splitlines()}
    assert "in use" in lines["asha"]
    assert "Family support west" in lines["asha"]
    assert "not known" in lines["ben"]
    assert "The trail begins on" in said.err
    rows = {
        row["username"]: row
        for row in json.loads(command("accounts", "review", "--as-at", day, "--json").out)["accounts"]
    }
    assert (rows["asha"]["account"], rows["ben"]["account"], rows["ben"]["role"]) == ("in use", "not known", None)
    assert "not a date" in command("accounts", "review", "--as-at", "yesterday").err
    assert command("accounts", "review", "--as-at", "1999-01-01").code == 2
