"""`goldenthread trail`: from a made-up council, through a tampering with the database's own shell, to what is said."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from goldenthread.cases.models import DutyShift
from goldenthread.core.models import Account, TrailEntry
from goldenthread.oversight.emergency import break_glass
from tests.cli.conftest import Ended
from tests.conftest import Cast
from tests.pages.made_up_work import set_clock, take

Command = Callable[..., Ended]


def _shell(home: Path, *statements: str) -> None:
    database = sqlite3.connect(home / "goldenthread.sqlite3")
    try:
        for statement in statements:
            database.execute(statement)
        database.commit()
    finally:
        database.close()


@pytest.mark.once  # it opens SQLite's file itself
@pytest.mark.django_db
def test_it_is_whole_until_somebody_alters_it_with_the_database_s_own_shell(elsewhere: Command, home: Path) -> None:
    assert elsewhere("demo", "--children", "20", "--months", "2", "--no-serve").code == 0
    whole = elsewhere("trail", "verify")
    assert whole.code == 0
    assert whole.out.startswith("The trail is whole: ")
    assert "1 anchors. Head " in whole.out
    anchored = elsewhere("trail", "anchor")
    assert anchored.out.split()[2] in whole.out  # the same head, in words short enough to compare

    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        _shell(home, "UPDATE core_trailentry SET officer = 'somebody' WHERE id = 3")
    assert elsewhere("trail", "verify").code == 0
    _shell(
        home,
        "DROP TRIGGER core_trailentry_only_added_update",
        "UPDATE core_trailentry SET officer = 'somebody' WHERE id = 3",
    )
    found = elsewhere("trail", "verify")
    assert found.code == 1
    assert found.out.splitlines()[0].startswith("entry 3, place 3 of the chain: edited")
    assert "no longer refuses to change core_trailentry" in found.out
    assert "NOT whole" in found.out
    assert json.loads(elsewhere("trail", "verify", "--json").out)["faults"][0]["pk"] == 3


@pytest.mark.once  # it opens SQLite's file itself
@pytest.mark.django_db
def test_the_keys_are_for_their_owner_only_and_not_in_the_database(elsewhere: Command, home: Path) -> None:
    assert elsewhere("demo", "--children", "5", "--months", "1", "--no-serve").code == 0
    held = (home / "goldenthread.sqlite3").read_bytes()
    for name in ("trail.key", "trail.signing"):
        assert (home / name).stat().st_mode & 0o777 == 0o600
        assert (home / name).read_bytes() not in held
    assert (home / "trail.anchors").stat().st_mode & 0o777 == 0o600
    assert elsewhere("check").code == 0
    with_another = elsewhere("check", GOLDENTHREAD_TRAIL_KEY="another key")
    assert with_another.code == 1
    assert "the one that belongs to this database?" in with_another.out
    assert elsewhere("trail", "verify", GOLDENTHREAD_TRAIL_KEY="another key").code == 1


def test_entries_from_before_the_seal_are_sealed_when_the_program_is_updated(
    elsewhere: Command, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    before = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'goldenthread.config.settings'; import django; "
    before += "django.setup(); from django.core.management import call_command as c; c('migrate', 'core', '0001', verbosity=0)"
    clean = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    subprocess.run([sys.executable, "-c", before], env={**clean, "GOLDENTHREAD_HOME": str(home)}, check=True)
    row = "'asha', 'list referrals', '{}', 'role', '{}')"
    _shell(
        home,
        *(
            "INSERT INTO core_trailentry (at, officer, deed, subject, why, detail) VALUES ('2003-10-06 09:00:00', "
            + row.format("referrals.referral:list", f'{{"terms": "abc", "found": [{pk}, 2]}}')
            for pk in (1, 7)
        ),
    )
    found = elsewhere("trail", "verify")
    assert found.code == 0
    assert found.out.startswith("The trail is whole: 3 entries, 1 anchors.")
    database = sqlite3.connect(home / "goldenthread.sqlite3")
    last = database.execute("SELECT deed, detail FROM core_trailentry ORDER BY id DESC LIMIT 1").fetchone()
    index = database.execute("SELECT subject FROM core_trailsubject ORDER BY id").fetchall()
    database.close()
    assert last == ("seal earlier entries", '{"entries":2}')
    assert {key for (key,) in index} == {f"referrals.referral:{pk}" for pk in (1, 2, 7)}


def test_reading_on_the_command_line_keeps_to_the_line_and_is_on_the_trail(
    command: Command, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    referral = take(set_clock(monkeypatch), cast)
    client = Client()
    client.force_login(cast.colleague)
    client.get(referral.get_absolute_url())
    key = f"referrals.referral:{referral.pk}"
    for arguments in (("--subject", key), ("--officer", "ben")):
        found = command("trail", "show", *arguments, "--as", "dev")
        assert found.code == 0
        assert f"ben  read referral  {key}" in found.out
        assert "Aldergate" not in found.out
    assert TrailEntry.objects.filter(deed="read trail", officer="dev").count() == 2
    for arguments in (("--subject", key, "--as", "asha"), ("--officer", "efua", "--as", "dev"), ("--as", "dev")):
        assert command("trail", "show", *arguments).code == 2


def test_accesses_to_ask_about_are_counts_and_keys(
    command: Command, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = set_clock(monkeypatch)
    referral = take(hand, cast)
    DutyShift.objects.filter(officer=cast.colleague).delete()
    break_glass(case_file=referral.case_file, category="call", reason="The school phoned", by=cast.colleague)
    client = Client()
    client.force_login(cast.colleague)
    client.get(referral.get_absolute_url())
    day = f"{hand.now:%Y-%m-%d}"
    asked = ("trail", "snooping", "--from", day, "--to", day, "--as", "dev")
    found = command(*asked)
    assert found.code == 0
    assert "ben  2  break-glass" in found.out
    assert f"referrals.referral:{referral.pk}" in found.out
    assert "Aldergate" not in found.out
    assert command(*asked, "--draw").code == 2  # the day is not over
    assert not Account.objects.exists()
    hand.now = hand.now.replace(day=hand.now.day + 1)
    assert json.loads(command(*asked, "--draw", "--json").out)["drawn"] == 1
