"""Every entry is sealed with the transaction that it tells of, or nothing is committed."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import override_settings

from goldenthread.core import anchors, chain, clock, trail
from goldenthread.core.models import Draft, TrailEntry, TrailLink, TrailSubject
from goldenthread.core.verifying import verify
from tests.core.conftest import Hand

Told = Callable[[int], list[TrailEntry]]
pytestmark = pytest.mark.django_db(transaction=True)


def _sealed() -> list[int]:
    return list(TrailLink.objects.values_list("entry", flat=True))


def test_entries_are_sealed_in_the_order_in_which_they_were_committed(told: Told) -> None:
    made = told(12)
    assert _sealed() == [entry.pk for entry in made]
    assert list(TrailLink.objects.values_list("seq", flat=True)) == list(range(1, 13))


@transaction.atomic
def _told_and_stopped() -> None:
    trail.write("read referral", "referrals.referral:2", by=Hand())
    with transaction.atomic():
        trail.write("read referral", "referrals.referral:3", by=Hand())
    raise ValueError("stop")


def test_what_was_rolled_back_is_neither_there_nor_sealed(told: Told) -> None:
    told(2)
    with transaction.atomic():
        first = trail.write("read referral", "referrals.referral:1", by=Hand())
        with pytest.raises(ValueError, match="stop"):
            _told_and_stopped()
        last = trail.write("read referral", "referrals.referral:4", by=Hand())
    with pytest.raises(ValueError, match="stop"):
        _told_and_stopped()
    assert _sealed()[2:] == [first.pk, last.pk]
    assert TrailEntry.objects.count() == 4
    assert [f.what for f in verify().faults] == ["unanchored"]


def test_outside_a_transaction_it_makes_its_own() -> None:
    entry = trail.write("read referral", "referrals.referral:1", by=Hand())
    assert _sealed() == [entry.pk]


def _with_draft() -> None:
    with transaction.atomic():
        Draft.objects.create(officer="asha", form="/x/", data={}, saved_at=clock.now())
        trail.write("read referral", "referrals.referral:1", by=Hand())


def _fails(what: str) -> Callable[..., Any]:
    def fail(cursor: Any, table: str, *rest: Any) -> None:
        if table == what:
            raise OSError("the disk is full")
        return _insert(cursor, table, *rest)

    return fail


_insert = chain.insert


@pytest.mark.parametrize("table", ["core_traillink", "core_trailsubject"])
def test_where_a_row_of_the_trail_cannot_be_written_nothing_is_committed(
    told: Told, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    told(3)
    with monkeypatch.context() as patch:
        patch.setattr(chain, "insert", _fails(table))
        with pytest.raises((DatabaseError, OSError)):
            _with_draft()
    assert (Draft.objects.count(), TrailEntry.objects.count(), len(_sealed())) == (0, 3, 3)
    _with_draft()
    assert (Draft.objects.count(), TrailEntry.objects.count(), len(_sealed())) == (1, 4, 4)


def test_without_the_key_nothing_is_committed(told: Told) -> None:
    told(1)
    with override_settings(TRAIL_KEY=""), pytest.raises(trail.TrailUnwritable, match="key"):
        _with_draft()
    assert (Draft.objects.count(), TrailEntry.objects.count(), len(_sealed())) == (0, 1, 1)


def test_where_the_head_is_not_what_it_seems_nothing_is_committed(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    told(3)
    with monkeypatch.context() as patch:
        patch.setattr(chain, "head", lambda cursor: (2, "0" * 64))
        with pytest.raises(trail.TrailUnwritable):
            _with_draft()
    assert (Draft.objects.count(), TrailEntry.objects.count()) == (0, 3)


def test_an_entry_that_was_caught_failing_still_stops_the_whole_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that swallows the fault commits nothing all the same."""
    with monkeypatch.context() as patch:
        patch.setattr(chain, "insert", _fails("core_trailsubject"))
        with transaction.atomic():
            Draft.objects.create(officer="asha", form="/x/", data={}, saved_at=clock.now())
            with pytest.raises(OSError, match="full"):
                trail.write("read referral", "referrals.referral:1", by=Hand())
            assert connection.needs_rollback
    assert (Draft.objects.count(), TrailEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize("table", ["core_trailentry", "core_traillink", "core_trailsubject"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_refuses_to_change_or_remove_a_row(told: Told, table: str, deed: str) -> None:
    if deed.startswith("TRUNCATE") and connection.vendor == "sqlite":
        pytest.skip("SQLite knows no TRUNCATE: its DELETE is tried")
    told(4)
    column = {"core_trailentry": "deed = 'x'", "core_traillink": "mac = 'x'", "core_trailsubject": "subject = 'x'"}
    with pytest.raises(DatabaseError, match="only added to"), connection.cursor() as cursor:
        cursor.execute(deed.format(table, column[table]))
    assert verify().rows == 4


def test_the_program_itself_cannot_change_or_remove_an_entry(told: Told) -> None:
    entry = told(2)[0]
    entry.deed = "something else"
    with pytest.raises(trail.TrailUnwritable, match="only added to"):
        entry.save()
    for deed in (entry.delete, TrailEntry.objects.all().delete, lambda: TrailEntry.objects.update(deed="x")):
        with pytest.raises(DatabaseError, match="only added to"):
            deed()
    assert TrailEntry.objects.get(pk=entry.pk).deed == "list referrals"


def test_a_row_cannot_be_replaced_under_its_own_number(told: Told) -> None:
    first = told(2)[0]
    columns = "id, at, officer, deed, subject, why, detail, origin"
    copied = f"SELECT {columns} FROM core_trailentry WHERE id = {first.pk}"
    how = "OR REPLACE " if connection.vendor == "sqlite" else ""
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(f"INSERT {how}INTO core_trailentry ({columns}) {copied}")
    assert verify().rows == 2


def test_entries_are_not_written_past_the_seal() -> None:
    with pytest.raises(trail.TrailUnwritable, match="one by one"):
        TrailEntry.objects.bulk_create([TrailEntry(at=clock.now(), officer="asha", deed="x", subject="x", why="x")])
    assert not TrailEntry.objects.exists()


def test_a_record_is_found_by_the_lists_that_showed_it(told: Told) -> None:
    made = told(6)
    assert list(TrailEntry.about(["referrals.referral:3"])) == [made[3], made[2]]
    assert TrailSubject.objects.filter(entry=made[0].pk).count() == 2


def test_what_was_searched_for_is_read_only_with_the_key() -> None:
    locked = trail.sealed("Juno Aldergate")
    assert "Juno" not in locked
    assert trail.opened_words(locked) == "Juno Aldergate"
    with override_settings(TRAIL_KEY="another"):
        assert trail.opened_words(locked) == ""


# Anchors


def test_the_first_entry_is_anchored_then_every_so_many_then_each_day(
    told: Told, anchored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anchors, "EVERY", 5)
    told(9)
    assert [one.seq for one in anchors.kept()[0]] == [1, 6]
    later = clock.now() + timedelta(days=1)
    with clock.standing_at(later):
        trail.write("read referral", "referrals.referral:1", by=Hand())
    assert [one.seq for one in anchors.kept()[0]] == [1, 6, 10]
    made = anchors.anchor()
    assert made is not None
    assert made.words.startswith("10 ")
    assert verify().faults == []


def test_a_file_of_anchors_that_cannot_be_written_loses_no_entry(
    told: Told, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with override_settings(TRAIL_ANCHORS=tmp_path / "no" / "such" / "folder"):
        told(2)
    assert len(_sealed()) == 2
    assert "could not be anchored" in caplog.text


# Two at once


def test_many_who_write_at_once_make_one_chain() -> None:
    faults: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for nth in range(5):
                trail.write("read referral", f"referrals.referral:{nth}", by=Hand(name))
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(f"officer-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert (verify().rows, TrailEntry.objects.count()) == (20, 20)


@pytest.mark.postgres
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time from the first statement"
)
def test_the_trail_is_locked_after_the_records_so_nobody_waits_for_ever() -> None:
    """One writes to the trail and then locks a record; the other locks the record and then writes to the trail."""
    draft = Draft.objects.create(officer="asha", form="/x/", data={}, saved_at=clock.now())
    told, locked = threading.Event(), threading.Event()
    faults: list[BaseException] = []

    def trail_first() -> None:
        with transaction.atomic():
            trail.write("read referral", "referrals.referral:1", by=Hand("first"))
            told.set()
            locked.wait(20)
            Draft.objects.select_for_update().get(pk=draft.pk)

    def record_first() -> None:
        with transaction.atomic():
            Draft.objects.select_for_update().get(pk=draft.pk)
            locked.set()
            told.wait(20)
            trail.write("read referral", "referrals.referral:2", by=Hand("second"))

    def run(deed: Callable[[], None]) -> None:
        try:
            deed()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in (trail_first, record_first)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert faults == []
    assert not any(thread.is_alive() for thread in threads)
    assert verify().rows == 2
