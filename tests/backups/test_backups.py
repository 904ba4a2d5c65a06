"""Backups of the demonstration authority, on the engine that the tests run on, by the command and in processes of its own.

GOLDENTHREAD_DAMAGED_BACKUPS sets how many faults are planted, one at a time (120 unless told otherwise).
"""

import json
import os
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from assurance.backups import Seen, damage, reads
from goldenthread.backups import contents, keeping, locked_file
from goldenthread.backups.contents import Manifest, Table
from goldenthread.backups.counting import differences
from goldenthread.backups.keys import make_key_file
from goldenthread.core.errors import BadInput
from goldenthread.core.home import database_from

DAMAGED = int(os.environ.get("GOLDENTHREAD_DAMAGED_BACKUPS", "120"))
POSTGRESQL = connection.vendor == "postgresql"
pytestmark = pytest.mark.postgres


@dataclass
class Place:
    """A data folder and a database of one test's own."""

    home: Path
    url: str

    def settings(self) -> dict[str, Any]:
        return database_from(self.url, self.home)

    def start(self, *arguments: str | Path, **environment: str) -> "subprocess.Popen[str]":
        clean = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        return subprocess.Popen(
            [sys.executable, "-c", "from goldenthread.cli import main; main()", *map(str, arguments)],
            env={**clean, "GOLDENTHREAD_HOME": str(self.home), "DATABASE_URL": self.url, **environment},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def run(self, *arguments: str | Path, **environment: str) -> tuple[int, str]:
        started = self.start(*arguments, **environment)
        out, err = started.communicate(timeout=300)
        return started.returncode, out + err

    def tables(self) -> dict[str, Table]:
        return keeping.engine_of(self.settings()).held()

    def connect(self) -> Any:
        if not POSTGRESQL:
            return closing(sqlite3.connect(self.settings()["NAME"], timeout=30))
        given = self.settings()
        return psycopg.connect(
            dbname=given["NAME"], host=given["HOST"], port=given["PORT"], user=given["USER"], password=given["PASSWORD"]
        )


def new_place(folder: Path, keys_of: Place | None = None) -> Place:
    """Nothing is there yet, but for the keys that were kept apart from another place's backups."""
    home = folder / f"home-{secrets.token_hex(4)}"
    if keys_of:
        home.mkdir(mode=0o700)
        for name in ("secret", "trail.key", "trail.signing"):
            shutil.copy(keys_of.home / name, home / name)
    if not POSTGRESQL:
        return Place(home, f"sqlite:///{home / 'goldenthread.sqlite3'}")
    return Place(home, os.environ["DATABASE_URL"].rpartition("/")[0] + f"/backups_{secrets.token_hex(6)}")


def make_database(place: Place) -> None:
    if POSTGRESQL:
        name = place.url.rpartition("/")[2]
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = new_place(tmp_path_factory.mktemp("council"))
    make_database(place)
    code, said = place.run("demo", "--children", "12", "--months", "3", "--no-serve")
    assert code == 0, said
    return place


@pytest.fixture(scope="module")
def backup(council: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backups") / "council.backup"
    code, said = council.run("backup", file)
    assert code == 0, said
    assert "backup.key" in said
    assert "secret" in said
    return file


@pytest.fixture
def key(council: Place) -> Path:
    return council.home / "backup.key"


def manifest_of(file: Path, key: Path, folder: Path) -> Manifest:
    folder.mkdir()
    return contents.unpack(file, folder, key_file=key)


def test_what_is_restored_is_what_was_backed_up_and_its_restore_is_in_the_trail(
    backup: Path, council: Place, key: Path, tmp_path: Path
) -> None:
    there = new_place(tmp_path, council)
    code, said = there.run("restore", backup, "--key-file", key)
    assert code == 0, said
    found, wanted = there.tables(), manifest_of(backup, key, tmp_path / "out").tables
    assert found["core_trailentry"].rows == wanted["core_trailentry"].rows + 1
    changed = {said.split()[1] for said in differences(wanted, found)}
    assert changed <= {"core_trailentry", "core_traillink", "core_trailsubject", "django_session"}
    assert (there.home / "authority").read_text() == (council.home / "authority").read_text()
    with there.connect() as database:
        deed = database.execute("SELECT deed FROM core_trailentry ORDER BY id DESC LIMIT 1").fetchone()
    assert deed == ("restore backup",)


def test_a_database_that_holds_records_is_kept_unless_told_and_then_kept_aside(
    backup: Path, council: Place, key: Path, tmp_path: Path
) -> None:
    there = new_place(tmp_path, council)
    assert there.run("restore", backup, "--key-file", key)[0] == 0
    with there.connect() as database:
        database.execute(
            "INSERT INTO core_draft (officer, form, data, tab, saved_at) VALUES ('asha', 'later', '{}', '', '2026-01-01 00:00:00')"
        )
        database.commit()
    before = there.tables()
    code, said = there.run("restore", backup, "--key-file", key)
    assert code == 2
    assert "--replace" in said
    assert there.tables() == before
    code, said = there.run("restore", backup, "--key-file", key, "--replace")
    assert code == 0, said
    assert "kept as " in said
    aside = said.split("kept as ")[1].splitlines()[0]
    assert there.tables() != before
    kept = Place(there.home, f"{there.url.rpartition('/')[0]}/{aside}" if POSTGRESQL else f"sqlite:///{aside}")
    assert kept.tables() == before


def test_nobody_who_was_signed_in_comes_back_signed_in(council: Place, tmp_path: Path) -> None:
    with council.connect() as database:
        database.execute(
            "INSERT INTO django_session (session_key, session_data, expire_date) VALUES ('old', 'x', '2100-01-01 00:00:00')"
        )
        database.commit()
    file = tmp_path / "signed-in.backup"
    assert council.run("backup", file)[0] == 0
    there = new_place(tmp_path, council)
    assert there.run("restore", file, "--key-file", council.home / "backup.key")[0] == 0
    assert there.tables()["django_session"].rows == 0


def test_a_drill_says_what_it_checked_and_changes_nothing(backup: Path, council: Place, tmp_path: Path) -> None:
    before, report = council.tables(), tmp_path / "drill.txt"
    code, said = council.run("restore", "--drill", backup, "--report", report)
    assert code == 0, said
    told = report.read_text()
    for words in ("every chunk is whole", "SHA-256", "counts and digests equal", "0 differences in", "seconds"):
        assert words in told
    assert council.tables() == before
    assert not list(council.home.glob(".backup-*"))


def test_no_key_and_no_name_is_in_a_backup(backup: Path, council: Place, key: Path, tmp_path: Path) -> None:
    manifest = manifest_of(backup, key, tmp_path / "out")
    secret = (council.home / "secret").read_bytes().strip()
    for file in (tmp_path / "out").iterdir():
        assert secret not in file.read_bytes()
        assert key.read_bytes().strip() not in file.read_bytes()
    assert {part.name for part in manifest.parts} == {keeping.engine_of(council.settings()).part, "authority"}
    with council.connect() as database:
        names = [name for (name,) in database.execute("SELECT name FROM people_officer").fetchall()]
    written = json.dumps(json.loads(manifest.as_bytes()[4:]), ensure_ascii=False)
    assert names
    assert not [name for name in names if name in written and name != "Command line"]
    assert backup.stat().st_mode & 0o077 == 0
    assert key.stat().st_mode & 0o077 == 0


def test_every_planted_fault_is_seen_and_the_file_named(backup: Path, key: Path, tmp_path: Path) -> None:
    assert damage(backup, key, tmp_path, count=DAMAGED) == Seen(DAMAGED, [])


def test_a_reader_that_checks_nothing_would_be_found_out(backup: Path, key: Path, tmp_path: Path) -> None:
    assert len(damage(backup, key, tmp_path, count=10, reader=lambda *_: "").unseen) == 10


def test_chunks_left_out_or_put_elsewhere_are_seen(tmp_path: Path) -> None:
    key, file = tmp_path / "backup.key", tmp_path / "three.backup"
    make_key_file(key)
    locked_file.lock(iter([secrets.token_bytes(3 * locked_file.CHUNK)]), file, locked="file", key_file=key)
    whole, size = file.read_bytes(), locked_file.CHUNK + locked_file.TAG + 5
    head = len(whole) - 3 * size
    one, two, three = (whole[head + n * size : head + (n + 1) * size] for n in range(3))
    assert len(b"".join(locked_file.unlock(file, key_file=key))) == 3 * locked_file.CHUNK
    for chunks in (
        [two, one, three],
        [one, three],
        [one, two],
        [one, two, two, three],
        [three],
        [one, two, three, three],
    ):
        file.write_bytes(whole[:head] + b"".join(chunks))
        with pytest.raises(BadInput, match=r"three\.backup.*(damaged|cut short)"):
            list(locked_file.unlock(file, key_file=key))


def test_what_is_no_backup_of_ours_is_refused_and_changes_nothing(
    backup: Path, council: Place, key: Path, tmp_path: Path
) -> None:
    before = council.tables()
    other_key, other, none = tmp_path / "other.key", tmp_path / "other.backup", tmp_path / "none.backup"
    make_key_file(other_key)
    other.write_bytes(b"PK\x03\x04 something else")
    cases = [
        (backup, other_key, "the key is not this backup's"),
        (backup, tmp_path / "no.key", "there is no such key"),
        (backup, backup, "this is not a backup key"),
        (other, key, "this is not a Golden Thread backup"),
        (none, key, "cannot be read"),
    ]
    for file, its_key, words in cases:
        code, said = council.run("restore", file, "--key-file", its_key, "--replace")
        assert code == 2, said
        assert words in said
        assert "Traceback" not in said
    assert council.tables() == before


def _made_as(manifest: Manifest, folder: Path, file: Path, key: Path, **changes: Any) -> None:
    files = {part.name: folder / part.name for part in manifest.parts}
    locked_file.lock(contents.pieces(replace(manifest, **changes), files), file, locked="file", key_file=key)


def test_a_later_version_another_engine_and_other_rows_are_refused(
    backup: Path, council: Place, key: Path, tmp_path: Path
) -> None:
    manifest, before = manifest_of(backup, key, tmp_path / "out"), council.tables()
    fewer = {**manifest.tables, "people_officer": Table(1, "")}
    cases: dict[str, dict[str, Any]] = {
        "update the program": {"version": "99.0.0"},
        "a database of its own kind": {"engine": "sqlite" if POSTGRESQL else "postgresql"},
        "table people_officer has": {"tables": fewer},
    }
    for words, changes in cases.items():
        file = tmp_path / f"{next(iter(changes))}.backup"
        _made_as(manifest, tmp_path / "out", file, key, **changes)
        code, said = council.run("restore", file, "--replace")
        assert code == 2, said
        assert words in said
    assert council.tables() == before
    assert not list(council.home.glob(".backup-*"))


def test_a_passphrase_does_instead_of_a_key(council: Place, tmp_path: Path) -> None:
    file, words = tmp_path / "p.backup", {"GOLDENTHREAD_BACKUP_PASSPHRASE": "seven made-up words"}
    assert council.run("backup", file, **words)[0] == 0
    there = new_place(tmp_path, council)
    assert there.run("restore", file, GOLDENTHREAD_BACKUP_PASSPHRASE="seven other words")[0] == 2
    assert there.run("restore", file)[0] == 2
    assert there.tables() == {}
    assert there.run("restore", file, **words)[0] == 0


def test_a_backup_never_overwrites_a_file(council: Place, tmp_path: Path) -> None:
    file = tmp_path / "kept.txt"
    file.write_text("kept")
    code, said = council.run("backup", file)
    assert code == 2
    assert "kept.txt: this file is there already" in said
    assert file.read_text() == "kept"


@pytest.fixture
def writing(council: Place) -> Iterator[threading.Event]:
    """Somebody writes two rows in each transaction, all the time. Set once they have begun."""
    begun, ended = threading.Event(), threading.Event()

    def write() -> None:
        number = 0
        with council.connect() as database:
            while not ended.is_set():
                for side in ("left", "right"):
                    row = f"('{side}', 'pair {number}', '{{}}', '', '2026-01-01 00:00:00')"
                    database.execute(f"INSERT INTO core_draft (officer, form, data, tab, saved_at) VALUES {row}")
                database.commit()
                number += 1
                if number > 5:
                    begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(30)
    yield begun
    ended.set()
    writer.join()


def test_while_others_write_a_backup_is_of_one_instant(
    council: Place, key: Path, writing: threading.Event, tmp_path: Path
) -> None:
    counts = []
    for number in range(3):
        file = tmp_path / f"{number}.backup"
        made = keeping.back_up(council.settings(), council.home, file, key_file=key, by="asha")
        counts.append(made.tables["core_draft"].rows)
    assert all(count and count % 2 == 0 for count in counts)
    assert counts[0] < counts[1] < counts[2]
    there = new_place(tmp_path, council)
    code, said = there.run("restore", file, "--key-file", key)
    assert code == 0, said
    assert there.tables()["core_draft"].rows == counts[2]


@dataclass
class Worn:
    """A place whose backups and restores are killed again and again. takes: how long the last whole one took, in seconds,
    by command."""

    there: Place
    takes: dict[str, float]

    def whole(self, *arguments: str | Path) -> None:
        """Run a command to its end."""
        began = time.monotonic()
        code, said = self.there.run(*arguments)
        assert code == 0, said
        self.takes[str(arguments[0])] = time.monotonic() - began

    def killed(self, share: float, *arguments: str | Path) -> None:
        """Kill a command after a share of the time that it takes."""
        started = self.there.start(*arguments)
        time.sleep(self.takes[str(arguments[0])] * share)
        os.killpg(started.pid, signal.SIGKILL)
        started.communicate()


@pytest.fixture(scope="module")
def worn(backup: Path, council: Place, tmp_path_factory: pytest.TempPathFactory) -> Worn:
    folder = tmp_path_factory.mktemp("worn")
    made, key = Worn(new_place(folder, council), {}), council.home / "backup.key"
    made.whole("restore", backup, "--key-file", key)
    made.whole("backup", folder / "whole.backup", "--key-file", key)
    return made


@pytest.mark.parametrize("share", [0.3, 0.6, 0.8, 0.95])
def test_a_killed_backup_leaves_no_backup_and_a_killed_restore_the_old_or_the_new(
    worn: Worn, backup: Path, key: Path, tmp_path: Path, share: float
) -> None:
    there, file = worn.there, tmp_path / "killed.backup"
    worn.killed(share, "backup", file, "--key-file", key)
    assert not file.exists() or reads(file, key, tmp_path / "out") == ""

    old = there.tables()
    worn.killed(share, "restore", backup, "--key-file", key, "--replace")
    found = there.tables()
    wanted = manifest_of(backup, key, tmp_path / "wanted").tables
    assert found == old or found["core_trailentry"].rows == wanted["core_trailentry"].rows + 1
    assert there.run("obligations", "verify")[0] == 0
    worn.whole("restore", "--drill", backup, "--key-file", key)
    assert not list(there.home.glob(".backup-*")), "what a killed one left behind is readable, and goes"
    if POSTGRESQL:
        with psycopg.connect(os.environ["DATABASE_URL"]) as server:
            left = server.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE 'goldenthread_restore_%'"
            ).fetchall()
        assert left == []
