"""The access review as at a past day: who had an account, and with what, worked out backwards from how it stands now by
what the trail says was done since. It keeps nothing of its own, and where the trail cannot say, neither does it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet

from goldenthread.core import trail
from goldenthread.core.clock import end_of, today
from goldenthread.core.errors import BadInput
from goldenthread.core.models import TrailEntry
from goldenthread.people.account_history import ADDED, CHANGED, CLOSED, OPENED, REMOVED, REOPENED
from goldenthread.people.models import AccessReview, Area, Officer, Passkey, SecondFactor, Team
from goldenthread.people.roles import ROLES

_DEEDS = (OPENED, CHANGED, CLOSED, REOPENED, ADDED, REMOVED)
UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Then:
    """One account as it was. there: whether there was one (None: the trail does not say). in_use, twice: None where the
    trail does not say. role, team: in words; last: the last time on the trail that it was signed in to."""

    officer: Officer
    there: bool | None
    in_use: bool
    role: str
    team: str
    twice: bool | None
    last: datetime | None
    review: AccessReview | None

    @property
    def state(self) -> str:
        """In a word."""
        return UNKNOWN if self.there is None else "in use" if self.in_use else "closed"


@dataclass(frozen=True, slots=True)
class AsAt:
    """The review. begins: when the trail does; later: how many accounts were opened after the day, and are not in the
    rows."""

    day: date
    begins: datetime
    rows: list[Then]
    later: int


def rows_as_at(accounts: QuerySet[Officer], day: date) -> AsAt:
    """The accounts as they stood at the end of a day, by name; in as many statements however many there are. Raises
    BadInput for a day that lies ahead, or before the trail begins."""
    begins = TrailEntry.objects.order_by("pk").values_list("at", flat=True).first()
    if day > today():
        raise BadInput("That day lies ahead: nothing can be said of it.")
    end = end_of(day)
    if begins is None or end < begins:
        raise BadInput("The trail begins after that day: it cannot say who had access then.")
    has = {"app": Exists(SecondFactor.objects.filter(officer=OuterRef("pk")))}
    has |= {"key": Exists(Passkey.objects.filter(officer=OuterRef("pk")))}
    found = list(accounts.select_related("team", "area").annotate(**has).order_by("name", "pk"))
    history, names = _history(found), _Names()
    seen = dict(_last(TrailEntry.objects.filter(at__lte=end), "officer"))
    signed_in = dict(_last(TrailEntry.objects.filter(at__lte=end, deed="sign in"), "officer"))
    reviews = {row.officer_id: row for row in _reviews(found, end)}
    rows, later = [], 0
    for officer in found:
        done = history[trail.subject_key(officer)]
        there = _there(done, end, officer.username in seen)
        if there is False:
            later += 1
            continue
        was = _undone(officer, [entry for entry in done if entry.at > end])
        rows.append(
            Then(
                officer=officer,
                there=there,
                in_use=was["is_active"],
                role=ROLES[was["role"]].title if was["role"] in ROLES else was["role"],
                team=names.of("team", was["team"]) or names.of("area", was["area"]),
                twice=None if there is None else _twice(officer, done, end),
                last=signed_in.get(officer.username),
                review=reviews.get(officer.pk),
            )
        )
    return AsAt(day, begins, rows, later)


def _history(officers: Iterable[Officer]) -> dict[str, list[TrailEntry]]:
    """By the key of an account, what was done to it, oldest first."""
    keys = {trail.subject_key(officer) for officer in officers}
    found: dict[str, list[TrailEntry]] = defaultdict(list)
    for entry in TrailEntry.objects.filter(deed__in=_DEEDS).order_by("pk"):
        if entry.subject in keys:
            found[entry.subject].append(entry)
    return found


def _last(entries: QuerySet[TrailEntry], of: str) -> Iterable[tuple[str, datetime]]:
    return entries.order_by().values_list(of).annotate(Max("at"))


def _reviews(officers: list[Officer], end: datetime) -> QuerySet[AccessReview]:
    return AccessReview.objects.filter(officer__in=officers, at__lte=end).select_related("by").order_by("at", "pk")


def _there(done: list[TrailEntry], end: datetime, seen: bool) -> bool | None:
    if seen or any(entry.at <= end for entry in done):
        return True
    return False if any(entry.deed == OPENED for entry in done) else None


def _undone(officer: Officer, since: list[TrailEntry]) -> dict[str, Any]:
    """The account with everything undone that was done since, the last first."""
    was = {"role": officer.role, "team": officer.team_id, "area": officer.area_id, "is_active": officer.is_active}
    for entry in reversed(since):
        for field, (before, _after) in (entry.detail.get("changed") or {}).items():
            if field in was:
                was[field] = before
        if entry.deed in (CLOSED, REOPENED):
            was["is_active"] = entry.deed == CLOSED
    return was


def _twice(officer: Officer, done: list[TrailEntry], end: datetime) -> bool | None:
    """Whether there was a second factor. What was set up first after the day may have taken another's place."""
    told = [entry for entry in done if entry.deed in (ADDED, REMOVED, REOPENED, OPENED)]
    before = [entry.deed for entry in told if entry.at <= end]
    if before:
        return before[-1] == ADDED
    after = [entry.deed for entry in told if entry.at > end]
    if not after:
        return bool(officer.app or officer.key)  # type: ignore[attr-defined]
    return True if after[0] == REMOVED else None


class _Names:
    def __init__(self) -> None:
        self._by: dict[str, dict[int, str]] = {
            "team": dict(Team.objects.values_list("pk", "name")),
            "area": dict(Area.objects.values_list("pk", "name")),
        }

    def of(self, kind: str, pk: int | None) -> str:
        """Its name now; nothing where there was none."""
        return self._by[kind].get(pk, f"a {kind} that is no more") if pk else ""
