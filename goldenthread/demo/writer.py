"""Rows by the thousand: written in bulk with numbers of their own, so that the same seed gives the same rows.

They go to the table as plain tuples, like the ledger's: by `bulk_create` this takes three times as long.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.management.color import no_style
from django.db import connection, models

M = TypeVar("M", bound=models.Model)
_AS_IT_IS = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)
"""Kinds of field whose value the database takes as the row holds it."""


def _adapted(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    """What makes a field's value one that the database takes, or None where it does so already."""
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, _AS_IT_IS):
        return None
    return lambda value: field.get_db_prep_save(value, connection)


class Writer:
    """Gathers rows of many tables and writes them when there are enough. Foreign keys are checked at the commit."""

    def __init__(self, at_once: int = 20_000) -> None:
        self._rows: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        self._last: dict[type[models.Model], int] = {}
        self.made: dict[type[models.Model], int] = defaultdict(int)
        self._waiting, self._at_once = 0, at_once

    def add(self, model: type[M], *, number: int | None = None, **fields: Any) -> M:
        """A new row, with a number taken before or numbered on from the last of its table."""
        row = model(pk=number or self.next_number(model), **fields)
        self._rows[model].append(row)
        self._waiting += 1
        if self._waiting >= self._at_once:
            self.flush()
        return row

    def next_number(self, model: type[models.Model]) -> int:
        """Takes the next number of a table: the first after what stands in it."""
        if model not in self._last:
            self._last[model] = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
        self._last[model] += 1
        self.made[model] += 1
        return self._last[model]

    def flush(self) -> None:
        """Write all that was gathered."""
        for model, rows in self._rows.items():
            if rows:
                _write(model, rows)
                rows.clear()
        self._waiting = 0

    def number_on(self) -> None:
        """Let the database number on from the highest: PostgreSQL must be told, SQLite sees it."""
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self.made)):
                cursor.execute(statement)


def _write(model: type[models.Model], rows: list[models.Model]) -> None:
    """Rows of one table, whole, in one statement for all of them."""
    quote, fields = connection.ops.quote_name, model._meta.local_concrete_fields
    columns = []
    for field in fields:
        told, adapted = [getattr(row, field.attname) for row in rows], _adapted(field)
        columns.append([None if value is None else adapted(value) for value in told] if adapted else told)
    names = ", ".join(quote(str(field.column)) for field in fields)
    sql = (
        f"INSERT INTO {quote(model._meta.db_table)} ({names}) "  # noqa: S608 (names of our own)
        f"VALUES ({', '.join(['%s'] * len(fields))})"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(zip(*columns, strict=True)))
