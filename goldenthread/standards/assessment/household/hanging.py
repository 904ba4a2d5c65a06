"""Everything that hangs on a child: found from the models themselves, so that a new kind of record is merged like the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

from goldenthread.cases.finding.models import SearchKey
from goldenthread.cases.models import CaseFile, Child, ChildAmendment, Merge


@dataclass(frozen=True, slots=True)
class Key:
    """A key to a child: the table that holds it, and the column. joins: the table only joins children to what `owner`
    leads to (a case file's children)."""

    model: type[models.Model]
    column: str
    owner: str = ""

    @property
    def label(self) -> str:
        """“cases.address.child”."""
        return f"{self.model._meta.label_lower}.{self.column}"

    @property
    def rows(self) -> Any:
        """All rows of the table, also those that were taken back."""
        return self.model._base_manager

    def of(self, child: Child) -> Any:
        """The rows that point to this child."""
        return self.rows.filter(**{f"{self.column}_id": child.pk}).order_by("pk")

    @property
    def title(self) -> str:
        """What it is, in words: “case files”, “addresses”."""
        model = self.model
        if self.owner:
            related = self.model._meta.get_field(self.owner).related_model
            assert isinstance(related, type)  # noqa: S101 (a foreign key leads to a model)
            model = related
        return str(model._meta.verbose_name_plural)

    def record(self, row: models.Model) -> models.Model:
        """What a person calls the record: the row itself, or what it joins the child to."""
        found = getattr(row, self.owner) if self.owner else row
        assert isinstance(found, models.Model)  # noqa: S101 (a foreign key leads to a model)
        return found


_NOT_THEIRS = {Merge, Child, ChildAmendment, SearchKey}
"""What tells of one record itself: that it was merged, and what was corrected on it; and the index, which is made anew."""


def keys_to_child() -> list[Key]:
    """Every key to a child of every model, in one order."""
    found = []
    for field in Child._meta.get_fields(include_hidden=True):
        if not isinstance(field, models.ManyToOneRel) or field.related_model in _NOT_THEIRS:
            continue
        model = field.related_model
        assert isinstance(model, type)  # noqa: S101 (it is resolved when all apps are loaded)
        owner = ""
        if model._meta.auto_created:
            owner = next(f.name for f in model._meta.concrete_fields if f.is_relation and f.name != field.field.name)
        found.append(Key(model, field.field.name, owner))
    return sorted(found, key=lambda key: key.label)


def _asked(of_each: list[str], values: list[int]) -> list[tuple[int, int | None]]:
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(of_each), values)
        found: list[tuple[int, int | None]] = sorted(cursor.fetchall())
        return found


def last_rows() -> dict[str, int]:
    """The number of the last row of every table with a key to a child, by the key's label; nought where it has none. Asked in
    one statement."""
    quote, keys = connection.ops.quote_name, keys_to_child()
    of_each = [
        f"SELECT {number}, MAX({quote(str(key.model._meta.pk.column))}) FROM {quote(key.model._meta.db_table)}"  # noqa: S608 (names of our own)
        for number, key in enumerate(keys)
    ]
    return {keys[number].label: int(last or 0) for number, last in _asked(of_each, [])}


def keys_in_use(child: Child) -> list[Key]:
    """The keys by which anything hangs on this child, in the one order. Asked in one statement."""
    quote, keys = connection.ops.quote_name, keys_to_child()
    of_each = [
        f"SELECT {number}, 1 WHERE EXISTS (SELECT 1 FROM {quote(key.model._meta.db_table)} "  # noqa: S608 (names of our own)
        f"WHERE {quote(f'{key.column}_id')} = %s)"
        for number, key in enumerate(keys)
    ]
    return [keys[number] for number, _ in _asked(of_each, [child.pk] * len(keys))]


def key_called(model: str, column: str) -> Key:
    """The key of a row that a merge noted. Raises LookupError where the model is gone."""
    return next((k for k in keys_to_child() if k.label == f"{model}.{column}"), Key(apps.get_model(model), column))


def counts(child: Child) -> Iterator[tuple[Key, int]]:
    """How many of each hang on a child, where there are any."""
    for key in keys_in_use(child):
        yield key, key.of(child).count()


def file_of(record: models.Model, steps: int = 2) -> CaseFile | None:
    """The case file that a record is on, by itself or by what it hangs on, so many steps up; None for what is on no file."""
    if isinstance(record, CaseFile):
        return record
    held = getattr(record, "case_file", None)
    if isinstance(held, CaseFile) or steps == 0:
        return held if isinstance(held, CaseFile) else None
    for field in record._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.related_model is not Child:
            above = getattr(record, field.name)
            if above is not None and (found := file_of(above, steps - 1)) is not None:
                return found
    return None
