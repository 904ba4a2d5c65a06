"""Records, with all that hangs on them and their requirements look at.

Of a dozen kinds of row that may hang on a record, most are not there, and whoever writes waits for each question. So one
statement asks first what there is at all, and only that is fetched.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.fields.reverse_related import ManyToOneRel, OneToOneRel

M = TypeVar("M", bound=models.Model)


def loaded(model: type[models.Model], names: Iterable[str], ids: list[int], *, lock: bool) -> list[Any]:
    """The records of these numbers, in their order, with what the names (prefetch look-ups) lead to. lock: they are held to
    the end of the transaction."""
    records, wanted = model._base_manager.filter(pk__in=ids).order_by("pk"), sorted(names)
    if lock:  # and what they hang on afterwards: read while waiting for the lock, it would be as it was before
        found = list(records.select_for_update())
    else:
        above = {path for name in wanted if (path := _above(model, name))}
        found = list(records.select_related(*sorted(above)) if above else records)
    absent = _absent(_hanging(model, wanted), ids)
    for relation in absent:
        nothing = _nothing(relation.related_model._default_manager.none())
        for record in found:
            _prefetched(record)[relation.cache_name] = nothing
    _fetch(found, wanted, absent)
    return found


def with_all(record: M, names: Iterable[str]) -> M:
    """The same record, with what the names lead to fetched as it now is."""
    wanted = sorted(names)
    _prefetched(record).clear()
    absent = _absent(_hanging(type(record), wanted), [record.pk])
    for relation in absent:  # asked for more, each still asks the database: something may have been written since
        nothing = _nothing(getattr(record, relation.get_accessor_name()).get_queryset())
        _prefetched(record)[relation.cache_name] = nothing
    _fetch([record], wanted, absent)
    return record


def _nothing(rows: Any) -> Any:
    rows._result_cache, rows._prefetch_done = [], True
    return rows


def _prefetched(record: models.Model) -> dict[str, Any]:
    """What Django has fetched of what hangs on a record."""
    held: dict[str, Any] = record.__dict__.setdefault("_prefetched_objects_cache", {})
    return held


def _fetch(records: list[Any], names: list[str], absent: list[ManyToOneRel]) -> None:
    gone = {relation.name for relation in absent}
    models.prefetch_related_objects(records, *(name for name in names if name.partition("__")[0] not in gone))


def _above(model: type[models.Model], name: str) -> str:
    """How far a look-up leads from each record to one other (“referral__case_file”)."""
    path: list[str] = []
    at: Any = model
    for part in name.split("__"):
        field = at._meta.get_field(part)
        if not isinstance(field, models.ForeignKey):
            break
        path.append(part)
        at = field.related_model
    return "__".join(path)


def _hanging(model: type[models.Model], names: Iterable[str]) -> Iterator[ManyToOneRel]:
    """What of it are rows that point to the record."""
    for name in sorted({name.partition("__")[0] for name in names}):
        field = model._meta.get_field(name)
        if isinstance(field, ManyToOneRel) and not isinstance(field, OneToOneRel):
            yield field


def _absent(relations: Iterable[ManyToOneRel], ids: list[int]) -> list[ManyToOneRel]:
    """Those of which there is no row on any of these records, nor on one between the first and the last of them."""
    asked, quote = list(relations), connection.ops.quote_name
    if not asked or not ids:
        return []
    sql = " UNION ALL ".join(
        f"SELECT {number} WHERE EXISTS (SELECT 1 FROM {quote(each.related_model._meta.db_table)} "  # noqa: S608 (names of our own)
        f"WHERE {quote(each.field.column)} BETWEEN %s AND %s)"
        for number, each in enumerate(asked)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [min(ids), max(ids)] * len(asked))
        present = {number for (number,) in cursor.fetchall()}
    return [each for number, each in enumerate(asked) if number not in present]
