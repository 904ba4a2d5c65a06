"""What is shown when something is missing, refused or broken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is not this session's. It may be forged, so nothing of it is kept."""
    return render(request, "csrf.html", status=403)
