"""Checking the trail: the whole chain is recomputed, row by row, and compared with the anchors."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from json import loads
from typing import Any

from django.db import connection as default_connection

from goldenthread.core import anchors, chain, guards
from goldenthread.core.chain import FIRST, Row, seal_of, spelt
from goldenthread.core.models import subjects_of

Progress = Callable[[int, int], None]
_UTC = "to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
# The time as it stands there: SQLite's to the letter, PostgreSQL's in the same form.
_COLUMNS = {
    vendor: f"e.id, {at}, e.officer, e.deed, e.subject, e.why, e.detail, e.origin"
    for vendor, at in (("sqlite", "e.at || ''"), ("postgresql", _UTC))
}
_NEAR = 200  # how far around a bad row we look for the one that belongs there


@dataclass(frozen=True, slots=True)
class Fault:
    """The first row that is not as it was sealed. seq: its place in the chain; pk: its number in the trail, where it is
    known; what: edited, deleted, reordered, inserted, unsealed, truncated, rewritten or unanchored."""

    what: str
    says: str
    seq: int | None = None
    pk: int | None = None

    def __str__(self) -> str:
        where = [f"entry {self.pk}"] if self.pk is not None else []
        where += [f"place {self.seq} of the chain"] if self.seq is not None else []
        return f"{', '.join(where) or 'the trail'}: {self.what}: {self.says}"


@dataclass(slots=True)
class Checked:
    """What verifying found. rows: entries that are whole; head: the chain's end in words; anchored: anchors compared;
    restores: times a backup was put back; faults: the first bad row, then what is wrong besides."""

    rows: int = 0
    head: str = ""
    anchored: int = 0
    restores: int = 0
    faults: list[Fault] = field(default_factory=list)


def _at(value: str) -> str:
    whole = len(value) in (19, 26) and value[10] == " "
    return f"{value[:10]}T{value[11:]}{'.000000' if len(value) == 19 else ''}+00:00" if whole else "not a time"


@lru_cache(maxsize=2048)
def _in_one_spelling(text: str) -> str:
    return spelt(loads(text))


def _row(values: tuple[Any, ...], exact: bool) -> Row:
    """A row as the database gave it. exact: JSON stands there as it was spelt (SQLite)."""
    pk, at, officer, deed, subject, why, detail, origin = values
    if not exact:
        detail, origin = _in_one_spelling(detail), _in_one_spelling(origin)
    return Row(pk, _at(at), officer, deed, subject, why, detail, origin)


def _stream(connection: Any, sql: str) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(2000):
            yield from rows


class _Check:
    def __init__(self, connection: Any) -> None:
        self.connection, self.exact = connection, connection.vendor == "sqlite"
        self.columns = _COLUMNS[connection.vendor]
        self.key = chain.key()
        self.found = Checked()
        self.index = 0  # a sum over the records told of, which the index table must come to as well

    def bad(self, what: str, says: str, seq: int | None = None, pk: int | None = None) -> None:
        self.found.faults.append(Fault(what, says, seq, pk))

    def entries(self, where: str, values: list[Any]) -> list[Row]:
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT {self.columns} FROM core_trailentry e WHERE {where}", values)  # noqa: S608
            return [_row(values, self.exact) for values in cursor.fetchall()]

    def chain(self, wanted: dict[int, str], tell: Progress) -> None:
        """Recompute every seal. Stops at the first bad row. wanted: the seals that anchors say, by place."""
        with self.connection.cursor() as cursor:
            total = chain.head(cursor)[0]
        links = _stream(
            self.connection,
            f"SELECT l.seq, l.entry, l.mac, {self.columns} FROM core_traillink l "  # noqa: S608
            "LEFT JOIN core_trailentry e ON e.id = l.entry ORDER BY l.seq",
        )
        before, mac = 0, FIRST
        for seq, entry, stands, *values in links:
            if seq != before + 1:
                return self.bad("deleted", "the row that stood here is gone", before + 1)
            if values[0] is None:
                return self.bad("deleted", "its seal is there, and the entry is gone", seq, entry)
            try:
                row = _row(tuple(values), self.exact)
                right = seal_of(self.key, seq, mac, row) == stands
            except (TypeError, ValueError, AttributeError):
                right = False
            if not right:
                return self.explain(seq, entry, mac, stands)
            if wanted.get(seq, stands) != stands:
                return self.bad(
                    "rewritten", "the seals hold, but an anchor says that another entry stood here", seq, entry
                )
            before, mac = seq, stands
            self.note(row)
            if seq % 20_000 == 0:
                tell(seq, total)
        self.found.rows, self.found.head = before, anchors.head_in_words(before, mac)
        return None

    def note(self, row: Row) -> None:
        listed = '"found"' in row.detail or '"records"' in row.detail or '"case_file"' in row.detail
        if listed or ":" in row.subject:
            for key in subjects_of(row.subject, loads(row.detail) if listed else {}):
                self.index += _number(key, row.pk)

    def explain(self, seq: int, pk: int, mac: str, stands: str) -> None:
        """Say what was done to the first row whose seal does not hold."""
        self.found.rows = seq - 1
        self.bad(*self.reason(seq, pk, mac, stands), seq, pk)

    def reason(self, seq: int, pk: int, mac: str, stands: str) -> tuple[str, str]:
        try:
            near = self.entries("e.id BETWEEN %s AND %s", [pk - _NEAR, pk + _NEAR])
            for row in near:
                moved = Row(pk, row.at, row.officer, row.deed, row.subject, row.why, row.detail, row.origin)
                if row.pk != pk and stands in (seal_of(self.key, seq, mac, row), seal_of(self.key, seq, mac, moved)):
                    return "reordered", f"what stood here stands at entry {row.pk}"
            with self.connection.cursor() as cursor:
                cursor.execute("SELECT entry, mac FROM core_traillink WHERE seq = %s", [seq + 1])
                after = cursor.fetchone()
            rows = self.entries("e.id = %s", [after[0]]) if after else []
            if rows and seal_of(self.key, seq, mac, rows[0]) == after[1]:
                return "inserted", "it was put in, and those after it were moved on"
        except (TypeError, ValueError, AttributeError):
            pass
        if seq == 1:
            return "edited", "it is not what was sealed; or the trail was sealed with another key"
        return "edited", "it is not what was sealed"

    def unsealed(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT e.id FROM core_trailentry e LEFT JOIN core_traillink l ON l.entry = e.id "
                "WHERE l.entry IS NULL ORDER BY e.id LIMIT 1"
            )
            if found := cursor.fetchone():
                self.bad("unsealed", "it has no seal: it was put in by hand, or its seal was removed", pk=found[0])

    def indexed(self) -> None:
        # What was added since the chain was read has a later place; what names no sealed entry has none.
        told = _stream(
            self.connection,
            "SELECT s.subject, s.entry FROM core_trailsubject s LEFT JOIN core_traillink l ON l.entry = s.entry "  # noqa: S608
            f"WHERE l.seq IS NULL OR l.seq <= {self.found.rows:d}",
        )
        for subject, entry in told:
            self.index -= _number(subject, entry)
        if self.index:
            self.bad("edited", "the index of records (core_trailsubject) is not what the entries say")


def _number(subject: str, entry: int) -> int:
    return int.from_bytes(blake2b(f"{entry}:{subject}".encode(), digest_size=12).digest(), "big")


def head_holds(connection: Any = default_connection) -> bool:
    """Whether the last seal holds under the key in use: quick enough for each start. It does not where the key belongs to
    another trail."""
    check = _Check(connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, entry, mac FROM core_traillink ORDER BY seq DESC LIMIT 2")
        links = cursor.fetchall()
    if not links:
        return True
    (seq, entry, mac), previous = links[0], links[1][2] if len(links) > 1 else FIRST
    rows = check.entries("e.id = %s", [entry])
    return bool(rows) and seal_of(check.key, seq, previous, rows[0]) == mac


OTHER_KEY = (
    "The trail's last entry does not hold under this key. Is trail.key (GOLDENTHREAD_TRAIL_KEY) the one that belongs to "
    "this database? “goldenthread trail verify” says more."
)


def verify(connection: Any = default_connection, tell: Progress = lambda done, of: None) -> Checked:
    """Recompute the whole chain and compare it with the anchors. Reads a row at a time; changes nothing."""
    check = _Check(connection)
    found = check.found
    counting: list[anchors.Anchor] = []
    restores: list[anchors.Anchor] = []
    try:
        counting, restores = anchors.kept(connection)
    except anchors.BadAnchor as fault:
        check.bad("unanchored", str(fault))
    check.chain({one.seq: one.mac for one in counting}, tell)
    whole = not any(fault.what != "unanchored" for fault in found.faults)
    found.anchored, found.restores = len(counting), len(restores)
    furthest = max(counting, key=lambda one: one.seq, default=None)
    if whole and furthest and furthest.seq > found.rows:
        lost = furthest.seq - found.rows
        check.bad(
            "truncated", f"{lost} entries are gone from the end since the anchor of {furthest.at}", found.rows + 1
        )
    elif whole and not furthest and found.rows and not found.faults:
        check.bad("unanchored", "there is no anchor of this database, so nobody can tell whether its end was cut off")
    if whole:
        check.unsealed()
    if not found.faults:
        check.indexed()
    for table in guards.missing(connection):
        check.bad("unguarded", f"the database no longer refuses to change {table}")
    return found
