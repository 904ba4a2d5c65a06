"""What happened on a case file, for its chronology: each room says once, when it is ready, which of its records are events.

An event is one record as it stands, on both clocks: a fact that was corrected is one event, and one that was taken back is
none. Nothing is copied: the events of a file are read from the records each time. A room's `events.py`, which is found by
itself, says

    tells(WardVisit, said=said, on=by_file("notification__case_file"), url=page("hospital", "notification_id"),
          whose=("notification", "children"), source=Source.HEALTH)

A record with a date that makes no event is said there too, with the reason (`leaves_out`); a test holds the two lists
against all models.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.module_loading import module_has_submodule

from goldenthread.cases.facts import Fact, standing
from goldenthread.cases.models import CaseFile
from goldenthread.cases.precision import Precision, last_instant, when_in_words
from goldenthread.core.clock import at_minute, start_of

KNOWN_LATE = timedelta(days=7)
"""What was recorded longer than this after it happened was known late: the council's own figure, in this one place."""


class Significance(models.TextChoices):
    """How much an event means for the child, from most to least."""

    KEY = "key", "Turning point"
    SIGNIFICANT = "significant", "Significant"
    ROUTINE = "routine", "For the record"


class Source(models.TextChoices):
    """Which agency an event comes from, or is about."""

    OURS = "childrens-services", "Children's services"
    HEALTH = "health", "Health"
    EDUCATION = "education", "School, nursery or education"
    POLICE = "police", "Police"
    HOUSING = "housing", "Housing"
    JUSTICE = "justice", "Probation or youth justice"
    LEGAL = "legal", "Court or lawyers"
    COUNCIL = "council", "Another service or council"
    VOLUNTARY = "voluntary", "Voluntary organisation"
    FAMILY = "family", "The child, the family or the public"
    OTHER = "other", "Somebody else"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a chronology is of: a case file and the children who are on it."""

    case_file: int
    children: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. label and pk: which record it is, by its first row. at and known: the two clocks; precision:
    how exactly the first is known. children: whom it is about (none: all of the file); person: of whom around them; url:
    where the record is shown; corrected: it said something else before; why: why it matters, where somebody said so;
    mark: the number of what says so; also: the keys of records that tell of the same, and are told in this event.
    """

    label: str
    pk: int
    what: str
    words: tuple[str, ...]
    at: datetime
    known: datetime
    by: str
    source: str
    significance: str
    precision: str = Precision.TIME
    children: frozenset[int] = frozenset()
    person: int | None = None
    url: str = ""
    corrected: bool = False
    why: str = ""
    mark: int | None = None
    also: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Which event of the file it is: “hospital.wardvisit:12”."""
        return f"{self.label}:{self.pk}"

    @property
    def subjects(self) -> tuple[str, ...]:
        """The records that it tells, as the trail names them."""
        return tuple(
            f"{kind.partition('-')[0]}:{pk}" for kind, _, pk in (key.rpartition(":") for key in (self.key, *self.also))
        )

    @property
    def when(self) -> str:
        """When it happened, in words, as exactly as it is known."""
        return when_in_words(self.at, self.precision)

    @property
    def late(self) -> timedelta | None:
        """How long after it happened it was known, where that was late; of a month or a year, after its end."""
        after = self.known - last_instant(self.at, self.precision)
        return after if after > KNOWN_LATE else None

    @property
    def late_in_words(self) -> str:
        """The same in words, as roughly as it matters: “12 days”, “5 months”, “6 years”; nothing where it was not late."""
        if self.late is None:
            return ""
        days = self.late.days
        if days >= 2 * 365:
            return f"{int(days / 365.25)} years"
        return f"{int(days / 30.44)} months" if days >= 60 else f"{days} days"

    @property
    def is_significant(self) -> bool:
        """Whether it stands out."""
        return self.significance != Significance.ROUTINE

    @property
    def order(self) -> tuple[Any, ...]:
        """By when it was true, by the minute, and then by when it was known."""
        return at_minute(self.at), self.known, self.label, self.pk

    def marked(self, significance: str, why: str, mark: int) -> "Event":
        """The same event, as somebody marked it: a mark lifts it, and never makes less of it."""
        words = " ".join(word for word in (self.why, why) if word)
        return replace(self, significance=_higher(significance, self.significance), why=words, mark=mark)

    def with_told(self, others: Iterable["Event"]) -> "Event":
        """The same event, with what other records tell of it: their words that it does not say already. It was known as soon
        as one of them was, and matters as much as the one that matters most."""
        found = list(others)
        words = dict.fromkeys((*self.words, *(word for other in found for word in other.words)))
        return replace(
            self,
            words=tuple(words),
            known=min([self.known, *(other.known for other in found)]),
            significance=_higher(self.significance, *(other.significance for other in found)),
            corrected=self.corrected or any(other.corrected for other in found),
            also=tuple(other.key for other in found),
        )


def _higher(*significances: str) -> str:
    return min(significances, key=Significance.values.index)


Said = Callable[[Any], tuple[str, tuple[str, ...]]]
On = Callable[[Scope], Q]


@dataclass(frozen=True, slots=True)
class EventKind:
    """How the records of one model make events.

    on: the filter for those on a file. said: what one says, in words. when and known: the fields of its two clocks.
    part: where a model makes two events (opened, closed), which. whose: the path to the record that names the children,
    and the look-up from there to them; without a look-up, the path leads to the child. about: the number of the person whom
    it is about. source and significance: of all, or worked out from one. with_: what else is read in the same query; beside:
    in one more. also: the keys of other events that are the same one, recorded in a room below: those of the same minute are
    told with it.
    """

    model: type[models.Model]
    on: On
    said: Said
    url: Callable[[Any, Scope], str]
    when: str = "occurred_at"
    known: str = "recorded_at"
    part: str = ""
    whose: tuple[str, str] | None = None
    about: Callable[[Any], int | None] = lambda row: None
    source: str | Callable[[Any], str] = Source.OURS
    significance: str | Callable[[Any], str] = Significance.ROUTINE
    precision: str | Callable[[Any], str] = Precision.TIME
    why: Callable[[Any], str] = lambda row: ""
    with_: tuple[str, ...] = ()
    beside: Callable[[], "models.Prefetch[Any]"] | None = None
    also: Callable[[Any], tuple[str, ...]] = lambda row: ()

    @property
    def label(self) -> str:
        """“hospital.wardvisit”, or with its part: “cases.casefile-closed”."""
        return self.model._meta.label_lower + (f"-{self.part}" if self.part else "")

    def rows(self, scope: Scope) -> list[Any]:
        """All rows on a file, those that were corrected or taken back too, each once. One query, and that of `beside`."""
        named = ("by", *self.with_) if any(f.name == "by" for f in self.model._meta.fields) else self.with_
        found = self.model._base_manager.filter(self.on(scope)).select_related(*named).order_by()
        if self.beside is not None:
            found = found.prefetch_related(self.beside())
        return list({row.pk: row for row in found}.values())


_kinds: dict[str, EventKind] = {}
_left_out: dict[str, str] = {}


def tells(model: type[models.Model], **how: Any) -> None:
    """Say that the records of a model are events, and how each is told (see `EventKind`)."""
    kind = EventKind(model, **how)
    _kinds[kind.label] = kind


def leaves_out(model: type[models.Model], reason: str) -> None:
    """Say that the records of a model have dates and make no events, and why."""
    _left_out[model._meta.label_lower] = reason


def find_rooms() -> None:
    """Import the `events` of every room that has them, once all models are there."""
    for config in apps.get_app_configs():
        if config.name.startswith("goldenthread.") and module_has_submodule(config.module, "events"):
            import_module(f"{config.name}.events")


def kinds() -> Mapping[str, EventKind]:
    """All kinds of events, by label."""
    return _kinds


def left_out() -> Mapping[str, str]:
    """The models whose records make no events, each with the reason."""
    return _left_out


def by_file(path: str = "case_file") -> On:
    """On a file by a key to it, at the end of this path."""
    return lambda scope: Q(**{path: scope.case_file})


def by_child(path: str = "child") -> On:
    """On a file by being about a child of it."""
    return lambda scope: Q(**{f"{path}__in": scope.children})


def page(name: str, number: str = "pk") -> Callable[[Any, Scope], str]:
    """The address of a page that takes the number of the record that it shows. number: where it stands (“answer.decision_id”)."""
    return lambda row, scope: reverse(name, args=[_at(row, number)])


def file_page(name: str, number: str = "") -> Callable[[Any, Scope], str]:
    """The address of a page of the case file whose chronology it is. number: where the record says what more its address
    takes (“child_id”)."""
    return lambda row, scope: reverse(name, args=[scope.case_file, *([_at(row, number)] if number else [])])


def _at(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = getattr(row, name)
    return row


def scope_of(case_file: CaseFile) -> Scope:
    """A case file with its children. One query."""
    held = CaseFile.children.through.objects.filter(casefile=case_file.pk).order_by("child_id")
    return Scope(case_file.pk, tuple(held.values_list("child_id", flat=True)))


@dataclass(slots=True)
class Events:
    """All events of a file, the earliest first; and how many records on it were taken back and make none."""

    scope: Scope
    events: list[Event] = field(default_factory=list)
    taken_back: int = 0


def events_of(case_file: CaseFile, only: Iterable[str] | None = None) -> Events:
    """All events of a file as they stand now: one query for its children, one for each kind (of two parts of one kind, one for
    both), one for what is read beside some, and, where there are several children, one for each kind of record that names some
    of them. only: events of these kinds, by label."""
    found = Events(scope_of(case_file))
    wanted = list(_kinds.values()) if only is None else [_kinds[label] for label in only if label in _kinds]
    names = _Names(found.scope)
    read: dict[Any, list[Any]] = {}
    for kind in wanted:
        # Two events of one record (opened, closed) are read once.
        rows = read.get((kind.model, kind.on))
        if rows is None:
            rows = read[kind.model, kind.on] = kind.rows(found.scope)
        found.events += _of_kind(kind, rows, names, found)
    found.events = sorted(_told_once(found.events), key=lambda event: event.order)
    return found


def _told_once(events: list[Event]) -> list[Event]:
    """Events of which one says that others are the same: these are told with it, and not once more. What is recorded of another
    time is not the same, whatever was meant."""
    by_key = {event.key: event for event in events}
    for event in events:
        same = [key for key in event.also if key in by_key and at_minute(by_key[key].at) == at_minute(event.at)]
        if others := [by_key.pop(key) for key in same]:
            by_key[event.key] = event.with_told(others)
        elif event.also:
            by_key[event.key] = replace(event, also=())
    return list(by_key.values())


def _of_kind(kind: EventKind, rows: list[Any], names: "_Names", found: Events) -> Iterator[Event]:
    if issubclass(kind.model, Fact):
        for s in standing(rows):
            yield _event(kind, s.fact, names, s.first, s.moment.recorded_at, corrected=s.corrected)
        found.taken_back += sum(row.withdrawn for row in rows)
        return
    for row in rows:
        if getattr(row, "withdrawn_at", None) is not None:
            found.taken_back += 1
        elif getattr(row, kind.when) is not None:
            known = getattr(row, kind.known)
            yield _event(kind, row, names, row, known if isinstance(known, datetime) else start_of(known))


def _event(kind: EventKind, row: Any, names: "_Names", first: Any, known: datetime, corrected: bool = False) -> Event:
    what, words = kind.said(row)
    at, precision = getattr(row, kind.when), _of(kind.precision, row)
    if not isinstance(at, datetime):
        at, precision = start_of(at), Precision.DAY
    return Event(
        label=kind.label,
        pk=first.pk,
        what=what,
        words=tuple(word for word in words if word),
        at=at,
        known=known,
        by=row.by.name if hasattr(row, "by") else "",
        source=_of(kind.source, row),
        significance=_of(kind.significance, row),
        precision=precision,
        children=names.of(kind, row),
        person=kind.about(row),
        url=kind.url(row, names.scope),
        corrected=corrected,
        why=kind.why(row),
        also=kind.also(row),
    )


def _of(given: str | Callable[[Any], str], row: Any) -> str:
    return given if isinstance(given, str) else given(row)


class _Names:
    """Which children a record names. Asked of the database once for each kind of record, and not at all where the file
    has one child."""

    def __init__(self, scope: Scope) -> None:
        self.scope, self.all = scope, frozenset(scope.children)
        self._asked: dict[tuple[type[models.Model], str], dict[int, set[int]]] = {}

    def of(self, kind: EventKind, row: Any) -> frozenset[int]:
        if kind.whose is None or len(self.scope.children) < 2:
            return frozenset()
        path, look_up = kind.whose
        if not look_up:  # the path leads to a child, or the record is one
            return frozenset({_at(row, f"{path}_id") if path else row.pk}) & self.all
        owner, model = (_at(row, f"{path}_id") if path else row.pk), kind.model
        for name in path.split(".") if path else ():
            related = model._meta.get_field(name).related_model
            assert isinstance(related, type)  # noqa: S101 (a key leads to a model)
            model = related
        hangs = kind.on(self.scope) if model is kind.model else Q(case_file=self.scope.case_file)
        named = self._load(model, look_up, hangs).get(owner, set())
        return frozenset(named) & self.all if named else frozenset()

    def _load(self, model: type[models.Model], look_up: str, on: Q) -> dict[int, set[int]]:
        if (model, look_up) not in self._asked:
            found: dict[int, set[int]] = defaultdict(set)
            rows = model._base_manager.filter(on)
            for owner, child in rows.order_by().values_list("pk", look_up):
                if child is not None:
                    found[owner].add(child)
            self._asked[model, look_up] = found
        return self._asked[model, look_up]


def event_of(case_file: CaseFile, label: str, number: int) -> Event | None:
    """One event of a file, by its kind and the number of its record; None where it is none (any more)."""
    found = events_of(case_file, only=[label]).events
    return next((event for event in found if event.pk == number), None)
