import os
import stat
from pathlib import Path

import pytest

from goldenthread.core.home import data_home, database_from, secret_key


def test_the_data_folder_is_where_the_environment_says_and_its_owners_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLDENTHREAD_HOME", str(tmp_path / "deep" / "data"))
    home = data_home()
    assert home == tmp_path / "deep" / "data"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert data_home() == home


def test_the_signing_key_is_made_once_and_readable_by_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOLDENTHREAD_SECRET", raising=False)
    made = secret_key(tmp_path)
    assert len(made) >= 50
    assert secret_key(tmp_path) == made
    assert stat.S_IMODE(os.stat(tmp_path / "secret").st_mode) == 0o600  # noqa: PTH116
    monkeypatch.setenv("GOLDENTHREAD_SECRET", "another")
    assert secret_key(tmp_path) == "another"


def test_without_an_address_the_database_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    found = database_from(None, tmp_path)
    assert found["NAME"] == str(tmp_path / "goldenthread.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////srv/golden%20thread/db.sqlite3", "/srv/golden thread/db.sqlite3"),
        ("sqlite:///srv/db.sqlite3", "/srv/db.sqlite3"),
    ],
)
def test_an_sqlite_address_names_its_file(tmp_path: Path, url: str, name: str) -> None:
    assert database_from(url, tmp_path)["NAME"] == name


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_postgresql_address_is_taken_apart(tmp_path: Path, scheme: str) -> None:
    found = database_from(f"{scheme}://gt:p%40ss%2Fword@db.example:5433/golden", tmp_path)
    assert found["ENGINE"] == "goldenthread.core.database.postgresql"
    assert [found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "golden", "gt", "p@ss/word", "db.example", "5433",
    ]  # fmt: skip


def test_another_kind_of_database_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="“mysql” is not a database we know"):
        database_from("mysql://db.example/golden", tmp_path)
