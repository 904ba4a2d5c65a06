"""Accesses to ask about. A line here is a question, never a finding: people share surnames, and busy hours happen."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower

from goldenthread.cases.models import Address, CaseFile, Child
from goldenthread.core import trail
from goldenthread.core.clock import end_of, start_of
from goldenthread.core.errors import BadInput
from goldenthread.core.models import TrailEntry
from goldenthread.pages.seen import CASE_FILE, CHILD, children_path, kinds_on_file
from goldenthread.people.access import require
from goldenthread.people.accounting import line_of
from goldenthread.people.home_address import homes_between, place_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission

BURST, TIMES = 20, 3
"""A burst: at least so many records opened in one hour, and so many times the officer's own usual hour."""
USUAL = timedelta(days=90)
LEAVING = timedelta(days=14)
_WITHOUT = ("role", "break-glass")
_AT_ONCE = 5000  # records of one statement


@dataclass(frozen=True, slots=True)
class Line:
    """One officer's accesses of one kind. keys: the records, by key; about: in words, without a name of a child."""

    officer: str
    count: int
    about: str = ""
    keys: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of access to ask about. left_out: why it could not be looked for; note: how far it could."""

    key: str
    title: str
    lines: list[Line]
    left_out: str = ""
    note: str = ""

    @property
    def count(self) -> int:
        """How many accesses, of all officers together."""
        return sum(line.count for line in self.lines)


@dataclass(frozen=True, slots=True)
class Snooping:
    """The report of a period, both days included, on the officers of one reader's line."""

    first: date
    last: date
    officers: int
    sections: list[Section]


@dataclass(frozen=True, slots=True)
class _Opened:
    """One opening of one record."""

    at: datetime
    key: str
    why: str


def _openings(entries: QuerySet[TrailEntry]) -> dict[str, list[_Opened]]:
    """By officer, each opening of a single child's record: reads and writes, not lists."""
    found: dict[str, list[_Opened]] = defaultdict(list)
    kinds = {*kinds_on_file(), CASE_FILE, CHILD}
    rows = entries.exclude(deed__in=("denied", "refused", "read trail")).order_by("pk")
    for officer, at, subject, why in rows.values_list("officer", "at", "subject", "why").iterator(2000):
        kind, _, pk = subject.partition(":")
        if kind in kinds and pk.isdigit():
            found[officer].append(_Opened(at, subject, why))
    return found


def _line(officer: str, opened: Sequence[_Opened], about: str = "") -> Line:
    return Line(officer, len(opened), about, sorted({one.key for one in opened}))


def _about_children(children: Iterable[int]) -> set[str]:
    """The keys of children, of their case files, and of the records there that are about them."""
    pks = list(children)
    if not pks:
        return set()
    files = set(CaseFile.objects.filter(children__in=pks).values_list("pk", flat=True))
    keys = {f"{CHILD}:{pk}" for pk in pks} | {f"{CASE_FILE}:{pk}" for pk in files}
    for kind, model in kinds_on_file().items():
        rows: Any = model._default_manager
        path = children_path(model)
        about = (
            rows.filter(case_file__in=files) if path.startswith("case_file") else rows.filter(**{f"{path}__in": pks})
        )
        keys |= {f"{kind}:{pk}" for pk in about.values_list("pk", flat=True)}
    return keys


def _same_surname(officers: Sequence[Officer], opened: dict[str, list[_Opened]]) -> Section:
    surnames: dict[str, str] = {o.username: o.name.split()[-1].casefold() for o in officers if o.name.split()}
    children: dict[str, set[int]] = defaultdict(set)
    named = Child.objects.annotate(surname=Lower("family_name")).filter(surname__in=set(surnames.values()))
    for pk, surname in named.order_by().values_list("pk", "surname"):
        children[surname.casefold()].add(pk)
    keys = {surname: _about_children(pks) for surname, pks in children.items()}
    lines = []
    for officer, surname in surnames.items():
        if hits := [one for one in opened.get(officer, ()) if one.key in keys.get(surname, ())]:
            lines.append(_line(officer, hits, "a child on the record has the officer's surname"))
    return Section("same-surname", "Same surname as a child", lines)


def _same_address(officers: Sequence[Officer], opened: dict[str, list[_Opened]], first: date, last: date) -> Section:
    """By fingerprints alone: neither address is read by anybody, a confidential one as little as any other."""
    title, names = "Same address as a child", {officer.username for officer in officers}
    homes = homes_between(officers, start_of(first))
    if not homes:
        return Section("same-address", title, [], left_out="not looked for: no officer's address is held")
    seen = {one.key for name in homes for one in opened.get(name, ())}
    houses: dict[str, set[str]] = defaultdict(set)
    postcodes: dict[str, set[str]] = defaultdict(set)
    for key, postcode, words in _addresses(seen, first, last):
        if place := place_of(postcode, words):
            postcodes[place.postcode].add(key)
            if place.house:
                houses[place.house].add(key)
    lines = []
    for name, places in homes.items():
        rows = opened.get(name, ())
        same: set[str] = set().union(*(houses[place.house] for place in places if place.house))
        near: set[str] = set().union(*(postcodes[place.postcode] for place in places)) - same
        for keys, about in ((same, "lives at the officer's address"), (near, "lives in the officer's postcode")):
            if hits := [one for one in rows if one.key in keys]:
                lines.append(_line(name, hits, f"a child on the record {about}"))
    note = f"looked for where an officer's address is held: {len(homes)} of {len(names)}"
    return Section("same-address", title, lines, note=note)


