"""How long a session lasts, judged on the server: so long without a request, so long in all, and not after the account
was closed or its way of signing in was changed.

Typing counts as use: a page keeps the draft of what is typed (`draft`), and that is a request like any other. A role or
a team that changes counts from the next request, in the same session. What was posted too late is kept (`kept`).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.people.models import Officer

BEGAN, SEEN, PROVED = "began", "seen", "proved"
_NOTED_EVERY = timedelta(minutes=1)  # a session is not written at every request
WITH_A_PASSWORD_TO_CHANGE = {"password", "sign-out"}


@receiver(user_logged_in, dispatch_uid="goldenthread.people.sessions")
def begin(request: HttpRequest, **_: Any) -> None:
    """Note when the session began: at that moment the officer has proved who they are."""
    request.session[BEGAN] = request.session[SEEN] = request.session[PROVED] = now().isoformat()


def moment(request: HttpRequest, name: str) -> datetime | None:
    """When the session began (BEGAN), was last used (SEEN), or its officer last proved who they are (PROVED)."""
    kept = request.session.get(name)
    return datetime.fromisoformat(kept) if kept else None


def prove(request: HttpRequest) -> None:
    """Note that the officer has just proved again who they are."""
    request.session[PROVED] = now().isoformat()


def over(request: HttpRequest, officer: Officer) -> str | None:
    """Why this session is over, as the trail tells it; None while it goes on."""
    began, seen = moment(request, BEGAN), moment(request, SEEN)
    if began is None or seen is None:
        return "not dated"
    if officer.sessions_end_before and began <= officer.sessions_end_before:
        return "account changed"
    if now() - began > timedelta(hours=settings.SESSION_HOURS):
        return "too long"
    if now() - seen > timedelta(minutes=settings.IDLE_MINUTES):
        return "not used"
    return None


class SessionMiddleware:
    """Ends a session that is over, before anything is shown or done; and asks for a new password where one is due."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        officer = request.user
        if isinstance(officer, Officer):
            if why := over(request, officer):
                logout(request)
                trail.write("session ended", officer, by=officer, why=why)
            elif now() - (moment(request, SEEN) or now()) > _NOTED_EVERY:
                request.session[SEEN] = now().isoformat()
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        officer, match = request.user, request.resolver_match
        due = isinstance(officer, Officer) and officer.must_change_password
        if due and (match is None or match.view_name not in WITH_A_PASSWORD_TO_CHANGE):
            return redirect("password")
        return None
