"""What is known of a child, as a page says it: what stands, since when, who recorded it, and what it said before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from goldenthread.cases.facts import Fact, Standing, standing
from goldenthread.cases.models import (
    Address,
    AgencyInvolved,
    CaseFile,
    Child,
    ChildTie,
    Communication,
    Danger,
    Disability,
    Ethnicity,
    LanguageAnswer,
    Merge,
    OtherName,
    Person,
    Tie,
)
from goldenthread.core.clock import today
from goldenthread.core.templatetags.words import day
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.household.people import rows_of_people


@dataclass(frozen=True, slots=True)
class Before:
    """What a row said before it was corrected or taken back, and why."""

    words: tuple[str, ...]
    recorded_at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing known. kind, pk: how its pages name it. words: what it says. occurred_at, recorded_at: the two clocks.
    over: it is so no more. ends: it can end. before: what it said before."""

    kind: str
    pk: int
    words: tuple[str, ...]
    occurred_at: datetime
    recorded_at: datetime
    by: str
    over: bool = False
    ends: bool = False
    withdrawn: str = ""
    before: tuple[Before, ...] = ()
    links: tuple[tuple[str, int], ...] = ()

    @property
    def late(self) -> bool:
        """Whether it was recorded on another day than it was told."""
        return (self.recorded_at - self.occurred_at).days >= 1


def _span(since: date | None, until: date | None) -> str:
    parts = [f"since {day(since)}" if since else "", f"until {day(until)}" if until else ""]
    return ", ".join(part for part in parts if part)


def words_of(fact: Fact) -> tuple[str, ...]:
    """What a fact says, a line each; empty lines are left out."""
    match fact:
        case Ethnicity():
            lines = [fact.get_code_display(), fact.described]
        case LanguageAnswer():
            lines = [
                fact.language or fact.get_answer_display(),
                f"Also {fact.others}" if fact.others else "",
                f"Interpreter: {fact.get_interpreter_display().lower()}" if fact.interpreter else "",
                f"Write: {fact.get_written_display().lower()}" if fact.written else "",
            ]
        case Disability():
            lines = [fact.affects or fact.get_answer_display(), fact.described]
        case Communication():
            lines = [fact.in_words, f"What helps: {fact.helps}" if fact.helps else ""]
        case AgencyInvolved():
            who = ", ".join(part for part in (fact.worker, fact.contact) if part)
            lines = [
                f"{fact.name}, {fact.get_kind_display().lower()}",
                fact.what_for,
                who,
                _span(fact.since, fact.until),
            ]
        case Person():
            lines = [
                fact.name,
                f"Born {day(fact.date_of_birth)}" if fact.date_of_birth else "",
                fact.contact,
                f"Speaks {fact.get_language_display()}" if fact.language else "",
                f"Interpreter: {fact.get_interpreter_display().lower()}" if fact.interpreter else "",
            ]
        case Tie():
            home = "Lives with the child" if fact.lives_with else "Does not live with the child"
            if fact.until:
                home = "Lived with the child" if fact.lives_with else home
            lines = [
                fact.get_relation_display(),
                f"Parental responsibility: {fact.get_responsibility_display().lower()}",
                ", ".join(part for part in (home, _span(fact.since, fact.until)) if part),
            ]
        case Danger():
            lines = [f"A danger to {fact.to_whom}", fact.why, _span(None, fact.until)]
        case ChildTie():
            lines = [fact.get_relation_display()]
        case _:
            lines = [str(fact)]
    return tuple(str(one) for one in lines if one)


