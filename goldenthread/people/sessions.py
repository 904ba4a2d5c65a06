"""How long a session lasts, and what it may do before the officer has done what is asked of the account.

A session ends after a time without a request (typing counts: drafts are sent as one types) and after a working day,
whatever happens. What is sent to an ended session comes back as a draft after signing in: see `kept`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.people import second_factor
from goldenthread.people.models import Officer

STARTED, SEEN, PROVED, TWICE = "started", "seen", "proved", "twice"
FROM, BROWSER = "from", "browser"
"""What a session keeps so that its owner knows it again: the address that it began from, and what the browser said."""
_STAMP_EVERY = timedelta(seconds=30)  # so that reading does not write to the session at every request
_ALWAYS = {"sign-in", "sign-out", "sign-in-passkey"}
_SETTING_UP = {"second-factor-set-up", "passkey-add", "step-up"} | _ALWAYS


@receiver(user_logged_in)
def begin(request: HttpRequest, **kwargs: Any) -> None:
    """Stamp a session that begins."""
    request.session.pop(TWICE, None)
    for key in (STARTED, SEEN, PROVED):
        request.session[key] = now().isoformat()
    request.session[FROM] = request.META.get("REMOTE_ADDR", "")
    request.session[BROWSER] = request.headers.get("User-Agent", "")[:200]


def since(request: HttpRequest, key: str) -> timedelta | None:
    """How long ago a session's stamp was set; None where it never was."""
    return _ago(request.session, key)


def why_ended(request: HttpRequest) -> str:
    """Why this session may not go on: in words for the trail; empty where it may."""
    return why_over(request.session)


def why_over(held: Mapping[str, Any] | SessionBase) -> str:
    """The same, of what any session holds."""
    idle, whole = _ago(held, SEEN), _ago(held, STARTED)
    if idle is None or whole is None or whole > timedelta(hours=settings.SESSION_HOURS):
        return "longest time"
    return "not used" if idle > timedelta(minutes=settings.IDLE_MINUTES) else ""


def _ago(held: Mapping[str, Any] | SessionBase, key: str) -> timedelta | None:
    stamp = held.get(key)
    return now() - datetime.fromisoformat(stamp) if stamp else None


class SessionMiddleware:
    """Ends what lasted too long; sends an officer to what the account still asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        officer = request.user
        if isinstance(officer, Officer):
            if why := why_ended(request):
                trail.write("session ended", officer, by=officer, why=why)
                logout(request)
            elif (ago := since(request, SEEN)) is None or ago >= _STAMP_EVERY:
                request.session[SEEN] = now().isoformat()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        officer, match = request.user, request.resolver_match
        if not isinstance(officer, Officer) or match is None:
            return None
        if officer.must_change_password and match.view_name not in {"password"} | _ALWAYS:
            return redirect("password")
        if officer.must_change_password or request.session.get(TWICE) or match.view_name in _SETTING_UP:
            return None
        if second_factor.required_of(officer):
            if second_factor.has_one(officer):
                logout(request)  # the role or the rule changed since: the code is asked for at the door
                return redirect("sign-in")
            return redirect("second-factor-set-up")
        return None
