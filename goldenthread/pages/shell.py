"""What every page's frame needs: whose authority this is, who is signed in, and where they may go."""

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
    ("Teams", "teams", Permission.READ_RECORDS),
    ("Plan", "plan", Permission.READ_PLAN),
    ("Figures", "figures", Permission.READ_FIGURES),
    ("Reports", "reports", Permission.READ_PLAN),
    ("Accounts", "accounts", Permission.MANAGE_ACCOUNTS),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One link of the navigation."""

    name: str
    url: str
    here: bool


@lru_cache(maxsize=1)
def _addresses() -> tuple[tuple[str, str, Permission | None], ...]:
    found = []
    for words, name, permission in PLACES:
        try:
            found.append((words, reverse(name), permission))
        except NoReverseMatch:
            continue
    return tuple(found)


def places(officer: Officer, path: str) -> list[Place]:
    """The officer's navigation, with the place marked that the path lies in."""
    open_to = [(words, url) for words, url, permission in _addresses() if permission is None or officer.may(permission)]
    within = max(
        (url for _, url in open_to if path == url or (url != "/" and path.startswith(url))), key=len, default=""
    )
    return [
        Place("Home" if url == "/" and not officer.may(Permission.READ_RECORDS) else words, url, url == within)
        for words, url in open_to
    ]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for the frame of every page."""
    context: dict[str, Any] = {"authority": settings.AUTHORITY}
    officer = getattr(request, "user", None)
    if isinstance(officer, Officer):
        context |= {"me": officer, "places": places(officer, request.path)}
    return context
