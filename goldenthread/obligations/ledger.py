"""The ledger: keeps the table of what is owed in step with the records that it is worked out from."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import month_of
from goldenthread.obligations.models import Excuse, Obligation
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


def _holder(owed: Owed, case_file: CaseFile | None) -> Holder:
    if owed.holder is not None:
        return owed.holder
    if case_file is None:
        return Holder(None, None)
    if owed.done is None:
        return Holder(case_file.team_id, case_file.worker_id)
    held = case_file.holding_at(owed.done.occurred_at)
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
        holder = _holder(owed, case_file)
        row.team_id, row.owner_id = holder.team_id, holder.officer_id
        if excuse := excuses.get(_identity(row)):
            row.excused_at, row.excused_known_at = excuse.occurred_at, excuse.recorded_at
            row.excuse = excuse.reason
        yield row


def _loaded(model: type[models.Model], requirements: list[Requirement], ids: list[int]) -> list[Any]:
    related = {name for requirement in requirements for name in requirement.with_related}
    return list(model._default_manager.filter(pk__in=ids).prefetch_related(*sorted(related)))


def _compare(subject_type: str, ids: list[int]) -> tuple[dict[Identity, Obligation], dict[Identity, Obligation]]:
    """The rows that the records ask for, and the rows that stand, of these records."""
    requirements = _of_type(subject_type)
    excuses = _excuses(subject_type, ids)
    wanted: dict[Identity, Obligation] = {}
    if requirements:
        for record in _loaded(requirements[0].subject, requirements, ids):
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
    wanted, standing = _compare(subject_type, ids)
    update = []
    for identity, row in wanted.items():
        if (old := standing.get(identity)) and _changed(row, old):
            row.pk = old.pk
            update.append(row)
    Obligation.objects.filter(pk__in=[row.pk for i, row in standing.items() if i not in wanted]).delete()
    if update:
        Obligation.objects.bulk_update(update, _FIELDS_TO_WRITE, batch_size=200)
    Obligation.objects.bulk_create([row for i, row in wanted.items() if i not in standing], batch_size=500)


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
        ids = set(Obligation.objects.filter(subject_type=subject_type).values_list("subject_id", flat=True))
        if model := types.get(subject_type):
            ids.update(model._default_manager.values_list("pk", flat=True))
        ordered = sorted(ids)
        for start in range(0, len(ordered), _BATCH):
            yield subject_type, ordered[start : start + _BATCH]


def rebuild(progress: Progress | None = None) -> int:
    """Compute every row anew from the records. Returns how many rows stand afterwards."""
    batches = list(_all_ids())
    with transaction.atomic():
        for number, (subject_type, ids) in enumerate(batches, start=1):
            _settle(subject_type, ids)
            if progress:
                progress(number, len(batches))
    return Obligation.objects.count()


def verify(progress: Progress | None = None) -> list[Difference]:
    """Recompute every row and name each that differs. Changes nothing."""
    differences: list[Difference] = []
    batches = list(_all_ids())
    for number, (subject_type, ids) in enumerate(batches, start=1):
        wanted, standing = _compare(subject_type, ids)
        for identity in wanted.keys() - standing.keys():
            differences.append(Difference(identity, "missing from the ledger"))
        for identity in standing.keys() - wanted.keys():
            differences.append(Difference(identity, "in the ledger, and no record owes it"))
        for identity in wanted.keys() & standing.keys():
            if names := _changed(wanted[identity], standing[identity]):
                differences.append(Difference(identity, "differs in " + ", ".join(names)))
        if progress:
            progress(number, len(batches))
    return sorted(differences, key=lambda d: d.row)
