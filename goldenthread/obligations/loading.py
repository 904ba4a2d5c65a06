"""Records, with all that hangs on them and their requirements look at.

Of a dozen kinds of row that may hang on a record, most are not there, and whoever writes waits for each question. So one
statement asks first what there is at all, and only that is fetched; what the records hang on comes with them.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, models
from django.db.models.fields.reverse_related import ManyToOneRel, OneToOneRel


def loaded(model: type[models.Model], names: Iterable[str], ids: list[int], *, lock: bool) -> list[Any]:
    """The records of these numbers, in their order, with what the names (prefetch look-ups) lead to. lock: they are held to
    the end of the transaction."""
    records = model._base_manager.filter(pk__in=ids).order_by("pk")
    if lock:
        records = records.select_for_update(of=("self",))
    wanted = sorted(names)
    if above := sorted({path for name in wanted if (path := _above(model, name))}):
        records = records.select_related(*above)
    found = list(records)
    absent = _absent(_hanging(model, wanted), [record.pk for record in found])
    for relation in absent:
        nothing: Any = relation.related_model._default_manager.none()
        nothing._result_cache, nothing._prefetch_done = [], True
        for record in found:
            record.__dict__.setdefault("_prefetched_objects_cache", {})[relation.cache_name] = nothing
    gone = {relation.name for relation in absent}
    models.prefetch_related_objects(found, *(name for name in wanted if name.partition("__")[0] not in gone))
    return found


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
