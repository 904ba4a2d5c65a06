"""What happened on a record, in words, as its page tells it: what was corrected and what was taken back too."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from goldenthread.cases.facts import Fact, standing
from goldenthread.core.clock import at_minute

_LATE = timedelta(hours=1)
Said = Callable[[Fact], tuple[str, tuple[str, ...]]]
"""What a fact says, and the words beside it."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a fact said before it was corrected."""

    what: str
    words: tuple[str, ...]
    occurred_at: datetime
    recorded_at: datetime
    by: str
    why_corrected: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. recorded_at: when it was known; kind and pk: where it is corrected (no kind, where it cannot
    be); earlier: what it said before; withdrawn: why it was taken back; superseded: a later row stands in its place;
    corrected: why this row took the place of another, where each row is told."""

    what: str
    words: tuple[str, ...]
    occurred_at: datetime
    recorded_at: datetime
    by: str
    kind: str
    pk: int
    earlier: tuple[Earlier, ...] = ()
    withdrawn: str = ""
    superseded: bool = False
    corrected: str = ""

    @property
    def late(self) -> timedelta | None:
        """How long after it happened it was recorded, where that was more than an hour."""
        after = self.recorded_at - self.occurred_at
        return after if after > _LATE else None


def _kind(fact: Fact) -> str:
    return fact._meta.model_name or ""


def _in_words(fact: Fact, said: Said) -> tuple[str, tuple[str, ...]]:
    what, words = said(fact)
    return what, tuple(word for word in words if word)


def as_they_stand(rows: Iterable[Fact], said: Said) -> Iterator[Entry]:
    """Facts of one kind as they stand, with what they said before, and those that were taken back."""
    by_id = {row.pk: row for row in rows}
    known = {s.fact.pk: s.moment.recorded_at for s in standing(by_id.values())}
    superseded = {row.supersedes_id for row in by_id.values()}
    for last in by_id.values():
        if last.pk in superseded:
            continue
        earlier, row = [], last
        while row.supersedes_id is not None and (before := by_id.get(row.supersedes_id)) is not None:
            told = _in_words(before, said)
            earlier.append(
                Earlier(*told, before.occurred_at, before.recorded_at, before.by.name, row.correction_reason)
            )
            row = before
        yield Entry(
            *_in_words(last, said),
            occurred_at=last.occurred_at,
            recorded_at=known.get(last.pk, last.recorded_at),
            by=last.by.name,
            kind=_kind(last),
            pk=last.pk,
            earlier=() if last.withdrawn else tuple(earlier),
            withdrawn=last.correction_reason if last.withdrawn else "",
        )


def each_row(rows: Iterable[Fact], said: Said, may: Callable[[Fact], bool] = lambda fact: True) -> Iterator[Entry]:
    """Facts of one kind, row by row. may: whether somebody may correct one."""
    every = list(rows)
    superseded = {row.supersedes_id for row in every}
    for row in every:
        yield Entry(
            *_in_words(row, said),
            occurred_at=row.occurred_at,
            recorded_at=row.recorded_at,
            by=row.by.name,
            kind=_kind(row) if may(row) else "",
            pk=row.pk,
            withdrawn=row.correction_reason if row.withdrawn else "",
            superseded=row.pk in superseded,
            corrected="" if row.withdrawn else row.correction_reason,
        )


def latest_first(entries: Iterable[Entry]) -> list[Entry]:
    """In order of when they were true, by the minute, and then of when they were known."""
    return sorted(entries, key=lambda e: (at_minute(e.occurred_at), e.recorded_at, e.pk), reverse=True)
