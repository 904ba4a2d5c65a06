"""Who is on the register, as at an instant."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from goldenthread.cases.facts import stands
from goldenthread.cases.records import OnFileQuerySet
from goldenthread.standards.assessment.register.choices import State
from goldenthread.standards.assessment.register.models import Listing, RegisterEntry, Removal

_ORDER = (State.ON, State.OTHER, State.WAS)


def states_of(children: Collection[int], at: datetime) -> dict[int, tuple[State, RegisterEntry]]:
    """How these children stand to the register at an instant, by the entry that says most; those who never were on it are
    left out. Three queries."""
    found: dict[int, tuple[State, RegisterEntry]] = {}
    rows = RegisterEntry.objects.filter(child__in=children).order_by("pk").prefetch_related("listings", "removals")
    for entry in rows:
        state = entry.state_at(at)
        if state == State.NONE:
            continue
        before = found.get(entry.child_id)
        if before is None or _ORDER.index(state) <= _ORDER.index(before[0]):
            found[entry.child_id] = (state, entry)
    return found


def on_register(at: datetime, known: datetime) -> Q:
    """The filter for entries by which a child was on the register at an instant, on what was known by another."""
    listed = Listing.objects.filter(stands(known), entry=OuterRef("pk"), occurred_at__lte=at)
    removed = Removal.objects.filter(stands(known), entry=OuterRef("pk"), occurred_at__lte=at)
    return Q(Exists(listed)) & ~Q(Exists(removed))


def entries_at(rows: OnFileQuerySet[RegisterEntry], at: datetime, known: datetime) -> OnFileQuerySet[RegisterEntry]:
    """Of these entries, those by which a child was on the register at an instant."""
    return rows.filter(on_register(at, known))
