"""The ledger: keeps the table of what is owed in step with the records that it is worked out from."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import month_of
from goldenthread.obligations.models import IDENTITY, Excuse, Obligation
from goldenthread.obligations.requirement import Holder, Owed, Requirement, installed

_FIELDS = (
    "case_file_id", "team_id", "owner_id", "month", "since_at", "since_known_at", "due_at",
    "done_at", "done_known_at", "excused_at", "excused_known_at", "excuse",
)  # fmt: skip
_BATCH = 2000
Identity = tuple[str, str, int, str]
Progress = Callable[[int, int], None]


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


def _identity(row: Obligation | Excuse) -> Identity:
    return (row.requirement, row.subject_type, row.subject_id, row.key)


def _excuses(subject_type: str, ids: list[int]) -> dict[Identity, Excuse]:
    return {_identity(e): e for e in Excuse.objects.filter(subject_type=subject_type, subject_id__in=ids)}


def _holder(owed: Owed, case_file: CaseFile | None, excuse: Excuse | None) -> Holder:
    if owed.holder is not None:
        return owed.holder
    if case_file is None:
        return Holder(None, None)
    settled = owed.done or excuse
    if settled is None:
        return Holder(case_file.team_id, case_file.worker_id)
    held = case_file.holding_at(settled.occurred_at)
    return Holder(held.team_id, held.worker_id) if held else Holder(case_file.team_id, case_file.worker_id)


def _computed(requirement: Requirement, record: models.Model, excuses: dict[Identity, Excuse]) -> Iterator[Obligation]:
    case_file = requirement.case_file(record)
    for owed in requirement.on(record):
        row = Obligation(
            requirement=requirement.key,
            subject_type=requirement.subject_type,
            subject_id=record.pk,
            key=owed.key,
            case_file_id=case_file.pk if case_file else None,
            month=month_of(owed.since.occurred_at),
            since_at=owed.since.occurred_at,
            since_known_at=owed.since.recorded_at,
            due_at=requirement.due(owed),
            done_at=owed.done.occurred_at if owed.done else None,
            done_known_at=owed.done.recorded_at if owed.done else None,
        )
        excuse = excuses.get(_identity(row))
        holder = _holder(owed, case_file, excuse)
        row.team_id, row.owner_id = holder.team_id, holder.officer_id
        if excuse:
            row.excused_at, row.excused_known_at = excuse.occurred_at, excuse.recorded_at
            row.excuse = excuse.reason
        yield row


def _loaded(model: type[models.Model], requirements: list[Requirement], ids: list[int], lock: bool) -> list[Any]:
    related = {name for requirement in requirements for name in requirement.with_related}
    if any(f.name == "case_file" for f in model._meta.fields):
        related.add("case_file__holdings")
    records = model._base_manager.filter(pk__in=ids).order_by("pk")
    return list((records.select_for_update() if lock else records).prefetch_related(*sorted(related)))


def _compare(
    subject_type: str, ids: list[int], *, lock: bool = False
) -> tuple[dict[Identity, Obligation], dict[Identity, Obligation]]:
    """The rows that the records ask for, and the rows that stand, of these records.

    With `lock`, records are held from here to the end of the transaction: two officers who write about one record at
    the same time come one after the other, and the second sees what the first wrote. The lock comes before all else
    that is read.
    """
    requirements = _of_type(subject_type)
    records = _loaded(requirements[0].subject, requirements, ids, lock) if requirements else []
    excuses = _excuses(subject_type, ids)
    wanted: dict[Identity, Obligation] = {}
    for record in records:
        for requirement in requirements:
            for row in _computed(requirement, record, excuses):
                if _identity(row) in wanted:
                    raise ValueError(f"{row}: owed twice under one key")
                wanted[_identity(row)] = row
    standing = {_identity(row): row for row in Obligation.objects.filter(subject_type=subject_type, subject_id__in=ids)}
    return wanted, standing


def _changed(wanted: Obligation, standing: Obligation) -> list[str]:
    return [name for name in _FIELDS if getattr(wanted, name) != getattr(standing, name)]


def _settle(subject_type: str, ids: list[int]) -> None:
    wanted, standing = _compare(subject_type, ids, lock=True)
    gone = [row.pk for identity, row in standing.items() if identity not in wanted]
    if gone:
        Obligation.objects.filter(pk__in=gone).delete()
    written = [row for identity, row in wanted.items() if _differs(row, standing.get(identity))]
    Obligation.objects.bulk_create(
        written, batch_size=500, update_conflicts=True, unique_fields=IDENTITY, update_fields=_FIELDS_TO_WRITE
    )


def _differs(wanted: Obligation, standing: Obligation | None) -> bool:
    return standing is None or bool(_changed(wanted, standing))


_FIELDS_TO_WRITE = [name.removesuffix("_id") for name in _FIELDS]


@transaction.atomic
def refresh(*records: models.Model) -> None:
    """Bring the ledger in step with these records. Every action that writes a record calls it, in its transaction."""
    by_type: dict[str, list[int]] = defaultdict(list)
    for record in records:
        by_type[record._meta.label_lower].append(record.pk)
    for subject_type, ids in by_type.items():
        for start in range(0, len(ids), _BATCH):
            _settle(subject_type, ids[start : start + _BATCH])


@transaction.atomic
def refresh_case_file(case_file: CaseFile) -> None:
    """After a case file changed hands: what is open on it follows, what is settled stays with those of its day."""
    by_type: dict[str, list[int]] = defaultdict(list)
    for subject_type, pk in case_file.obligations.values_list("subject_type", "subject_id").distinct():
        by_type[subject_type].append(pk)
    for subject_type, ids in by_type.items():
        _settle(subject_type, ids)


def _all_ids() -> Iterator[tuple[str, list[int]]]:
    """Every record that may owe, and every record that the table names, in batches."""
    types = {requirement.subject_type: requirement.subject for requirement in installed().values()}
    for subject_type in sorted(
        types | dict.fromkeys(Obligation.objects.values_list("subject_type", flat=True).distinct())
    ):
        ids = set(Obligation.objects.filter(subject_type=subject_type).values_list("subject_id", flat=True).distinct())
        if model := types.get(subject_type):
            ids.update(model._base_manager.values_list("pk", flat=True))
        ordered = sorted(ids)
        for start in range(0, len(ordered), _BATCH):
            yield subject_type, ordered[start : start + _BATCH]


def rebuild(progress: Progress | None = None) -> int:
    """Compute every row anew from the records. Returns how many rows stand afterwards.

    Each batch of records is a transaction of its own, so that officers can go on working meanwhile.
    """
    batches = list(_all_ids())
    for number, (subject_type, ids) in enumerate(batches, start=1):
        with transaction.atomic():
            _settle(subject_type, ids)
        if progress:
            progress(number, len(batches))
    return Obligation.objects.count()


def verify(progress: Progress | None = None) -> list[Difference]:
    """Recompute every row and name each that differs. Changes nothing.

    A record and its rows are not read in one instant, so what seems to differ is looked at again under lock: what
    somebody was just writing is no difference.
    """
    differences: list[Difference] = []
    batches = list(_all_ids())
    for number, (subject_type, ids) in enumerate(batches, start=1):
        if doubtful := {difference.row[2] for difference in _differences(*_compare(subject_type, ids))}:
            with transaction.atomic():
                differences += _differences(*_compare(subject_type, sorted(doubtful), lock=True))
        if progress:
            progress(number, len(batches))
    return sorted(differences, key=lambda difference: difference.row)


def _differences(wanted: dict[Identity, Obligation], standing: dict[Identity, Obligation]) -> list[Difference]:
    found = [Difference(identity, "missing from the ledger") for identity in wanted.keys() - standing.keys()]
    found += [Difference(i, "in the ledger, and no record owes it") for i in standing.keys() - wanted.keys()]
    for identity in wanted.keys() & standing.keys():
        if names := _changed(wanted[identity], standing[identity]):
            found.append(Difference(identity, "differs in " + ", ".join(names)))
    return found
