"""The ledger: keeps the table of what is owed in step with the records that it is worked out from.

Rows go to and from the table as plain tuples: as model objects, a rebuild takes three times as long.
"""

import contextlib
import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.db import connection, models, transaction

from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import month_of
from goldenthread.obligations.loading import loaded
from goldenthread.obligations.models import IDENTITY, Excuse, Obligation
from goldenthread.obligations.requirement import Holder, Owed, Requirement, installed
from goldenthread.obligations.touching import touched_by

_BATCH = 900  # on SQLite, Django fetches what more than 1,000 foreign keys lead to with an expression that is too deep
Identity = tuple[str, str, int, str]
Progress = Callable[[int, int], None]


class _Row(NamedTuple):
    """One row of the table, but for its number. The first four tell it from all others."""

    requirement: str
    subject_type: str
    subject_id: int
    key: str
    case_file_id: int | None
    team_id: int | None
    owner_id: int | None
    month: date
    since_at: datetime
    since_known_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    done_known_at: datetime | None
    excused_at: datetime | None
    excused_known_at: datetime | None
    excuse: str

    @property
    def identity(self) -> Identity:
        return self[:4]


_Rows = dict[Identity, _Row]


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of the table that is not what the records say."""

    row: Identity
    what: str

    def __str__(self) -> str:
        requirement, subject, pk, key = self.row
        return f"{requirement} on {subject}:{pk}{' ' + key if key else ''}: {self.what}"


def _of_type(subject_type: str) -> list[Requirement]:
    return [requirement for requirement in installed().values() if requirement.subject_type == subject_type]


def _excuses(subject_type: str, ids: list[int]) -> dict[Identity, Excuse]:
    if not ids or not _any_excused(subject_type, ids):
        return {}
    found = Excuse.objects.filter(subject_type=subject_type, subject_id__in=ids)
    return {(e.requirement, e.subject_type, e.subject_id, e.key): e for e in found}


def _any_excused(subject_type: str, ids: list[int]) -> bool:
    """Whether anything at all is excused on these records, or on one between the first and the last of them: mostly not."""
    table = connection.ops.quote_name(Excuse._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {table} WHERE subject_type = %s AND subject_id BETWEEN %s AND %s LIMIT 1",  # noqa: S608 (a name of our own)
            [subject_type, min(ids), max(ids)],
        )
        return cursor.fetchone() is not None


def _holder(owed: Owed, case_file: CaseFile | None, excuse: Excuse | None) -> Holder:
    if owed.holder is not None:
        return owed.holder
    if case_file is None:
        return Holder(None, None)
    settled = owed.done or excuse
    held = case_file.holding_at(settled.occurred_at) if settled else None
    return Holder(held.team_id, held.worker_id) if held else Holder(case_file.team_id, case_file.worker_id)


def _utc(instant: datetime) -> datetime:
    # In one zone all through: Python holds an instant of the repeated hour unequal to itself in another zone.
    return instant if instant.tzinfo is UTC else instant.astimezone(UTC)


def _computed(requirement: Requirement, record: models.Model, excuses: dict[Identity, Excuse]) -> Iterator[_Row]:
    case_file = requirement.case_file(record)
    for owed in requirement.on(record):
        excuse = excuses.get((requirement.key, requirement.subject_type, record.pk, owed.key))
        holder = _holder(owed, case_file, excuse)
        due = requirement.due(owed)
        yield _Row(
            requirement=requirement.key,
            subject_type=requirement.subject_type,
            subject_id=record.pk,
            key=owed.key,
            case_file_id=case_file.pk if case_file else None,
            team_id=holder.team_id,
            owner_id=holder.officer_id,
            month=month_of(owed.since.occurred_at),
            since_at=_utc(owed.since.occurred_at),
            since_known_at=_utc(owed.since.recorded_at),
            due_at=_utc(due) if due else None,
            done_at=_utc(owed.done.occurred_at) if owed.done else None,
            done_known_at=_utc(owed.done.recorded_at) if owed.done else None,
            excused_at=excuse.occurred_at if excuse else None,
            excused_known_at=excuse.recorded_at if excuse else None,
            excuse=excuse.reason if excuse else "",
        )


def _loaded(model: type[models.Model], requirements: list[Requirement], ids: list[int], lock: bool) -> list[Any]:
    related = {name for requirement in requirements for name in requirement.with_related}
    if any(f.name == "case_file" for f in model._meta.fields):
        related.add("case_file__holdings")
    return loaded(model, related, ids, lock=lock)


def _wanted(subject_type: str, ids: list[int], *, lock: bool) -> _Rows:
    """The rows that the records ask for.

    With `lock`, records are held from here to the end of the transaction: two officers who write about one record at
    the same time come one after the other, and the second sees what the first wrote. The lock comes before all else
    that is read.
    """
    requirements = _of_type(subject_type)
    records = _loaded(requirements[0].subject, requirements, ids, lock) if requirements else []
    excuses = _excuses(subject_type, ids)
    wanted: _Rows = {}
    for record in records:
        for requirement in requirements:
            for row in _computed(requirement, record, excuses):
                if row.identity in wanted:
                    raise ValueError(f"{Difference(row.identity, 'owed twice under one key')}")
                wanted[row.identity] = row
    return wanted


def _standing(subject_type: str, ids: list[int]) -> _Rows:
    """The rows that stand."""
    found = Obligation.objects.filter(subject_type=subject_type, subject_id__in=ids).order_by()
    rows = map(_Row._make, found.values_list(*_Row._fields))
    return {row.identity: row for row in rows}


def _settle(subject_type: str, ids: list[int]) -> None:
    wanted = _wanted(subject_type, ids, lock=True)
    standing = _standing(subject_type, ids)
    for requirement, _, subject_id, key in standing.keys() - wanted.keys():
        Obligation.objects.filter(
            subject_type=subject_type, subject_id=subject_id, requirement=requirement, key=key
        ).delete()
    _write(row for identity, row in wanted.items() if standing.get(identity) != row)


def _write(rows: Iterable[_Row]) -> None:
    """Add each row, or put it in the place of the one of the same identity."""
    ops, quote = connection.ops, connection.ops.quote_name
    adapt: list[Callable[[Any], Any] | None] = [
        ops.adapt_datefield_value
        if name == "month"
        else ops.adapt_datetimefield_value
        if name.endswith("_at")
        else None
        for name in _Row._fields
    ]
    values = [
        [value if change is None or value is None else change(value) for change, value in zip(adapt, row, strict=True)]
        for row in rows
    ]
    if not values:
        return
    facts = [name for name in _Row._fields if name not in IDENTITY]
    sql = (
        f"INSERT INTO {quote(Obligation._meta.db_table)} ({', '.join(map(quote, _Row._fields))}) "  # noqa: S608 (names of our own)
        f"VALUES ({', '.join(['%s'] * len(_Row._fields))}) "
        f"ON CONFLICT ({', '.join(map(quote, IDENTITY))}) "
        f"DO UPDATE SET {', '.join(f'{quote(name)} = excluded.{quote(name)}' for name in facts)}"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


@transaction.atomic
def refresh(*records: models.Model, touching: bool = True) -> None:
    """Bring the ledger in step with these records, and with those that they touch. Every action that writes a record
    calls it, in its transaction. touching: whether what hangs on them changed, and not only an excuse."""
    by_type: dict[str, list[int]] = defaultdict(list)
    for record in touched_by(records) if touching else records:
        by_type[record._meta.label_lower].append(record.pk)
    for subject_type, ids in by_type.items():
        for start in range(0, len(ids), _BATCH):
            _settle(subject_type, ids[start : start + _BATCH])


@transaction.atomic
def refresh_case_file(case_file: CaseFile) -> None:
    """After a case file changed hands: what is open on it follows, what is settled stays with those of its day."""
    by_type: dict[str, list[int]] = defaultdict(list)
    for subject_type, pk in case_file.obligations.order_by().values_list("subject_type", "subject_id").distinct():
        by_type[subject_type].append(pk)
    for subject_type, ids in sorted(by_type.items()):
        _settle(subject_type, sorted(ids))


@transaction.atomic
def refresh_whole_file(case_file: CaseFile) -> None:
    """After a case file was closed or opened again: every record on it that may owe, and what stands of those that owed.
    What comes round ends with the file, and begins again with it."""
    by_type: dict[str, set[int]] = defaultdict(set)
    for subject_type, pk in case_file.obligations.order_by().values_list("subject_type", "subject_id").distinct():
        by_type[subject_type].add(pk)
    for subject in {requirement.subject for requirement in installed().values()}:
        if subject is CaseFile:
            by_type[subject._meta.label_lower].add(case_file.pk)
        elif any(f.name == "case_file" for f in subject._meta.fields):
            found = subject._default_manager.filter(case_file=case_file.pk).order_by()
            by_type[subject._meta.label_lower].update(found.values_list("pk", flat=True))
    for subject_type, ids in sorted(by_type.items()):
        ordered = sorted(ids)
        for start in range(0, len(ordered), _BATCH):
            _settle(subject_type, ordered[start : start + _BATCH])


def open_if_closed(case_file: CaseFile, at: datetime) -> list[Obligation]:
    """What is open on a case file and would stay open if the file were closed at an instant, soonest due first. What comes
    round and ends with the file is not among it: each requirement is asked itself. Nothing is written."""
    rows = list(case_file.obligations.open().order_by(models.F("due_at").asc(nulls_last=True), "pk"))
    by_type: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        by_type[row.subject_type].add(row.subject_id)
    wanted: set[Identity] = set()
    with transaction.atomic():
        CaseFile.objects.filter(pk=case_file.pk).update(closed_at=at)
        for subject_type, ids in sorted(by_type.items()):
            wanted |= _wanted(subject_type, sorted(ids), lock=False).keys()
        transaction.set_rollback(True)
    return [row for row in rows if (row.requirement, row.subject_type, row.subject_id, row.key) in wanted]


def _all_ids() -> Iterator[tuple[str, list[int]]]:
    """Every record that may owe, and every record that the table names, in batches."""
    types = {requirement.subject_type: requirement.subject for requirement in installed().values()}
    named: dict[str, set[int]] = defaultdict(set)
    for subject_type, pk in Obligation.objects.order_by().values_list("subject_type", "subject_id").distinct():
        named[subject_type].add(pk)
    for subject_type, pk in _numbers(types):
        named[subject_type].add(pk)
    for subject_type, ids in sorted(named.items()):
        ordered = sorted(ids)
        for start in range(0, len(ordered), _BATCH):
            yield subject_type, ordered[start : start + _BATCH]


def _numbers(types: dict[str, type[models.Model]]) -> list[tuple[str, int]]:
    """Every record of these kinds: all asked for in one statement, for of most kinds there may be none."""
    quote, names = connection.ops.quote_name, sorted(types)
    if not names:
        return []
    sql = " UNION ALL ".join(
        f"SELECT {number}, {quote(str(types[name]._meta.pk.column))} FROM {quote(types[name]._meta.db_table)}"  # noqa: S608 (names of our own)
        for number, name in enumerate(names)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [(names[number], pk) for number, pk in cursor.fetchall()]


def _batches(progress: Progress | None) -> Iterator[tuple[str, list[int]]]:
    """All batches, one after the other.

    Garbage is collected between batches only: within one, hardly anything becomes garbage, and looking for it takes a
    third of the time.
    """
    batches = list(_all_ids())
    few = sum(len(ids) for _, ids in batches) <= _BATCH
    with contextlib.nullcontext() if few else _garbage_left() as collect:
        for number, batch in enumerate(batches, start=1):
            yield batch
            if collect:
                collect()
            if progress:
                progress(number, len(batches))


@contextlib.contextmanager
def _garbage_left() -> Iterator[Callable[[], object]]:
    """Garbage is left until what this yields is called. What was kept from every search before stays so afterwards."""
    collecting, kept = gc.isenabled(), gc.get_freeze_count()
    gc.freeze()
    gc.disable()
    try:
        yield gc.collect
    finally:
        if not kept:
            gc.unfreeze()
        if collecting:
            gc.enable()


def rebuild(progress: Progress | None = None) -> int:
    """Compute every row anew from the records. Returns how many rows stand afterwards.

    Each batch of records is a transaction of its own, so that officers can go on working meanwhile.
    """
    for subject_type, ids in _batches(progress):
        with transaction.atomic():
            _settle(subject_type, ids)
    return Obligation.objects.count()


def verify(progress: Progress | None = None) -> list[Difference]:
    """Recompute every row and name each that differs. Changes nothing.

    A record and its rows are not read in one instant, so what seems to differ is looked at again under lock: what
    somebody was just writing is no difference.
    """
    differences: list[Difference] = []
    for subject_type, ids in _batches(progress):
        found = _differences(_wanted(subject_type, ids, lock=False), _standing(subject_type, ids))
        if doubtful := {difference.row[2] for difference in found}:
            with transaction.atomic():
                held = sorted(doubtful)
                differences += _differences(_wanted(subject_type, held, lock=True), _standing(subject_type, held))
    return sorted(differences, key=lambda difference: difference.row)


def _differences(wanted: _Rows, standing: _Rows) -> list[Difference]:
    found = [Difference(identity, "missing from the ledger") for identity in wanted.keys() - standing.keys()]
    found += [Difference(i, "in the ledger, and no record owes it") for i in standing.keys() - wanted.keys()]
    for identity in wanted.keys() & standing.keys():
        pairs = zip(_Row._fields, wanted[identity], standing[identity], strict=True)
        if names := [name for name, right, stands in pairs if right != stands]:
            found.append(Difference(identity, "differs in " + ", ".join(names)))
    return found
