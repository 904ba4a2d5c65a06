"""Everything that happened on a notification, in order, as its page tells it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from goldenthread.cases.facts import Fact, standing
from goldenthread.standards.assessment.hospital.models import (
    Discharge,
    DischargePlan,
    Escalation,
    HarmReview,
    HospitalNotification,
    StepTaken,
    WardVisit,
)

_LATE = timedelta(hours=1)
RELATED = ("visits", "steps", "harm_reviews", "plans", "discharges", "escalations")


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact as it stands, or one that was taken back. earlier: what it said before, each with why it was corrected.
    kind and pk: where it is corrected."""

    what: str
    words: tuple[str, ...]
    occurred_at: datetime
    recorded_at: datetime
    by: str
    kind: str
    pk: int
    earlier: tuple[tuple[str, tuple[str, ...], datetime, str], ...] = field(default=())
    taken_back: str = ""

    @property
    def late(self) -> timedelta | None:
        """How long after it happened it was recorded, where that was more than an hour."""
        after = self.recorded_at - self.occurred_at
        return after if after > _LATE else None


def said(fact: Fact) -> tuple[str, tuple[str, ...]]:
    """What a fact says, in words."""
    match fact:
        case WardVisit():
            return "Seen on the ward", (fact.seen,)
        case StepTaken():
            return f"{fact.get_step_display()}{'' if fact.needed else ': not needed'}", (fact.words,)
        case HarmReview():
            return f"May somebody have harmed the child? {fact.get_answer_display()}", (fact.why,)
        case DischargePlan():
            agreed = f"Agreed by {fact.consultant}, {fact.worker.name} and {fact.manager.name}"
            return f"Discharge plan: {fact.where_to}", (
                f"Looks after the child there: {fact.with_whom}",
                f"Visits: {fact.visits}",
                agreed,
            )
        case Discharge():
            return f"The child left. {fact.get_how_display()}: {fact.where_to}", (fact.done,)
        case Escalation():
            return "A senior manager answered", (fact.words,)
    raise TypeError(f"{type(fact).__name__} has no words")


def _words(fact: Fact) -> tuple[str, tuple[str, ...]]:
    what, words = said(fact)
    return what, tuple(word for word in words if word)


def _entries(rows: Iterable[Fact]) -> Iterator[Entry]:
    by_id = {row.pk: row for row in rows}
    known = {s.fact.pk: s.moment.recorded_at for s in standing(by_id.values())}
    gone = {row.supersedes_id for row in by_id.values()}
    for last in by_id.values():
        if last.pk in gone:
            continue
        earlier, row = [], last
        while row.supersedes_id is not None and (before := by_id.get(row.supersedes_id)) is not None:
            earlier.append((*_words(before), before.occurred_at, row.correction_reason))
            row = before
        yield Entry(
            *_words(last),
            last.occurred_at,
            known.get(last.pk, last.recorded_at),
            last.by.name,
            last._meta.model_name or "",
            last.pk,
            () if last.withdrawn else tuple(earlier),
            last.correction_reason if last.withdrawn else "",
        )


def timeline(notification: HospitalNotification) -> list[Entry]:
    """All facts on it, latest first. Fetch `RELATED` with it, each with who recorded it."""
    groups: list[Iterable[Fact]] = [getattr(notification, name).all() for name in RELATED]
    entries = [entry for rows in groups for entry in _entries(rows)]
    return sorted(entries, key=lambda entry: (entry.occurred_at, entry.recorded_at), reverse=True)
