"""A modest brake on guessing passwords: so many failures from one address for one name, then a wait.

Counted in the trail itself. Name and address together make the count, so nobody can lock out somebody else from
another address; and a browser that the officer has signed in with before is counted by itself, so nobody can from the next
desk either. The wait is short.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.models import TrailEntry
from goldenthread.people import known_browser
from goldenthread.people.models import Officer

FAILURES = 8
WINDOW = timedelta(minutes=15)
FAILED = "sign in failed"
CODE_FAILED = "second factor failed"
CODES_IN_ALL = 60  # for one name from all addresses: who gets as far as this knows the password


class _Nobody:
    def get_username(self) -> str:
        return "nobody signed in"


def _subject(request: HttpRequest, username: str) -> str:
    known = known_browser.number_of(request, Officer.objects.filter(username=username).first())
    where = f"browser {known}" if known else request.META.get("REMOTE_ADDR", "")
    digest = salted_hmac(
        "goldenthread.sign-in", f"{username.casefold()}|{where}", secret=settings.SECRET_KEY, algorithm="sha256"
    )
    return f"sign-in:{digest.hexdigest()}"


def too_many(request: HttpRequest, username: str) -> bool:
    """Whether this name has failed too often from this address in the last quarter of an hour."""
    return (
        TrailEntry.objects.filter(
            subject=_subject(request, username), deed__in=(FAILED, CODE_FAILED), at__gt=now() - WINDOW
        ).count()
        >= FAILURES
    )


def too_many_codes(request: HttpRequest, officer: Officer) -> bool:
    """Whether codes were tried too often: from here, or by many who all know the password; the latter does not count for
    a browser that the officer has signed in with before."""
    if too_many(request, officer.username):
        return True
    if known_browser.number_of(request, officer):
        return False
    tried = TrailEntry.objects.filter(officer=officer.username, deed=CODE_FAILED, at__gt=now() - WINDOW).count()
    return tried >= CODES_IN_ALL


def code_failed(request: HttpRequest, officer: Officer) -> None:
    """Note a wrong code, or one that was used before."""
    trail.write(CODE_FAILED, _subject(request, officer.username), by=officer, why="wrong code")


def failed(request: HttpRequest, username: str) -> None:
    """Note a failure. What was typed is kept only when it is an officer's name: it might be a password."""
    known = Officer.objects.filter(username=username).first()
    trail.write(FAILED, _subject(request, username), by=known or _Nobody(), why="wrong name or password")


def refused(request: HttpRequest, why: str) -> None:
    """Note that another way in was refused. Who tried is not known."""
    trail.write(FAILED, _subject(request, ""), by=_Nobody(), why=why)
