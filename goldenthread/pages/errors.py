"""What is shown when something is missing, refused or broken."""

import errno
import sys

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.defaults import server_error

from goldenthread.core.drafts import words_of
from goldenthread.core.trail import TrailUnwritable

_FULL = "full", "no space left", "disk i/o error"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is not this session's. It may be forged, so nothing of it is kept."""
    return render(request, "csrf.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed that no page expected. Where the database cannot be written or reached, a 503 that says so and
    holds what was typed; else a 500. Reads no database."""
    fault = sys.exc_info()[1]
    if isinstance(fault, TrailUnwritable):
        fault = fault.__cause__ or fault
    full = isinstance(fault, OSError) and fault.errno in {errno.ENOSPC, errno.EDQUOT}
    if not full and not isinstance(fault, DatabaseError | InterfaceError):
        return server_error(request)
    if full or any(sign in str(fault).lower() for sign in _FULL):
        heading = "The disk is full"
        what = "Golden Thread has no room left to record anything. Your system administrator has to make space."
    else:
        heading = "The database cannot be reached"
        what = "Golden Thread could not read or write its records just now. This is often over in a minute."
    context: dict[str, object] = {"heading": heading, "what": what, "action": request.get_full_path()}
    if request.method == "POST" and not request.FILES and not any("password" in name for name in request.POST):
        context["fields"] = [(name, value) for name, values in request.POST.lists() for value in values]
        context["typed"] = [value for values in words_of(request.POST).values() for value in values]
    return HttpResponse(render_to_string("unavailable.html", context), status=503, headers={"Retry-After": "60"})
