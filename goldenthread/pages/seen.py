"""Reading the trail: who has seen a child's record, and what an officer has seen. Each reading is an entry itself."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q, QuerySet

from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.records import OnFile
from goldenthread.core import trail
from goldenthread.core.clock import end_of, start_of
from goldenthread.core.errors import NotAllowed
from goldenthread.core.models import TrailEntry, subjects_of
from goldenthread.people.access import require
from goldenthread.people.accounting import line_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission

_SHOWN = 3  # records of one entry that are named; the others are counted
CASE_FILE, CHILD = (model._meta.label_lower for model in (CaseFile, Child))


@lru_cache(maxsize=1)
def kinds_on_file() -> dict[str, type[OnFile]]:
    """Every kind of record on a case file, by the word under which the trail names it: referrals, assessments…"""
    return {model._meta.label_lower: model for model in apps.get_models() if issubclass(model, OnFile)}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a reader asks of the trail: from and to which day (both included), and which deed; None for all."""

    first: date | None = None
    last: date | None = None
    deed: str = ""

    def of(self, entries: QuerySet[TrailEntry]) -> QuerySet[TrailEntry]:
        """Those of the entries."""
        if self.first:
            entries = entries.filter(at__gte=start_of(self.first))
        if self.last:
            entries = entries.filter(at__lte=end_of(self.last))
        return entries.filter(deed=self.deed) if self.deed else entries


def _number(key: str, kind: str) -> int | None:
    label, _, pk = key.partition(":")
    return int(pk) if label == kind and pk.isdigit() and len(pk) < 16 else None


def files_about(key: str, reader: Officer) -> list[int]:
    """The case files of a record named by its key that the reader may open. Empty for what is missing or hidden."""
    visible = CaseFile.objects.visible_to(reader)
    if (pk := _number(key, CASE_FILE)) is not None:
        visible = visible.filter(pk=pk)
    elif (kind := kinds_on_file().get(key.partition(":")[0])) and (
        pk := _number(key, kind._meta.label_lower)
    ) is not None:
        rows: Any = kind._default_manager
        visible = visible.filter(pk__in=rows.filter(pk=pk).values("case_file"))
    elif (pk := _number(key, CHILD)) is not None:
        child = Child.every.filter(pk=pk).first()
        visible = visible.filter(children=child.current().pk if child else 0)
    else:
        return []
    return sorted(set(visible.values_list("pk", flat=True)))


def keys_on(files: Sequence[int]) -> list[str]:
    """Every key under which the trail may name the records on these case files, and the children."""
    keys = [f"{CASE_FILE}:{pk}" for pk in files]
    for kind, model in kinds_on_file().items():
        rows: Any = model._default_manager
        keys += [f"{kind}:{pk}" for pk in rows.filter(case_file__in=files).values_list("pk", flat=True)]
    children = set(Child.objects.filter(case_files__in=files).values_list("pk", flat=True))
    newly = children
    while newly:  # what was seen of a record before it was merged into a child's is told of the child
        newly = set(Child.every.filter(merged_into__in=newly).values_list("pk", flat=True)) - children
        children |= newly
    return [*keys, *(f"{CHILD}:{pk}" for pk in sorted(children))]


@transaction.atomic
def read_about(key: str, *, by: Officer, asked: Narrowed | None = None) -> QuerySet[TrailEntry]:
    """Who has seen a record, newest first: everything about the case file that it is on. Raises NotAllowed where the
    reader may not read the trail, or not open the file."""
    require(by, Permission.READ_TRAIL)
    files = files_about(key, by)
    if not files:
        raise NotAllowed("There is no such record among those that you may open.")
    entry = trail.write("read trail", key, by=by, why="line of management", files=files)
    return (asked or Narrowed()).of(TrailEntry.about(keys_on(files)).filter(pk__lt=entry.pk))


@transaction.atomic
def read_by(username: str, *, by: Officer, asked: Narrowed | None = None) -> QuerySet[TrailEntry]:
    """What an officer has seen and done, newest first. Raises NotAllowed where the officer is not in the reader's line."""
    require(by, Permission.READ_TRAIL)
    seen = line_of(by).filter(username=username).first()
    if seen is None:
        raise NotAllowed("There is no such officer in your line.")
    entry = trail.write("read trail", seen, by=by, why="line of management")
    return (asked or Narrowed()).of(TrailEntry.objects.filter(officer=username, pk__lt=entry.pk).order_by("-pk"))


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One entry ready to be shown. records: references with the children's names, of files that the reader may open; keys: those records by key; more: how many besides; words: what was searched for."""

    at: datetime
    officer: str
    deed: str
    why: str
    place: str
    records: list[tuple[str, str]]
    keys: list[str]
    more: int
    words: str