def _addresses(keys: Iterable[str], first: date, last: date) -> list[tuple[str, str, str]]:
    """Where the children on these records lived at some time in a period: key, postcode and words of the address."""
    on = _children_on(keys)
    children = sorted(set().union(*on.values()))
    lived: dict[int, list[tuple[date, str, str]]] = defaultdict(list)
    for start in range(0, len(children), _AT_ONCE):
        rows = Address.objects.filter(child__in=children[start : start + _AT_ONCE], since__lte=last)
        for child, since, postcode, words in rows.order_by("since", "pk").values_list(
            "child", "since", "postcode", "lines"
        ):
            lived[child].append((since, postcode, words))
    there: dict[int, list[tuple[str, str]]] = {}
    for child, places in lived.items():
        left = [since for since, _, _ in places[1:]] + [last]
        there[child] = [(p, w) for (_, p, w), until in zip(places, left, strict=True) if until >= first]
    return [(key, p, w) for key, known in on.items() for child in known for p, w in there.get(child, ())]


def _children_on(keys: Iterable[str]) -> dict[str, set[int]]:
    """The children whom each of these records is about."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        kind, _, number = key.partition(":")
        numbers[kind].append(int(number))
    found: dict[str, set[int]] = defaultdict(set)
    for pk in numbers.pop(CHILD, []):
        found[f"{CHILD}:{pk}"].add(pk)
    models: dict[str, Any] = {**kinds_on_file(), CASE_FILE: CaseFile}
    for kind, some in numbers.items():
        path = "children" if kind == CASE_FILE else children_path(models[kind])
        for start in range(0, len(some), _AT_ONCE):
            rows = models[kind]._default_manager.filter(pk__in=some[start : start + _AT_ONCE])
            for pk, child in rows.exclude(**{path: None}).order_by().values_list("pk", path):
                found[f"{kind}:{pk}"].add(child)
    return found


def _without_relationship(opened: dict[str, list[_Opened]]) -> Section:
    lines = []
    for officer, rows in opened.items():
        for why in _WITHOUT:
            if hits := [one for one in rows if one.why == why]:
                lines.append(_line(officer, hits, "break-glass" if why == "break-glass" else "by role alone"))
    return Section("no-relationship", "No relationship to the child at the time", lines)


def _bursts(opened: dict[str, list[_Opened]], before: dict[str, list[_Opened]]) -> Section:
    def hours(rows: Iterable[_Opened]) -> dict[datetime, set[str]]:
        found: dict[datetime, set[str]] = defaultdict(set)
        for one in rows:
            found[one.at.replace(minute=0, second=0, microsecond=0)].add(one.key)
        return found

    lines = []
    for officer, rows in opened.items():
        within, usual = hours(rows), [len(keys) for keys in hours(before.get(officer, ())).values()]
        middle = median(usual) if usual else 0
        for hour, keys in sorted(within.items()):
            if len(keys) >= max(BURST, TIMES * middle):
                about = f"records in the hour from {hour:%Y-%m-%d %H:%M} UTC; usual {middle:g}"
                lines.append(Line(officer, len(keys), about, sorted(keys)))
    return Section("bursts", "Many records in one hour", lines)


def _denied(names: list[str], entries: QuerySet[TrailEntry]) -> Section:
    refused: Counter[str] = Counter()
    keys: dict[str, set[str]] = defaultdict(set)
    denied = entries.filter(deed="denied", officer__in=names).exclude(subject="page:no such page")
    for officer, subject in denied.values_list("officer", "subject"):
        refused[officer] += 1
        if subject.partition(":")[0] in {*kinds_on_file(), CASE_FILE, CHILD}:
            keys[officer].add(subject)
    lines = [Line(officer, count, "refused", sorted(keys[officer])) for officer, count in refused.most_common()]
    return Section("denied", "Tried, and refused", lines)


def _leavers(officers: Sequence[Officer], opened: dict[str, list[_Opened]]) -> Section:
    lines = []
    for officer in officers:
        if officer.is_active:
            continue
        left = TrailEntry.objects.filter(officer=officer.username).order_by("-pk").values_list("at", flat=True).first()
        hits = [one for one in opened.get(officer.username, ()) if left and one.at > left - LEAVING]
        if hits:
            lines.append(_line(officer.username, hits, "in the fourteen days before the account was last used"))
    return Section("leavers", "Leavers' last fourteen days", lines)


def snooping_report(first: date, last: date, *, by: Officer) -> Snooping:
    """What to ask about in a period, of the officers of the reader's line. Raises NotAllowed, BadInput."""
    require(by, Permission.READ_TRAIL)
    if last < first:
        raise BadInput("The period ends before it begins.")
    trail.write("read trail", "trail:snooping", by=by, why="line of management", first=first, last=last)
    officers = list(line_of(by))
    names = [officer.username for officer in officers]
    start, end = start_of(first), end_of(last)
    entries = TrailEntry.objects.filter(at__gte=start, at__lte=end)
    earlier = TrailEntry.objects.filter(at__gte=start - USUAL, at__lt=start, officer__in=names)
    opened = _openings(entries.filter(officer__in=names))
    return Snooping(
        first,
        last,
        len(officers),
        [
            _same_surname(officers, opened),
            _same_address(officers, opened, first, last),
            _without_relationship(opened),
            _bursts(opened, _openings(earlier)),
            _denied(names, entries),
            _leavers(officers, opened),
        ],
    )
