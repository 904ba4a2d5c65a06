"""Pages of what is owed, read in three statements: how many, which and what, and the children's names.

Lists are what people open most, and putting a query into words costs Django more than a database needs to answer it.
Here the filter is put into words once, by Django; what is read of the rows that it finds is written out. No rule of
who owes what, or who may see it, is repeated here.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest

from goldenthread.core.pages import ListPage, page_of
from goldenthread.obligations.models import Obligation

# Which rows are on the page is found first, where it can be in an index alone; only those are then read.
_READ = """
SELECT o.requirement, o.subject_type, o.subject_id, o.case_file_id, f.reference, o.owner_id, w.name, o.excuse,
       o.since_at, o.since_known_at, o.due_at, o.done_at, o.done_known_at, o.excused_at, o.excused_known_at
FROM (SELECT id, due_at FROM ({filter}) AS found ORDER BY {undated}due_at, id LIMIT %s OFFSET %s) AS shown
JOIN obligations_obligation AS o ON o.id = shown.id
LEFT JOIN cases_casefile AS f ON f.id = o.case_file_id
LEFT JOIN people_officer AS w ON w.id = o.owner_id
ORDER BY {undated_shown}shown.due_at, shown.id
"""
_UNDATED = {"undated": "due_at IS NULL, ", "undated_shown": "shown.due_at IS NULL, "}
# Of what all has a date, the first few can be taken from an index that is in that order.
_DATED = {"undated": "", "undated_shown": ""}
_CHILDREN = """
SELECT held.casefile_id, child.given_names, child.family_name
FROM cases_casefile_children AS held JOIN cases_child AS child ON child.id = held.child_id
WHERE held.casefile_id IN ({places}) ORDER BY held.casefile_id, child.id
"""
_WORDS = 8  # columns before the instants


@dataclass(slots=True)
class Owing:
    """One thing owed, as it was read."""

    requirement: str
    subject_type: str
    subject_id: int
    case_file_id: int | None
    reference: str | None
    owner_id: int | None
    owner: str | None
    excuse: str
    since_at: datetime
    since_known_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    done_known_at: datetime | None
    excused_at: datetime | None
    excused_known_at: datetime | None


def _instant(value: datetime | None) -> datetime | None:
    """SQLite gives instants of UTC that do not say so; PostgreSQL's do."""
    return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


def _rows(sql: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple(values))
        return list(cursor.fetchall())


class _Found:
    """What a filter finds, soonest due first, those without a date last: for a paginator to count and to cut."""

    def __init__(self, rows: QuerySet[Obligation]) -> None:
        self.rows = rows

    @cached_property
    def filter(self) -> tuple[str, tuple[Any, ...]] | None:
        """The filter in words, with its values; None for one that nothing can pass."""
        try:
            return self.rows.order_by().values("id", "due_at").query.sql_with_params()
        except EmptyResultSet:
            return None

    def __len__(self) -> int:
        if self.filter is None:
            return 0
        sql, values = self.filter
        return int(_rows(f"SELECT COUNT(*) FROM ({sql}) AS found", values)[0][0])  # noqa: S608  (as above)

    def __getitem__(self, part: slice) -> list[Owing]:
        if self.filter is None or part.stop <= part.start:
            return []
        sql, values = self.filter
        found = _rows(_READ.format(filter=sql, **_UNDATED), (*values, part.stop - part.start, part.start))
        return [Owing(*row[:_WORDS], *map(_instant, row[_WORDS:])) for row in found]


def soonest(rows: QuerySet[Obligation], number: int) -> list[Owing]:
    """So many of what a filter finds, soonest due first; all that it finds must have a date. One statement."""
    found = _Found(rows).filter
    if found is None:
        return []
    sql, values = found
    read = _rows(_READ.format(filter=sql, **_DATED), (*values, number, 0))
    return [Owing(*row[:_WORDS], *map(_instant, row[_WORDS:])) for row in read]


def how_many(rows: QuerySet[Obligation]) -> int:
    """How many a filter finds."""
    return len(_Found(rows))


def owed_page(request: HttpRequest, rows: QuerySet[Obligation], *, count: int | None = None) -> ListPage:
    """The page of what is owed that ?page= asks for, soonest due first, each row an `Owing`. count: as in `page_of`."""
    return page_of(request, cast("Sequence[Owing]", _Found(rows)), count=count)


def names_on(files: set[int]) -> dict[int, str]:
    """The children's names by case file: one statement. Only for those who may open the files."""
    if not files:
        return {}
    names: dict[int, list[str]] = defaultdict(list)
    for file, given, family in _rows(_CHILDREN.format(places=", ".join(["%s"] * len(files))), sorted(files)):
        names[file].append(f"{given} {family}")
    return {file: ", ".join(children) for file, children in names.items()}