_WHY = {"role": "the role", "own account": "own account", "refused": "it was refused"}


def _place(origin: dict[str, Any]) -> str:
    parts = [origin.get("address", ""), origin.get("page", "")]
    if session := origin.get("session"):
        parts.append(f"session {session[:6]}")
    return ", ".join(part for part in parts if part)


def children_path(model: type[models.Model]) -> str:
    """How the children are reached that a kind of record on a file is about: those that it names itself, or all of the file."""
    for field in model._meta.get_fields():
        if field.name == "children" and field.related_model is Child:
            return "children"
        if field.name == "children" and isinstance(field.related_model, type):
            return "children__child"  # with more to say of each
    return "case_file__children"


def _named(keys: Iterable[str], reader: Officer) -> dict[str, tuple[str, str]]:
    """Key → words and address, of the records on files that the reader may open. A few queries for each kind of record
    among them, however many there are."""
    ids: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        for kind in (*kinds_on_file(), CASE_FILE, CHILD):
            if (pk := _number(key, kind)) is not None:
                ids[kind].add(pk)
    found: dict[str, tuple[str, str]] = {}
    for kind, model in kinds_on_file().items():
        if not ids[kind]:
            continue
        rows: Any = model._default_manager
        path = children_path(model)
        named = rows.visible_to(reader).filter(pk__in=ids[kind])
        names_of: dict[int, list[str]] = defaultdict(list)
        pairs = named.exclude(**{path: None}).order_by("pk", path).values_list("pk", path)
        children = Child.every.in_bulk({child for _, child in pairs})
        for pk, child in pairs:
            names_of[pk].append(children[child].name)
        for record in named:
            names = ", ".join(names_of[record.pk])
            address = record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""
            found[f"{kind}:{record.pk}"] = (f"{record} {names}", address)
    for file in CaseFile.objects.visible_to(reader).filter(pk__in=ids[CASE_FILE]).prefetch_related("children"):
        names = ", ".join(child.name for child in file.children.all())
        found[f"{CASE_FILE}:{file.pk}"] = (f"{file.reference} {names}", "")
    visible = CaseFile.objects.visible_to(reader).values("pk")
    for child in Child.objects.filter(pk__in=ids[CHILD], case_files__in=visible).distinct():
        found[f"{CHILD}:{child.pk}"] = (child.name, "")
    return found


def rows_of(entries: Sequence[TrailEntry], reader: Officer) -> list[SeenRow]:
    """Entries as rows. Records that the reader may not open are counted and not named."""
    told = {entry.pk: subjects_of(entry.subject, entry.detail) for entry in entries}
    first = {pk: [k for k in keys if _of_a_child(k)][:_SHOWN] for pk, keys in told.items()}
    named = _named({key for keys in first.values() for key in keys}, reader)
    usernames = {entry.officer for entry in entries}
    people = {o.username: f"{o.name}, {o.role_data.title}" for o in Officer.objects.filter(username__in=usernames)}
    rows = []
    for entry in entries:
        keys = [key for key in first[entry.pk] if key in named]
        all_of_them = sum(map(_of_a_child, told[entry.pk]))
        rows.append(
            SeenRow(
                entry.at,
                people.get(entry.officer, entry.officer),
                entry.deed,
                _WHY.get(entry.why, entry.why),
                _place(entry.origin),
                [named[key] for key in keys],
                keys,
                all_of_them - len(keys),
                trail.opened_words(entry.detail["words"]) if entry.detail.get("words") else "",
            )
        )
    return rows


def _of_a_child(key: str) -> bool:
    return any(_number(key, kind) is not None for kind in (*kinds_on_file(), CASE_FILE, CHILD))


def deeds_in(entries: QuerySet[TrailEntry]) -> list[str]:
    """The different deeds among entries, to choose from."""
    return sorted(set(entries.order_by().values_list("deed", flat=True).distinct()[:200]))


def line_for(reader: Officer, words: str = "") -> QuerySet[Officer]:
    """The officers of the reader's line, those whose name or user name holds the words."""
    found = line_of(reader).select_related("team")
    return found.filter(Q(name__icontains=words) | Q(username__icontains=words)) if words else found
