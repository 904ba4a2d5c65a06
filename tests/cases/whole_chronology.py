"""What a chronology ought to hold, found apart from the product: by walking every table and every key, row by row."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from goldenthread.cases.events import events_of, left_out
from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile, Child, Danger, Merge, Person, Tie
from goldenthread.core.clock import at_minute, start_of
from goldenthread.people.models import Officer, Team

WHEN = {
    "cases.child": "date_of_birth", "cases.holding": "since_at", "cases.involvement": "since_at",
    "cases.address": "since", "cases.othername": "recorded_at", "cases.childamendment": "recorded_at",
    "referrals.referral": "received_at", "referrals.amendment": "recorded_at", "referrals.chaser": "recorded_at",
    "register.registercheck": "asked_at", "assessing.assessment": "started_at", "assessing.childinneedplan": "made_at",
    "interpreting.interpreterrequest": "asked_at", "housing.temporarymove": "moved_at", "legal.advicerequest": "asked_at",
    "hospital.hospitalnotification": "received_at", "allocating.allocation": "allocated_at",
    "transferring.transfer": "asked_at", "conferring.meeting": "convened_at", "closing.closure": "asked_at",
    "supervising.supervisionaction": "agreed_at",
}  # fmt: skip
"""When a record that is no fact happened. A model that is not here is held to be in the chronology, at whatever time."""
_NOT_UP = {"supersedes", "root", "by"}
"""Keys that lead nowhere up: to other rows of the same fact, and to officers."""
_OF_A_CHECK = {"register.shown", "register.askedafter"}
"""A check shows the entries of other children: it is on the file of its referral."""


def dated(model: type[models.Model]) -> bool:
    """Whether its rows have a date."""
    return any(isinstance(f, models.DateField) for f in model._meta.concrete_fields)


@cache
def leads_up(model: type[models.Model], seen: frozenset[type[models.Model]] = frozenset()) -> bool:
    """Whether a key, or a key of what it leads to, leads to a case file, a child or somebody around one."""
    if model in {CaseFile, Child, Person}:
        return True
    keys = [*model._meta.concrete_fields, *model._meta.many_to_many]
    above = {f.related_model for f in keys if f.is_relation} - {model, Officer, Team} - seen
    return any(leads_up(one, seen | {model}) for one in above)  # type: ignore[arg-type]


def models_with_events() -> list[type[models.Model]]:
    """Every model whose rows must be in the chronology of some file."""
    return [m for m in apps.get_models() if dated(m) and leads_up(m) and m._meta.label_lower not in left_out()]


class Walk:
    """Every table as it is now, each read once, and the way from a row to its case files."""

    def __init__(self) -> None:
        self._tables: dict[type[models.Model], dict[int, Any]] = {}
        on = CaseFile.children.through._base_manager.values_list("child_id", "casefile_id")
        self._of_child: dict[int, set[int]] = defaultdict(set)
        for child, file in on:
            self._of_child[child].add(file)
        self._around: dict[int, set[int]] = defaultdict(set)
        for tie in Tie.objects.filter(withdrawn=False, superseded_by=None):
            self._around[tie.person_id].add(tie.child_id)

    def table(self, model: type[models.Model]) -> dict[int, Any]:
        """Its rows by number."""
        if model not in self._tables:
            self._tables[model] = model._base_manager.in_bulk()
        return self._tables[model]

    def files_of(self, row: Any) -> set[int]:
        """The case files that a row is on: by its own key or by what it hangs on; else by the children whom it is about."""
        match row:
            case CaseFile():
                return {row.pk}
            case Child():
                return self._of_child[row.pk]
            case Tie():  # what they are to this child is on no other child's file
                return self._of_child[row.child_id]
            case Person() | Danger():
                first = row.first_id if isinstance(row, Person) else row.person_id
                return {file for child in self._around[first] for file in self._of_child[child]}
            case Merge():
                return self._of_child[row.kept_id] | self._of_child[row.merged_id]
        if hasattr(row, "case_file_id"):
            return {row.case_file_id} if row.case_file_id else set()
        not_up = _NOT_UP | ({"entry"} if row._meta.label_lower in _OF_A_CHECK else set())
        keys: list[Any] = [f for f in row._meta.concrete_fields if f.is_relation and f.name not in not_up]
        for key in keys:
            if key.related_model not in {Child, Officer, Team} and leads_up(key.related_model):
                above = getattr(row, key.attname)
                return self.files_of(self.table(key.related_model)[above]) if above is not None else set()
        about = {getattr(row, key.attname) for key in keys if key.related_model is Child} - {None}
        return {file for child in about for file in self._of_child[child]}


Expected = dict[int, Counter[tuple[str, datetime | None, datetime | None]]]


def _start(value: Any) -> Any:
    return start_of(value) if isinstance(value, date) and not isinstance(value, datetime) else value


def _of_model(model: Any, rows: list[Any]) -> Iterator[tuple[Any, str, Any, Any]]:
    """Each event that the rows of a model make: a row that says on which file, its key, and the two clocks."""
    label = model._meta.label_lower
    if issubclass(model, Fact):
        chains: dict[int, list[Any]] = defaultdict(list)
        for row in rows:
            chains[row.root_id or row.pk].append(row)
        for first, chain in chains.items():
            superseded = {row.supersedes_id for row in chain}
            (last,) = [row for row in chain if row.pk not in superseded]
            if not last.withdrawn:
                known = min(row.recorded_at for row in chain if row.occurred_at == last.occurred_at)
                yield last, f"{label}:{first}", last.occurred_at, known
        return
    for row in rows:
        if model is CaseFile:
            yield row, f"{label}-opened:{row.pk}", row.opened_at, row.opened_at
            if row.closed_at:
                yield row, f"{label}-closed:{row.pk}", row.closed_at, row.closed_at
        elif model is Merge:
            yield row, f"{label}:{row.pk}", row.recorded_at, row.recorded_at
            if row.undone_at:
                yield row, f"{label}-undone:{row.pk}", row.undone_at, row.undone_at
        elif getattr(row, "withdrawn_at", None) is None:
            at = _start(getattr(row, WHEN[label])) if label in WHEN else None
            if label not in WHEN or at is not None:
                yield row, f"{label}:{row.pk}", at, None


def expected() -> Expected:
    """For each case file, what its chronology ought to hold, each once."""
    found: Expected = defaultdict(Counter)
    walk = Walk()
    for model in models_with_events():
        for row, key, at, known in _of_model(model, list(walk.table(model).values())):
            for file in walk.files_of(row):
                found[file][key, at, known] += 1
    return found


def differences(files: Iterable[CaseFile] | None = None, ought: Expected | None = None) -> list[str]:
    """Where the chronologies of these files (left out: of all) are not what they ought to be. ought: what was expected of
    all, where that was asked before."""
    ought, wrong = expected() if ought is None else ought, []
    for file in files if files is not None else CaseFile.objects.all():
        events = events_of(file).events
        # A conference of two rooms is one event, under the key of the one and beside it that of the other.
        held = {key: event for event in events for key in (event.key, *event.also)}
        if len(held) != sum(1 + len(event.also) for event in events):
            wrong.append(f"{file}: something is in it twice")
        keys = {key for key, _, _ in ought[file.pk]}
        wrong += [f"{file}: {key} is missing" for key in sorted(keys - held.keys())]
        wrong += [f"{file}: {key} ought not to be in it" for key in sorted(held.keys() - keys)]
        wrong += [
            f"{file}: {key} is expected {times} times" for (key, *_), times in ought[file.pk].items() if times > 1
        ]
        first_known = {key: known for key, _, known in ought[file.pk]}
        for key, at, _ in ought[file.pk]:
            event = held.get(key)
            if event is None:
                continue
            # Beside another, it is of the same minute.
            same = event.at == at if event.key == key else at_minute(event.at) == at_minute(at or event.at)
            if at is not None and not same:
                wrong.append(f"{file}: {key} is at another time")
            known = [first_known[one] for one in (event.key, *event.also) if one in first_known]
            if None not in known and event.known != min(known):
                wrong.append(f"{file}: {key} was known at another time")
        times = [(at_minute(event.at), event.known) for event in events]
        if times != sorted(times):
            wrong.append(f"{file}: it is out of order")
    return wrong
