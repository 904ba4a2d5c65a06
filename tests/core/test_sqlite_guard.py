"""sqlite.org names the versions with the WAL-reset fault: 3.7.0 to 3.51.2, but for 3.44.6 on and 3.50.7 on in their lines."""

import sqlite3

import pytest
from django.db import connection

from goldenthread.core.sqlite_guard import is_sound, sqlite_is_sound


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 6, 23), True), ((3, 7, 0), False), ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True),
        ((3, 45, 0), False), ((3, 46, 1), False), ((3, 50, 6), False), ((3, 50, 7), True), ((3, 51, 0), False),
        ((3, 51, 2), False), ((3, 51, 3), True), ((3, 52, 0), True), ((4, 0, 0), True),
    ],
)  # fmt: skip
def test_which_versions_are_sound(version: tuple[int, int, int], sound: bool) -> None:
    assert is_sound(version) is sound


def test_a_faulty_version_stops_every_command(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        assert sqlite_is_sound() == []
        return
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    (fault,) = sqlite_is_sound()
    assert fault.is_serious()
    assert "can lose committed records" in fault.msg
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
    assert sqlite_is_sound() == []
