"""Asking an officer to prove themselves again before what does most harm in the wrong hands.

    @stepped_up
    def break_glass(request): …

Who last gave a password or a code more than five minutes ago gives one again, and comes back to the page; what was
typed waits as a draft.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goldenthread.core.drafts import save_draft, words_of
from goldenthread.people import kept
from goldenthread.people.access import officer_of
from goldenthread.people.sessions import PROVED, since

P = ParamSpec("P")


def is_stepped_up(request: HttpRequest) -> bool:
    """Whether the officer proved themselves within the last few minutes (STEP_UP_MINUTES)."""
    ago = since(request, PROVED)
    return ago is not None and ago <= timedelta(minutes=settings.STEP_UP_MINUTES)


def ask(request: HttpRequest) -> HttpResponse:
    """The way to the question and back. Words that were sent are kept as a draft of the page's form."""
    words: Any = words_of(request.POST) if request.method == "POST" else None
    if words:
        save_draft(officer_of(request), request.path, words)
    back = kept.page_of(request) if request.method == "POST" else request.get_full_path()
    return HttpResponseRedirect(f"{reverse('step-up')}?{urlencode({'next': back})}")


def stepped_up(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A view that is carried out only for an officer who has just proved themselves."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, *args, **kwargs) if is_stepped_up(request) else ask(request)

    return asked
