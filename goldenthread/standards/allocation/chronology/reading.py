"""The chronology of a case file as people read it: every event with what was said of it, narrowed to what they ask for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from goldenthread.cases.events import Event, Significance, events_of
from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile, Person, Tie
from goldenthread.core.clock import at_minute, end_of, start_of
from goldenthread.standards.allocation.chronology.models import ChronologyReview, ChronologySeen, EventMark


@dataclass(frozen=True, slots=True)
class Asked:
    """What a chronology is narrowed to. at_least: how significant. about: “child-3” or “person-5”. source: which agency.
    since, until: days. late: only what was known late. known_after: only what became known after an instant."""

    at_least: str = ""
    about: str = ""
    source: str = ""
    since: date | None = None
    until: date | None = None
    late: bool = False
    known_after: datetime | None = None

    def keeps(self, event: Event) -> bool:
        """Whether an event is among what is asked for."""
        ranks = Significance.values
        kind, _, number = self.about.partition("-")
        return (
            (not self.at_least or ranks.index(event.significance) <= ranks.index(self.at_least))
            and (kind != "child" or not event.children or int(number) in event.children)
            and (kind != "person" or event.person == int(number))
            and (not self.source or event.source == self.source)
            and (self.since is None or event.at >= start_of(self.since))
            and (self.until is None or event.at <= end_of(self.until))
            and (not self.late or event.late is not None)
            and (self.known_after is None or event.known > self.known_after)
        )


@dataclass(slots=True)
class Chronology:
    """Every event of a file, the earliest first; taken_back: how many records of it were taken back, and make none."""

    events: list[Event] = field(default_factory=list)
    taken_back: int = 0

    @property
    def significant(self) -> int:
        """How many of them stand out."""
        return sum(event.is_significant for event in self.events)

    @property
    def late(self) -> int:
        """How many were known late."""
        return sum(event.late is not None for event in self.events)

    def narrowed(self, asked: Asked) -> list[Event]:
        """Those that are asked for, the earliest first."""
        return [event for event in self.events if asked.keeps(event)]


def chronology_of(case_file: CaseFile) -> Chronology:
    """The chronology of a file, with what was marked: the queries of `events_of`, and one."""
    found = events_of(case_file)
    marks = {s.fact.event: s for s in standing(EventMark.objects.filter(case_file=case_file))}
    events = []
    for event in found.events:
        told = event
        for key in (*event.also, event.key):
            if mark := marks.get(key):
                told = told.marked(mark.fact.significance, mark.fact.why, mark.first.pk)
        events.append(told)
    return Chronology(events, found.taken_back)


def people_around(case_file: CaseFile) -> list[tuple[int, str]]:
    """Those around the children of a file, by the number of the first row and by name. Two queries."""
    ties = [s.fact for s in standing(Tie.objects.filter(child__case_files=case_file))]
    numbers = {tie.person_id for tie in ties}
    rows: dict[int, list[Person]] = defaultdict(list)
    for row in Person.objects.filter(Q(pk__in=numbers) | Q(root__in=numbers)):
        rows[row.first_id].append(row)
    found = [(pk, s.fact.name) for pk, of in rows.items() for s in standing(of)]
    return sorted(found, key=lambda one: (one[1], one[0]))


@dataclass(frozen=True, slots=True)
class GoneThrough:
    """One review of a chronology as it stands, and what managers thought of it. number: its first row."""

    number: int
    review: ChronologyReview
    read: list[ChronologySeen]


def reviews_of(case_file: CaseFile) -> list[GoneThrough]:
    """The reviews of a file's chronology, the latest first, each with its readings. Two queries."""
    rows = ChronologyReview.objects.filter(case_file=case_file).select_related("by", "to")
    seen: dict[int, list[ChronologySeen]] = defaultdict(list)
    for row in ChronologySeen.objects.filter(case_file=case_file).select_related("by"):
        seen[row.review_id].append(row)
    return [
        GoneThrough(s.first.pk, s.fact, [one.fact for one in standing(seen[s.first.pk])])
        for s in reversed(standing(rows))
    ]


def since_last(reviews: Iterable[GoneThrough]) -> datetime | None:
    """The instant up to which somebody has gone through it: what became known later is new. None: nobody has."""
    last = next(iter(reviews), None)
    return at_minute(last.review.occurred_at) if last else None


def asked_for(given: Mapping[str, Any], reviews: Iterable[GoneThrough]) -> Asked:
    """What the filter's form asks for."""
    only = given.get("only")
    return Asked(
        at_least=given.get("at_least") or "",
        about=given.get("about") or "",
        source=given.get("source") or "",
        since=given.get("since"),
        until=given.get("until"),
        late=only == "late",
        known_after=since_last(reviews) if only == "new" else None,
    )
