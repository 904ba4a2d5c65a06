"""Facts: rows that are only ever added. A correction is a new row that supersedes an old one; both are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from goldenthread.core.clock import Moment
from goldenthread.people.models import Officer


class Fact(models.Model):
    """One thing that happened, when it was true and when it was known.

    supersedes: the row that this one corrects, with `correction_reason`; root: the first row of a fact that was
    corrected (None: this is it), on which all that belongs to the fact hangs; withdrawn: it did not happen after all.
    token: names one submission of a form, so that the same submission twice makes one row.
    """

    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    root = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    correction_reason = models.CharField(max_length=300, blank=True)
    withdrawn = models.BooleanField(default=False)
    if TYPE_CHECKING:
        supersedes_id: int | None
        root_id: int | None
    token = models.CharField(max_length=40, null=True, blank=True, unique=True)

    class Meta:
        abstract = True
        ordering = ["occurred_at", "pk"]
        # Few facts are ever corrected. SQLite's statistics of an index on a column that is mostly empty say that one value
        # stands for nearly all rows, and it reads them all, for each row. These hold none that is empty.
        indexes = [
            models.Index(fields=["supersedes"], name="%(class)s_correcting", condition=Q(supersedes__isnull=False)),
            models.Index(fields=["root"], name="%(class)s_rows", condition=Q(root__isnull=False)),
        ]

    @property
    def first_id(self) -> int:
        """The number of the first row of this fact."""
        return self.root_id or self.pk

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Standing(Generic[F]):
    """A fact as it stands after its corrections. ids: every row of it, so that what hangs on any of them is found;
    first: the row that it began as, whose number names it for good."""

    fact: F
    first: F
    ids: frozenset[int]
    moment: Moment

    @property
    def corrected(self) -> bool:
        """Whether a row of it was superseded."""
        return len(self.ids) > 1


def standing(rows: Iterable[F]) -> list[Standing[F]]:
    """The facts that stand among rows, in order of when they were true. Reads no database.

    A fact's date counts as known from the first row that gave that date: mending a reference months later does not
    make the fact look recorded late, and mending its date does.
    """
    by_id = {row.pk: row for row in rows}
    superseded = {row.supersedes_id for row in by_id.values()}
    found = []
    for last in by_id.values():
        if last.pk in superseded or last.withdrawn:
            continue
        chain = [last]
        while (before := chain[-1].supersedes_id) in by_id and before is not None:
            chain.append(by_id[before])
        known = min(row.recorded_at for row in chain if row.occurred_at == last.occurred_at)
        found.append(
            Standing(last, chain[-1], frozenset(row.pk for row in chain), Moment(last.occurred_at, known)),
        )
    return sorted(found, key=lambda s: (s.moment.occurred_at, s.first.pk))


def taken_back(model: type[Fact], known_at: datetime, path: str) -> Q:
    """The filter for rows whose fact of this kind, at the end of `path` to its first row, was withdrawn, on what was
    known by an instant."""
    rows: Any = model._default_manager  # of a model that is abstract here, the type checker finds no primary key
    since = rows.filter(withdrawn=True, recorded_at__lte=known_at, root=OuterRef(f"{path}_id"))
    return Q(Exists(since)) | Q(**{f"{path}__withdrawn": True, f"{path}__recorded_at__lte": known_at})


def first_row() -> Coalesce:
    """The number of a row's first row, in a query."""
    return Coalesce("root_id", "pk")


def stands(known_at: datetime) -> Q:
    """The filter for rows that stood, on what was known by an instant."""
    return Q(recorded_at__lte=known_at, withdrawn=False) & (
        Q(superseded_by__isnull=True) | Q(superseded_by__recorded_at__gt=known_at)
    )
