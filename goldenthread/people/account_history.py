"""What was done to an account, as the trail tells it: when, by whom, what changed, and the reason in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goldenthread.core import trail
from goldenthread.core.models import TrailEntry
from goldenthread.people.models import Area, Officer, Post, Team
from goldenthread.people.roles import ROLES

OPENED, CHANGED, CLOSED, REOPENED = "open account", "change account", "close account", "reopen account"
RESET, ADDED, REMOVED = "reset password", "second factor added", "second factor removed"
CHANGES = (OPENED, CHANGED, CLOSED, REOPENED, RESET, REMOVED)
"""What changes who may sign in and what they may then do."""
_TOLD = {
    OPENED: "Opened", CHANGED: "Changed", CLOSED: "Closed", REOPENED: "Opened again", RESET: "One-time password given",
    REMOVED: "Second factor taken away",
}  # fmt: skip
_WHY = {
    "not used": "Nobody had used it",
    "last administrator": "From the server's command line, for the last administrator",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing done to an account. what: in words, with what it was and became; reason: as it was given, or why there
    is none to read; by: a name."""

    at: datetime
    what: str
    reason: str
    by: str


def changes_of(officer: Officer) -> list[Change]:
    """Everything that was done to an account, newest first. The reasons are locked on the trail, and opened here: this
    is for those who manage or review accounts."""
    rows = list(TrailEntry.objects.filter(subject=trail.subject_key(officer), deed__in=CHANGES).order_by("-pk"))
    people = dict(Officer.objects.filter(username__in={row.officer for row in rows}).values_list("username", "name"))
    named = _names() if any(row.detail.get("changed") for row in rows) else {}
    return [Change(row.at, _what(row, named), _reason(row), people.get(row.officer, row.officer)) for row in rows]


def _reason(row: TrailEntry) -> str:
    if row.detail.get("words"):
        return trail.opened_words(row.detail["words"]) or "It is locked under a key that is no longer here"
    return "Only a fingerprint of it was kept" if row.detail.get("reason") else _WHY.get(row.why, "")


def _names() -> dict[str, dict[Any, str]]:
    names: dict[str, dict[Any, str]] = {
        "team": dict(Team.objects.values_list("pk", "name")),
        "area": dict(Area.objects.values_list("pk", "name")),
        "post": dict(Post.objects.values_list("pk", "title")),
    }
    names["role"] = {key: role.title for key, role in ROLES.items()}
    return names


def _what(row: TrailEntry, named: dict[str, dict[Any, str]]) -> str:
    told = []
    for field, (before, after) in (row.detail.get("changed") or {}).items():
        if field in named:
            was, now = (named[field].get(value, "none") if value else "none" for value in (before, after))
            told.append(f"{field}: {was}, now {now}")
        elif field != "is_active":
            told.append(field)  # a name or an address: the trail keeps fingerprints of those
    what = _TOLD[row.deed]
    return f"{what}: {'; '.join(told)}" if told else what
