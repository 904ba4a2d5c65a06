"""What else a record touches: written on a case file, it settles something owed on another record there.

A room says so once, when it is ready, of records of rooms below it: a visit that is recorded settles the visit that a
child protection plan owes. The ledger then brings those in step too, whoever writes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import models

from goldenthread.cases.models import CaseFile

M = TypeVar("M", bound=models.Model)
Finder = Callable[[M], Iterable[models.Model]]

_touched: dict[type[models.Model], dict[str, Finder[models.Model]]] = defaultdict(dict)


def touches(model: type[M], name: str, found: Finder[M]) -> None:
    """Say which other records are to be brought in step when one of this kind is. name: of this rule, so that saying it
    twice says it once."""
    _touched[model][name] = found  # type: ignore[assignment]


def touched_by(records: Iterable[models.Model]) -> list[models.Model]:
    """These records, and all that they touch; each once. One step only: what is touched touches nothing further."""
    found = {(type(record), record.pk): record for record in records}
    for record in list(found.values()):
        for finder in _touched.get(type(record), {}).values():
            for other in finder(record):
                found.setdefault((type(other), other.pk), other)
    return list(found.values())


def hold_file(case_file: CaseFile) -> None:
    """Hold a case file until the transaction ends, where what is written on it touches other records of it: a plan that
    begins while a visit is recorded then comes before it or after it, and the second sees what the first wrote."""
    list(CaseFile.objects.select_for_update(no_key=True).filter(pk=case_file.pk).values_list("pk"))
