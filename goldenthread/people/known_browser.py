"""Which browsers an officer has signed in with before: so that guessing from the next desk, or from behind the same office's
address, does not make the officer wait at their own.

The browser carries a signed mark: a number of its own by chance, and the keys of the last officers who signed in with it.
It opens nothing; failures there are counted by themselves.
"""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from goldenthread.people.models import Officer

_SALT = "goldenthread.people.known"
_LASTS = 365 * 24 * 60 * 60  # seconds
_MOST = 8  # officers of one browser: a shared desk


def mark_name() -> str:
    """The name of the browser's mark: under https one that no other host can set."""
    return "__Host-gt-known" if settings.SESSION_COOKIE_SECURE else "gt-known"


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    told = request.get_signed_cookie(mark_name(), default="", salt=_SALT, max_age=_LASTS) or ""
    number, _, keys = told.partition("~")
    return number, [key for key in keys.split(".") if key]


def number_of(request: HttpRequest, officer: Officer | None) -> str:
    """The browser's own number, where this officer has signed in with it before; else nothing."""
    number, keys = _read(request)
    return number if officer is not None and str(officer.pk) in keys else ""


def remember(request: HttpRequest, response: HttpResponseBase, officer: Officer) -> None:
    """This officer has signed in with this browser."""
    number, keys = _read(request)
    last = [str(officer.pk), *(key for key in keys if key != str(officer.pk))][:_MOST]
    response.set_signed_cookie(
        mark_name(), f"{number or secrets.token_hex(16)}~{'.'.join(last)}", salt=_SALT, max_age=_LASTS, httponly=True,
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
