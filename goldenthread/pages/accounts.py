"""Accounts, for the system administrator."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.core.pages import page_of
from goldenthread.people.models import Officer


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """Everyone who has an account: role, team, whether it is in use, and when it was last used."""
    everyone: QuerySet[Officer] = Officer.objects.select_related("team", "area")
    return render(request, "pages/accounts.html", {"page": page_of(request, everyone)})
