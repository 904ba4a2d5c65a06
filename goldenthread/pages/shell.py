"""What every page's frame needs: whose authority this is, who is signed in, and where they may go."""

import contextlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission

# What stands in the navigation: the words, the URL's name, and what opens it (None: anyone who has signed in).
PLACES: tuple[tuple[str, str, Permission | None], ...] = (
    ("What I owe", "home", None),
    ("Referrals", "referrals", Permission.READ_RECORDS),
    ("Register", "register", Permission.READ_RECORDS),
    ("Practice", "practice", Permission.READ_FIGURES),
    ("Teams", "teams", Permission.READ_RECORDS),
    ("Plan", "plan-current", Permission.READ_PLAN),
    ("Figures", "figures", Permission.READ_FIGURES),
    ("Reports", "reports", Permission.READ_PLAN),
    ("Access", "access", Permission.READ_RECORDS),
    ("Trail", "trail", Permission.READ_TRAIL),
    ("Accounts", "accounts", Permission.MANAGE_ACCOUNTS),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One link of the navigation. key: the URL's name."""

    key: str
    name: str
    url: str
    here: bool


@lru_cache(maxsize=1)
def _addresses() -> tuple[tuple[str, str, str, Permission | None], ...]:
    """Those of the places that there are, with their addresses."""
    found = []
    for words, key, permission in PLACES:
        with contextlib.suppress(NoReverseMatch):
            found.append((key, words, reverse(key), permission))
    return tuple(found)


def places(officer: Officer, path: str) -> list[Place]:
    """The officer's navigation, with the place marked that the path lies in."""
    within = [p for p in _addresses() if p[3] is None or officer.may(p[3])]
    here = max(
        (url for _, _, url, _ in within if path == url or (url != "/" and path.startswith(url))), key=len, default=""
    )
    home = "What I owe" if officer.may(Permission.READ_RECORDS) else "Home"
    return [Place(key, home if key == "home" else words, url, url == here) for key, words, url, _ in within]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for the frame of every page."""
    context: dict[str, Any] = {"authority": settings.AUTHORITY}
    officer = getattr(request, "user", None)
    if isinstance(officer, Officer):
        context |= {"me": officer, "places": places(officer, request.path), "idle_minutes": settings.IDLE_MINUTES}
    return context
