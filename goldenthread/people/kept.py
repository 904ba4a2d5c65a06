"""What was posted after a session had ended: kept on the server for half an hour, for the same officer in the same browser.

The browser carries a signed mark of who signed in last. The words wait in the new, anonymous session; when that
officer signs in they become a draft, and when another does they are dropped.
"""

from datetime import datetime, timedelta
from urllib.parse import urlparse

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from goldenthread.core.clock import now
from goldenthread.core.drafts import save_draft, words_of
from goldenthread.people.models import Officer

_SALT = "goldenthread.people.kept"
_KEY = "kept"
LASTS = timedelta(minutes=30)


def mark_name() -> str:
    """The name of the browser's mark: under https one that no other host can set."""
    return "__Host-gt-officer" if settings.SESSION_COOKIE_SECURE else "gt-officer"


def mark(response: HttpResponseBase, officer: Officer) -> None:
    """Let the browser remember who signed in, until it is closed."""
    response.set_signed_cookie(
        mark_name(), str(officer.pk), salt=_SALT, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def keep(request: HttpRequest) -> str:
    """Keep what this request posted. Returns the page to go back to after signing in."""
    officer = request.get_signed_cookie(mark_name(), default="", salt=_SALT)
    words = words_of(request.POST)
    if officer and words:
        request.session[_KEY] = {
            "officer": officer, "form": request.path, "words": words, "until": (now() + LASTS).isoformat(),
        }  # fmt: skip
        request.session.set_expiry(int(LASTS.total_seconds()))
    return page_of(request)


def page_of(request: HttpRequest) -> str:
    """The page on which the form stood: the one that sent it, where the browser says, or the form's own."""
    sent_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(sent_from, {request.get_host()}, require_https=request.is_secure()):
        parts = urlparse(sent_from)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.get_full_path()


def hand_back(request: HttpRequest, officer: Officer) -> bool:
    """After signing in: what was kept becomes this officer's draft, if it was theirs. Returns whether it did."""
    kept = request.session.pop(_KEY, None)
    request.session.set_expiry(None)
    if not kept or kept["officer"] != str(officer.pk) or datetime.fromisoformat(kept["until"]) < now():
        return False
    save_draft(officer, kept["form"], kept["words"])
    return True
