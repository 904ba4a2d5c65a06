"""Somebody who may alter the database takes the guard down and tampers: it is noticed, and the first bad row is named.

GOLDENTHREAD_TAMPERS says how many times (left out: 60); each kind comes in turn, on rows chosen by chance.
"""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import override_settings

from goldenthread.core import anchors, chain, guards
from goldenthread.core.models import TrailEntry
from goldenthread.core.verifying import Checked, Fault, verify

TIMES = int(os.environ.get("GOLDENTHREAD_TAMPERS", "60"))
ROWS = 30
Told = Callable[[int], list[TrailEntry]]
Expected = tuple[set[str], int | None, int | None]  # what it may be called; at which place; which entry
pytestmark = pytest.mark.django_db(transaction=True)


def _sql(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _one(statement: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return tuple(cursor.fetchone())


def _entry_at(seq: int) -> int:
    return int(_one(f"SELECT entry FROM core_traillink WHERE seq = {seq}")[0])


def _move(above: int, by: int) -> None:
    """Number the links above a place anew."""
    _sql(
        f"UPDATE core_traillink SET seq = -(seq + {by}) WHERE seq > {above}",
        "UPDATE core_traillink SET seq = -seq WHERE seq < 0",
    )


def _copy(pk: int) -> int:
    columns = "at, officer, deed, subject, why, detail, origin"
    _sql(f"INSERT INTO core_trailentry ({columns}) SELECT {columns} FROM core_trailentry WHERE id = {pk}")
    return int(_one("SELECT MAX(id) FROM core_trailentry")[0])


def edit(chance: Random) -> Expected:
    seq = chance.randint(1, ROWS)
    values = {
        "at": "'2001-01-01 00:00:00'", "officer": "'carys'", "deed": "'nothing'", "subject": "'referrals.referral:999'",
        "why": "'allocated'", "detail": "'{\"found\":[77]}'", "origin": "'{\"page\":\"elsewhere\"}'",
    }  # fmt: skip
    column = chance.choice(sorted(values))
    _sql(f"UPDATE core_trailentry SET {column} = {values[column]} WHERE id = {_entry_at(seq)}")
    return {"edited"}, seq, _entry_at(seq)


def edit_seal(chance: Random) -> Expected:
    seq = chance.randint(1, ROWS)
    _sql(f"UPDATE core_traillink SET mac = '{chance.randbytes(32).hex()}' WHERE seq = {seq}")
    return {"edited"}, seq, _entry_at(seq)


def delete_entry(chance: Random) -> Expected:
    seq = chance.randint(1, ROWS)
    pk = _entry_at(seq)
    _sql(f"DELETE FROM core_trailentry WHERE id = {pk}")
    return {"deleted"}, seq, pk


def delete_both(chance: Random) -> Expected:
    seq = chance.randint(1, ROWS - 1)
    _sql(f"DELETE FROM core_trailentry WHERE id = {_entry_at(seq)}", f"DELETE FROM core_traillink WHERE seq = {seq}")
    return {"deleted"}, seq, None


def delete_and_close_the_gap(chance: Random) -> Expected:
    seq = chance.randint(1, ROWS - 1)
    _sql(f"DELETE FROM core_trailentry WHERE id = {_entry_at(seq)}", f"DELETE FROM core_traillink WHERE seq = {seq}")
    _move(seq, -1)
    return {"edited", "reordered"}, seq, None


def swap(chance: Random) -> Expected:
    first, second = sorted(chance.sample(range(1, ROWS + 1), 2))
    one, other = _entry_at(first), _entry_at(second)
    _sql(
        f"UPDATE core_traillink SET entry = -1 WHERE seq = {first}",
        f"UPDATE core_traillink SET entry = {one} WHERE seq = {second}",
        f"UPDATE core_traillink SET entry = {other} WHERE seq = {first}",
    )
    return {"reordered"}, first, other


def cut_the_tail(chance: Random) -> Expected:
    keep = chance.randint(0, ROWS - 1)
    _sql(
        f"DELETE FROM core_trailentry WHERE id IN (SELECT entry FROM core_traillink WHERE seq > {keep})",
        f"DELETE FROM core_trailsubject WHERE entry IN (SELECT entry FROM core_traillink WHERE seq > {keep})",
        f"DELETE FROM core_traillink WHERE seq > {keep}",
    )
    return {"truncated"}, keep + 1, None


def insert_unsealed(chance: Random) -> Expected:
    return {"unsealed"}, None, _copy(_entry_at(chance.randint(1, ROWS)))


def insert_at_the_end(chance: Random) -> Expected:
    pk = _copy(_entry_at(chance.randint(1, ROWS)))
    _sql(f"INSERT INTO core_traillink (seq, entry, mac) VALUES ({ROWS + 1}, {pk}, '{chance.randbytes(32).hex()}')")
    return {"edited", "inserted"}, ROWS + 1, pk


def insert_between(chance: Random) -> Expected:
    seq = chance.randint(1, ROWS)
    pk = _copy(_entry_at(chance.randint(1, ROWS)))
    _move(seq - 1, 1)
    _sql(f"INSERT INTO core_traillink (seq, entry, mac) VALUES ({seq}, {pk}, '{chance.randbytes(32).hex()}')")
    return {"inserted"}, seq, pk


def replay(chance: Random) -> Expected:
    """An old entry again, with its true seal, at the end."""
    seq = chance.randint(1, ROWS)
    mac, pk = _one(f"SELECT mac FROM core_traillink WHERE seq = {seq}")[0], _copy(_entry_at(seq))
    _sql(f"INSERT INTO core_traillink (seq, entry, mac) VALUES ({ROWS + 1}, {pk}, '{mac}')")
    return {"edited", "reordered"}, ROWS + 1, pk


def _rewrite() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_traillink")
    chain.seal(connection, [entry.row for entry in TrailEntry.objects.order_by("pk")])


def rewrite_without_the_key(chance: Random) -> Expected:
    _sql(f"UPDATE core_trailentry SET officer = 'carys' WHERE id = {_entry_at(chance.randint(1, ROWS))}")
    with override_settings(TRAIL_KEY="not the key"):
        _rewrite()
    return {"edited"}, 1, _entry_at(1)


def rewrite_with_the_key(chance: Random) -> Expected:
    """The key was stolen: every seal holds, and an anchor tells. It names its own place, at or after the row."""
    seq = chance.randint(1, ROWS)
    _sql(f"UPDATE core_trailentry SET officer = 'carys' WHERE id = {_entry_at(seq)}")
    _rewrite()
    place = -(-seq // 10) * 10
    return {"rewritten"}, place, _entry_at(place)


def hide_from_the_index(chance: Random) -> Expected:
    pk = _one("SELECT id FROM core_trailsubject ORDER BY id LIMIT 1")[0]
    _sql(f"DELETE FROM core_trailsubject WHERE id = {pk}")
    return {"edited"}, None, None


KINDS = (
    edit, edit_seal, delete_entry, delete_both, delete_and_close_the_gap, swap, cut_the_tail, insert_unsealed,
    insert_at_the_end, insert_between, replay, rewrite_without_the_key, rewrite_with_the_key, hide_from_the_index,
)  # fmt: skip


def _tampered(deed: Callable[[Random], Expected], chance: Random) -> tuple[Expected, Checked]:
    """Tamper, check, and take it all back."""
    with transaction.atomic():
        guards.drop(connection)
        expected, found = deed(chance), verify()
        transaction.set_rollback(True)
    return expected, found


def test_whatever_is_done_is_noticed_and_the_first_bad_row_is_named(
    told: Told, anchored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anchors, "EVERY", 10**9)
    for _ in range(3):
        told(ROWS // 3)
        anchors.anchor()
    untouched = verify()
    assert (untouched.rows, untouched.faults) == (ROWS, [])
    for number in range(max(TIMES, len(KINDS))):
        deed = KINDS[number % len(KINDS)]
        (names, seq, pk), found = _tampered(deed, Random(number))
        assert found.faults, (deed.__name__, number)
        first = found.faults[0]
        assert first.what in names, (deed.__name__, number, str(first))
        assert first.seq == seq, (deed.__name__, number, str(first))
        if pk is not None:
            assert first.pk == pk, (deed.__name__, number, str(first))
        assert {fault.what for fault in found.faults} >= {"unguarded"}
    assert verify().faults == []


def test_a_guard_that_was_taken_down_is_noticed(told: Told, anchored: Path) -> None:
    told(3)
    with transaction.atomic():
        guards.drop(connection)
        assert [fault.what for fault in verify().faults] == ["unguarded"] * 3
        transaction.set_rollback(True)


def test_an_anchor_that_was_altered_is_noticed(told: Told, anchored: Path) -> None:
    told(3)
    anchored.write_text(anchored.read_text().replace('"seq":1', '"seq":2'))
    assert [fault.what for fault in verify().faults] == ["unanchored"]


def test_without_anchors_it_says_what_cannot_be_told(told: Told, anchored: Path) -> None:
    told(3)
    anchored.unlink()
    assert verify().faults == [
        Fault("unanchored", "there is no anchor of this database, so nobody can tell whether its end was cut off")
    ]


def test_a_backup_put_back_is_told_and_what_was_lost_with_it_no_longer_asked_for(told: Told, anchored: Path) -> None:
    told(4)
    head = anchors.anchor()
    assert head is not None
    anchors.write(connection, 9, "ab" * 32)  # anchored, and then lost with the database
    assert [fault.what for fault in verify().faults] == ["truncated"]
    anchors.anchor(after="restore")
    told(3)
    found = verify()
    assert (found.rows, found.restores, found.faults) == (7, 1, [])


def test_another_database_s_anchors_are_not_ours(told: Told, anchored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told(2)
    with monkeypatch.context() as patch:
        patch.setattr(anchors, "named", lambda connection: "sqlite:another")
        anchors.write(connection, 99, "ab" * 32)
    assert verify().faults == []
