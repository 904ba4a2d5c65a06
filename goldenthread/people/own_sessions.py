"""An officer's own sessions: where they are signed in, and how to end it. The key of a session is never shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.people.models import Officer
from goldenthread.people.sessions import BROWSER, FROM, SEEN, STARTED, why_over

_BROWSERS = (("Edg", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Mac OS", "a Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One session. mark: a fingerprint that names it on the page; browser: in words; here: the one that asks."""

    mark: str
    started: datetime
    seen: datetime
    address: str
    browser: str
    here: bool


def browser_in_words(told: str) -> str:
    """What a browser says of itself, as far as it helps its owner to know it again: “Firefox on Windows”."""
    name = next((name for sign, name in _BROWSERS if sign in told), "A browser")
    system = next((system for sign, system in _SYSTEMS if sign in told), "")
    return f"{name} on {system}" if system else name


def sessions_of(request: HttpRequest, officer: Officer) -> list[OwnSession]:
    """Every session of the officer that would still be let in, the one that asks first, then by last use."""
    found = [one for _, one in _found(request, officer)]
    return sorted(found, key=lambda one: (one.here, one.seen), reverse=True)


def _found(request: HttpRequest, officer: Officer) -> Iterator[tuple[Session, OwnSession]]:
    # What a session holds is locked in its row, so all that have not lapsed are opened: a few thousand at most.
    theirs, mark = str(officer.pk), officer.get_session_auth_hash()
    for row in Session.objects.filter(expire_date__gt=now()).iterator(500):
        held = row.get_decoded()
        if held.get(SESSION_KEY) != theirs or not constant_time_compare(held.get(HASH_SESSION_KEY, ""), mark):
            continue
        if why_over(held):
            continue
        yield (
            row,
            OwnSession(
                mark=trail.fingerprint(f"session|{row.session_key}"),
                started=datetime.fromisoformat(held[STARTED]),
                seen=datetime.fromisoformat(held[SEEN]),
                address=held.get(FROM, ""),
                browser=browser_in_words(held.get(BROWSER, "")),
                here=row.session_key == request.session.session_key,
            ),
        )


@transaction.atomic
def end_session(request: HttpRequest, mark: str, *, by: Officer) -> None:
    """End one of one's own sessions, at once. Raises Refused where there is no such one, and for the one that asks."""
    for row, one in _found(request, by):
        if constant_time_compare(one.mark, mark):
            if one.here:
                raise Refused("This is the session that you are using: sign out instead.")
            row.delete()
            trail.write("session ended", by, by=by, why="own account", ended=1)
            return
    raise Refused("That session has ended already.")


@transaction.atomic
def end_other_sessions(request: HttpRequest, *, by: Officer) -> None:
    """End every session of one's own but the one that asks, at the next request of each."""
    ended = sum(not one.here for _, one in _found(request, by))
    by.session_mark += 1
    by.save(update_fields=["session_mark"])
    update_session_auth_hash(request, by)
    trail.write("session ended", by, by=by, why="own account", ended=ended)
