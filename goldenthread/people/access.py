"""The door: every page is in one access table, and what is not in it is closed.

The table (settings.ACCESS_TABLE) names each URL once: PUBLIC, SIGNED_IN, or the permission that opens it. Which
records a page may then show is asked of the record's queryset (`visible_to(officer)`).
"""

from collections.abc import Callable
from enum import Enum
from functools import lru_cache
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.defaults import page_not_found

from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.people import kept
from goldenthread.people.models import Officer
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


class AccessMiddleware:
    """Asks the access table before every view. A closed page and a missing one look the same (404)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        rule = access_table().get(match.view_name) if match else None
        if rule is Door.PUBLIC:
            return None
        if not request.user.is_authenticated:
            sent = request.method == "POST" and match is not None and match.view_name != "draft"
            return redirect_to_login(kept.keep(request) if sent else request.get_full_path())
        if rule is Door.SIGNED_IN:
            return None
        if isinstance(rule, Permission) and officer_of(request).may(rule):
            return None
        raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """A verb that a page did not expect to be refused: a page that says why. What is not allowed looks missing."""
        if isinstance(exception, NotAllowed):
            return page_not_found(request, Http404())
        if isinstance(exception, Refused):
            return render(request, "refused.html", {"why": str(exception)}, status=409)
        return None
