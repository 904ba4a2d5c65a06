"""Rows by the thousand: written in bulk with numbers of their own, so that the same seed gives the same rows."""

from collections import defaultdict
from typing import Any, TypeVar

from django.core.management.color import no_style
from django.db import connection, models

M = TypeVar("M", bound=models.Model)


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
            model._default_manager.bulk_create(rows, batch_size=2000)
            rows.clear()
        self._waiting = 0

    def number_on(self) -> None:
        """Let the database number on from the highest: PostgreSQL must be told, SQLite sees it."""
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self.made)):
                cursor.execute(statement)
