"""Accesses to ask about. A line here is a question, never a finding: people share surnames, and busy hours happen."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core import trail
from goldenthread.core.clock import end_of, start_of
from goldenthread.core.errors import BadInput
from goldenthread.core.models import TrailEntry
from goldenthread.pages.seen import CASE_FILE, CHILD, kinds_on_file
from goldenthread.people.access import require
from goldenthread.people.accounting import line_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission

BURST, TIMES = 20, 3
"""A burst: at least so many records opened in one hour, and so many times the officer's own usual hour."""
USUAL = timedelta(days=90)
LEAVING = timedelta(days=14)
_WITHOUT = ("role", "break-glass")

same_address: Callable[[Officer], Iterable[int]] | None = None
"""The children who live where an officer lives, by key. Set by the room that knows officers' addresses; none does yet."""


@dataclass(frozen=True, slots=True)
class Line:
    """One officer's accesses of one kind. keys: the records, by key; about: in words, without a name of a child."""

    officer: str
    count: int
    about: str = ""
    keys: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of access to ask about. left_out: why it could not be looked for."""

    key: str
    title: str
    lines: list[Line]
    left_out: str = ""

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
        about = rows.filter(children__in=pks) if hasattr(model, "children") else rows.filter(case_file__in=files)
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


def _same_address(officers: Sequence[Officer], opened: dict[str, list[_Opened]]) -> Section:
    title = "Same address as a child"
    if same_address is None:
        return Section("same-address", title, [], left_out="not looked for: officers' addresses are not held")
    lines = []
    for officer in officers:
        keys = _about_children(same_address(officer))
        if hits := [one for one in opened.get(officer.username, ()) if one.key in keys]:
            lines.append(_line(officer.username, hits, "a child on the record lives at the officer's address"))
    return Section("same-address", title, lines)


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
            _same_address(officers, opened),
            _without_relationship(opened),
            _bursts(opened, _openings(earlier)),
            _denied(names, entries),
            _leavers(officers, opened),
        ],
    )