def entries(rows: Iterable[Any], *, ends: bool = False) -> list[Entry]:
    """The facts among rows, newest first, each with what it said before; those taken back come last."""
    held = list(rows)
    by_id = {row.pk: row for row in held}
    corrected = {row.supersedes_id for row in held if row.supersedes_id in by_id}
    found = []
    for last in held:
        if last.pk in corrected:
            continue
        chain, before = last, []
        while chain.supersedes_id in by_id:
            earlier = by_id[chain.supersedes_id]
            before.append(Before(words_of(earlier), earlier.recorded_at, earlier.by.name, chain.correction_reason))
            chain = earlier
        until = getattr(last, "until", None)
        found.append(
            Entry(
                kind=last._meta.model_name,
                pk=last.pk,
                words=words_of(last),
                occurred_at=last.occurred_at,
                recorded_at=chain.recorded_at if last.occurred_at == chain.occurred_at else last.recorded_at,
                by=last.by.name,
                over=last.withdrawn or (until is not None and until <= today()),
                ends=ends and until is None and not last.withdrawn,
                withdrawn=last.correction_reason if last.withdrawn else "",
                before=tuple(before),
            )
        )
    return sorted(found, key=lambda e: (bool(e.withdrawn), -e.occurred_at.timestamp(), -e.pk))


@dataclass(frozen=True, slots=True)
class Around:
    """Somebody around a child: who they are, what they are to the child, whom they endanger. person: the first row's
    number."""

    person: int
    who: Entry
    ties: list[Entry]
    dangers: list[Entry]

    @property
    def name(self) -> str:
        """Their name."""
        return self.who.words[0]

    @property
    def danger_now(self) -> list[Entry]:
        """Whom they endanger now."""
        return [danger for danger in self.dangers if not danger.over]


@dataclass(frozen=True, slots=True)
class Lived:
    """An address as a page says it: a confidential one says none of its words."""

    address: Address
    until: date | None
    now: bool


@dataclass(slots=True)
class Known:
    """All that is known of one child."""

    child: Child
    ethnicity: list[Entry] = field(default_factory=list)
    languages: list[Entry] = field(default_factory=list)
    disability: list[Entry] = field(default_factory=list)
    communication: list[Entry] = field(default_factory=list)
    agencies: list[Entry] = field(default_factory=list)
    people: list[Around] = field(default_factory=list)
    siblings: list[tuple[Child, Entry]] = field(default_factory=list)
    addresses: list[Lived] = field(default_factory=list)
    taken_back: list[Address | OtherName] = field(default_factory=list)
    names: list[OtherName] = field(default_factory=list)
    amendments: list[Any] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)


def lived(rows: Iterable[Address]) -> list[Lived]:
    """Addresses, newest first, each until the next began where nothing else is said."""
    found: list[Lived] = []
    next_since: date | None = None
    for address in rows:
        until = address.until or next_since
        found.append(Lived(address, until, now=until is None or until > today()))
        next_since = address.since
    return found


def _rows(model: Any, child: Child) -> Any:
    return model._default_manager.filter(child=child).select_related("by")


def _around(ties: Sequence[Tie]) -> Iterator[Around]:
    by_person: dict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        by_person[tie.person_id].append(tie)
    rows: dict[int, list[Person]] = defaultdict(list)
    for row in rows_of_people(list(by_person)):
        rows[row.first_id].append(row)
    dangers: dict[int, list[Danger]] = defaultdict(list)
    for danger in Danger.objects.filter(person__in=by_person).select_related("by"):
        dangers[danger.person_id].append(danger)
    for pk, of in by_person.items():
        if rows[pk]:
            yield Around(pk, entries(rows[pk])[0], entries(of, ends=True), entries(dangers[pk], ends=True))


def known_of(child: Child, officer: Officer) -> Known:
    """Everything about a child that this officer may see: brothers and sisters only where a file of theirs is open to them."""
    known = Known(child)
    known.ethnicity = entries(_rows(Ethnicity, child))
    known.languages = entries(_rows(LanguageAnswer, child))
    known.disability = entries(_rows(Disability, child))
    known.communication = entries(_rows(Communication, child))
    known.agencies = entries(_rows(AgencyInvolved, child), ends=True)
    known.people = sorted(
        _around(list(_rows(Tie, child))), key=lambda a: (bool(a.who.withdrawn), all(t.over for t in a.ties), a.name)
    )
    known.siblings = list(_siblings(child, officer))
    places = list(Address.every.filter(child=child).select_related("by", "withdrawn_by"))
    known.addresses = lived(address for address in places if address.withdrawn_at is None)
    names = list(OtherName.every.filter(child=child).select_related("by", "withdrawn_by"))
    known.names = [name for name in names if name.withdrawn_at is None]
    gone: list[Address | OtherName] = [*names, *places]
    known.taken_back = [row for row in gone if row.withdrawn_at is not None]
    known.amendments = list(child.amendments.select_related("by"))
    known.merges = list(
        Merge.objects.filter(Q(kept=child) | Q(merged=child)).select_related("kept", "merged", "by").order_by("-pk")
    )
    return known


