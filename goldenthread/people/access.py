"""The door: every page is in one access table, and what is not in it is closed.

The table (settings.ACCESS_TABLE) names each URL once: PUBLIC, SIGNED_IN, or the permission that opens it. Which
records a page may then show is asked of the record's queryset (`visible_to(officer)`).
"""

import logging
from collections.abc import Callable
from enum import Enum
from functools import lru_cache
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.views.defaults import page_not_found

from goldenthread.core import trail
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.once import Kind, posting_table
from goldenthread.people import kept, pace
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission


class Door(Enum):
    """The two kinds of page that need no permission."""

    PUBLIC = "anyone, without signing in"
    SIGNED_IN = "anyone who has signed in"


AccessTable = dict[str, Door | Permission]


@lru_cache(maxsize=1)
def access_table() -> AccessTable:
    """URL name → who may open it."""
    return cast(AccessTable, import_string(settings.ACCESS_TABLE))


def officer_of(request: HttpRequest) -> Officer:
    """The officer who is signed in. Raises NotAllowed when nobody is: the door should have kept them out."""
    if not isinstance(request.user, Officer):
        raise NotAllowed("Sign in first.")
    return request.user


def require(officer: Officer, permission: Permission) -> None:
    """Raise NotAllowed unless the officer holds the permission. Every action begins with this."""
    if not officer.may(permission):
        raise NotAllowed(f"{officer.role_data.title}: this role may not {permission.value}.")


SHOW_RECORDS = frozenset(
    {
        Permission.READ_RECORDS,
        Permission.RECORD_REFERRALS,
        Permission.DECIDE_REFERRALS,
        Permission.SIGN_OFF,
        Permission.KEEP_REGISTER,
        Permission.MERGE_CHILDREN,
        Permission.EXCUSE,
        Permission.READ_TRAIL,
        Permission.RESTRICT,
        Permission.REVIEW_ACCESS,
    }
)
"""The permissions whose pages show children's records: such a page tells the trail, or says that it shows none."""
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
"""What may be asked of any address; some take fewer. Anything else is refused before the address is looked at."""
_log = logging.getLogger(__name__)


class _Nobody:
    def get_username(self) -> str:
        return "nobody signed in"


@lru_cache(maxsize=1)
def _url_subjects() -> dict[str, str]:
    return cast(dict[str, str], import_string(settings.URL_SUBJECTS))


def _kept_of(value: Any) -> Any:
    """What the trail keeps of a part of an address: numbers and kinds of record as they are, what may be typed words by
    its fingerprint."""
    if isinstance(value, int):
        return value
    known = str(value) in {model._meta.label_lower for model in apps.get_models()}
    return str(value) if known else trail.fingerprint(str(value))


def note_refusal(request: HttpRequest, status: int) -> None:
    """Write to the trail that a page was refused, before it is said. The same for what is hidden and what is missing.
    Raises TrailUnwritable."""
    match = request.resolver_match
    page = match.view_name if match else "no such page"
    trail.on_page(page)
    given = {name: _kept_of(value) for name, value in match.kwargs.items()} if match else {}
    subject = f"page:{page}"[:80]
    label = given.get("subject_type") or _url_subjects().get(page.partition("-")[0])
    if label and isinstance(given.get("pk"), int):
        subject = f"{label}:{given['pk']}"[:80]
    by = request.user if isinstance(request.user, Officer) else _Nobody()
    deed = "refused" if status == 409 else "denied"  # what the state of a record does not allow, and what nobody may
    trail.write(deed, subject, by=by, why="refused", page=page, status=status, keys=given)


def _shows(request: HttpRequest, page: str) -> bool:
    """Whether a request asks to be shown something, and sends nothing that could be lost."""
    posting = posting_table().get(page)
    return request.method != "POST" or (posting is not None and posting.kind is Kind.NO_WRITE)


class AccessMiddleware:
    """Asks the access table before every view. A closed page and a missing one look the same (404).

    The trail fails closed here: a refusal is written before it is answered; a page of records that told the trail
    nothing, and did not say that it shows nothing, is not sent; and where the trail cannot be written, a plain page
    says so and nothing else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        origin = trail.Origin(
            address=request.META.get("REMOTE_ADDR", ""),
            session=request.session.session_key or "",
            method=request.method or "",
        )
        with trail.coming_from(origin):
            before = trail.written()
            try:
                response = self._told(request, self.get_response(request), origin, before)
            except trail.TrailUnwritable as fault:
                if _database_away(fault):
                    raise
                _log.exception("The trail cannot be written: nothing is shown")
                response = trail_unwritable()
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response

    def _told(
        self, request: HttpRequest, response: HttpResponseBase, origin: trail.Origin, before: int
    ) -> HttpResponseBase:
        status, signed_in = response.status_code, request.user.is_authenticated
        if status == 403 or (status in (404, 409) and signed_in):
            note_refusal(request, status)
        elif status == 200 and signed_in and trail.written() == before and not origin.showed_nothing:
            match = request.resolver_match
            if match and access_table().get(match.view_name) in SHOW_RECORDS:
                _log.error("The page %s told the trail nothing: it is not sent", match.view_name)
                return HttpResponse(render_to_string("500.html"), status=500)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        trail.on_page(match.view_name if match else "")
        rule = access_table().get(match.view_name) if match else None
        if rule is Door.PUBLIC:
            return None
        if not request.user.is_authenticated:
            sent = request.method == "POST" and match is not None and match.view_name != "draft"
            return redirect_to_login(kept.keep(request) if sent else request.get_full_path())
        if rule is Door.SIGNED_IN:
            return None
        if match is None or not isinstance(rule, Permission) or not officer_of(request).may(rule):
            raise Http404
        if (rule in SHOW_RECORDS or pace.hands_out(match.view_name)) and _shows(request, match.view_name):
            return pace.held_back(request, officer_of(request))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """A verb that a page did not expect to be refused: a page that says why. What is not allowed looks missing.
        Where the trail cannot be written, nothing of the page is shown."""
        if isinstance(exception, trail.TrailUnwritable):
            if _database_away(exception):
                return None
            _log.error("The trail cannot be written: nothing is shown", exc_info=exception)
            return trail_unwritable()
        if isinstance(exception, NotAllowed):
            return page_not_found(request, Http404())
        if isinstance(exception, Refused):
            return render(request, "refused.html", {"why": str(exception)}, status=409)
        return None


def _database_away(fault: trail.TrailUnwritable) -> bool:
    """Whether the trail cannot be written because nothing can: the page of that (handler500) keeps what was typed."""
    return isinstance(fault.__cause__, OperationalError | InterfaceError)


def trail_unwritable() -> HttpResponse:
    """The plain page for when the trail cannot be written. It asks the database nothing."""
    return HttpResponse(render_to_string("503.html"), status=503)


def team_asked(request: HttpRequest) -> Team | None:
    """The one team to which the address narrows a list (?team=ra-east); None: all. Raises Http404 where there is none such.
    It opens nothing: what of the list the officer may see is the list's to say."""
    key = request.GET.get("team", "")
    return get_object_or_404(Team, key=key) if key else None
