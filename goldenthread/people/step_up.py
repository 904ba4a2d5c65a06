"""Proving again who one is, before what can do much harm: accounts, emergencies, exports of records, disposal.

    @stepped_up
    def close(request, pk): ...

An officer who last proved themselves more than STEP_UP_MINUTES ago is asked for their password, and comes back to the
page; what they had typed is its draft.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from goldenthread.core.clock import now
from goldenthread.core.drafts import save_draft, words_of
from goldenthread.people.access import officer_of
from goldenthread.people.kept import page_of
from goldenthread.people.sessions import PROVED, moment


def is_stepped_up(request: HttpRequest) -> bool:
    """Whether the officer has proved who they are within the last STEP_UP_MINUTES."""
    proved = moment(request, PROVED)
    return proved is not None and now() - proved <= timedelta(minutes=settings.STEP_UP_MINUTES)


def stepped_up(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that asks first for a recent proof of who the officer is. What was posted becomes their draft."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_stepped_up(request):
            return view(request, *args, **kwargs)
        back = request.get_full_path()
        if request.method == "POST":
            back = page_of(request)
            if words := words_of(request.POST):
                save_draft(officer_of(request), request.path, words)
        return redirect(f"{reverse('step-up')}?{urlencode({'next': back})}")

    return asked