def _siblings(child: Child, officer: Officer) -> Iterator[tuple[Child, Entry]]:
    rows = list(ChildTie.objects.filter(Q(child=child) | Q(other=child)).select_related("by", "child", "other"))
    others = {row.other_id if row.child_id == child.pk else row.child_id for row in rows}
    visible = CaseFile.objects.visible_to(officer)
    shown = {one.pk: one for one in Child.objects.filter(pk__in=others - {child.pk}, case_files__in=visible)}
    for entry in entries(rows):
        row = next(row for row in rows if row.pk == entry.pk)
        other = shown.get(row.other_id if row.child_id == child.pk else row.child_id)
        if other is not None:
            yield other, entry


@dataclass(frozen=True, slots=True)
class Essentials:
    """What of a child is said on the file's page. danger: whether somebody around the child is a danger to anybody."""

    child: Child
    age: int | None
    lived: Lived | None
    language: LanguageAnswer | None
    communication: Communication | None
    lives_with: list[str]
    danger: bool


def _last(rows: Iterable[Any]) -> Any:
    found: list[Standing[Any]] = standing(rows)
    return found[-1].fact if found else None


def _by_child(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.child_id].append(row)
    return found


def lives_with(ties: Iterable[Tie], on: date) -> list[Tie]:
    """The standing ties of those who live with the child on a day."""
    return [
        s.fact
        for s in standing(ties)
        if s.fact.lives_with
        and (s.fact.since is None or s.fact.since <= on)
        and not (s.fact.until and s.fact.until <= on)
    ]


def essentials(children: Sequence[Child], on: date | None = None) -> list[Essentials]:
    """The same of several children: seven queries, however many there are. on: as at which day, left out today; who lives
    where is as at that day."""
    on = on or today()
    ties = _by_child(Tie.objects.filter(child__in=children))
    home = {child.pk: lives_with(ties[child.pk], on) for child in children}
    people = {tie.person_id for of in ties.values() for s in standing(of) for tie in [s.fact]}
    rows: dict[int, list[Person]] = defaultdict(list)
    for row in Person.objects.filter(Q(pk__in=people) | Q(root__in=people)):
        rows[row.first_id].append(row)
    names = {pk: person.name for pk, of in rows.items() if (person := _last(of)) is not None}
    dangers: dict[int, list[Danger]] = defaultdict(list)
    for danger in Danger.objects.filter(person__in=people):
        dangers[danger.person_id].append(danger)
    dangerous = {
        pk for pk, of in dangers.items() if any(s.fact.until is None or s.fact.until > on for s in standing(of))
    }
    places = _by_child(Address.objects.filter(child__in=children, since__lte=on))
    spoken = _by_child(LanguageAnswer.objects.filter(child__in=children))
    ways = _by_child(Communication.objects.filter(child__in=children))
    return [
        Essentials(
            child=child,
            age=child.age_on(on),
            lived=next((one for one in lived(places[child.pk]) if one.until is None or one.until > on), None),
            language=_last(row for row in spoken[child.pk]),
            communication=_last(row for row in ways[child.pk]),
            lives_with=[
                f"{names[tie.person_id]} ({tie.get_relation_display().lower()})"
                for tie in home[child.pk]
                if tie.person_id in names
            ],
            danger=any(s.fact.person_id in dangerous for s in standing(ties[child.pk])),
        )
        for child in children
    ]
