"""The same submission twice has one effect and gets the same answer: a double click, the back button, a retry.

`{% csrf_token %}` puts a key into every form, one for each showing. The key is claimed in the transaction of the write, so
that two at once wait for each other: the second is given the first one's answer. An answer is a redirect; a form that
comes back with a fault gives its key back. The table (settings.POSTING_TABLE) says of each page what it does when
something is posted to it; what is not in the table needs a key.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string

from goldenthread.core import drafts
from goldenthread.core.clock import now
from goldenthread.core.keys import KEY, shown_at
from goldenthread.core.models import Submission
from goldenthread.core.trail import fingerprint

LASTS = timedelta(days=1)
_HELD = "once_claimed"
_AT_A_TIME = 200


class Kind(Enum):
    """What posting to a page does."""

    EDIT = "changes what stands: it has a key, and a version that is checked"
    ADDITION = "adds something: it has a key"
    NO_WRITE = "records nothing: it needs no key"


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of the table. keeps: what was typed is kept as the form's draft when it is refused; why: in words, why
    it is of its kind."""

    kind: Kind
    why: str
    keeps: bool = False


PostingTable = dict[str, Posting]


@lru_cache(maxsize=1)
def posting_table() -> PostingTable:
    """URL name → what posting does."""
    return cast(PostingTable, import_string(settings.POSTING_TABLE))


def _digest(request: HttpRequest) -> str:
    """The same words again give the same digest. Passwords stay out of it."""
    posted = [
        (name, values)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
    files = [(name, [(file.name, file.size) for file in many]) for name, many in request.FILES.lists()]
    return fingerprint(json.dumps([sorted(posted), sorted(files, key=str)]))


class OnceMiddleware:
    """Puts each writing form under its key. Innermost: it asks after the door has let the officer in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST" or (posting := self._posting(request)).kind is Kind.NO_WRITE:
            return self.get_response(request)
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            elif claimed := getattr(request, _HELD, None):
                self._end(request, response, *claimed, keeps=posting.keeps)
        return response

    @staticmethod
    def _posting(request: HttpRequest) -> Posting:
        try:
            name = resolve(request.path_info).view_name
        except Resolver404:
            name = ""
        return posting_table().get(name, Posting(Kind.ADDITION, "not in the table"))

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Claim the key; or give the answer that it has; or say why the form has to be sent again."""
        if request.method != "POST" or not request.user.is_authenticated:
            return None
        posting = self._posting(request)
        if posting.kind is Kind.NO_WRITE:
            return None
        key, officer = request.POST.get(KEY, ""), request.user.get_username()
        shown = shown_at(key)
        if shown is None:
            return self._again(request, posting, "This form came without its key.")
        if shown < now() - LASTS:
            return self._again(request, posting, "This page was opened more than a day ago.")
        _forget_old()
        try:
            with transaction.atomic():
                mine = Submission.objects.create(
                    key=key, officer=officer, path=drafts.key_of(request.path), words=_digest(request), at=now()
                )
        except IntegrityError:  # claimed before: where that was at this moment, it has ended now
            before = Submission.objects.filter(key=key, officer=officer, path=drafts.key_of(request.path)).first()
            if before is None or before.words != _digest(request):
                return self._again(request, posting, "This form was sent once already, with other words.")
            return self._replay(request, before.answer)
        setattr(request, _HELD, (mine, len(messages.get_messages(request))))
        return None

    @staticmethod
    def _replay(request: HttpRequest, answer: dict[str, Any]) -> HttpResponse:
        waiting = {said["text"] for said in _said(request)}  # of a double click both answers reach the browser
        for said in answer["messages"]:
            if said["text"] not in waiting:
                messages.add_message(request, said["level"], said["text"])
        return HttpResponseRedirect(answer["to"])

    @staticmethod
    def _end(request: HttpRequest, response: HttpResponseBase, mine: Submission, before: int, *, keeps: bool) -> None:
        """Keep the answer; or give the key back, and keep what was typed."""
        if isinstance(response, HttpResponseRedirect):
            mine.answer = {"to": response.url, "messages": _said(request)[before:]}
            mine.save(update_fields=["answer"])
            return
        mine.delete()
        if keeps and response.status_code != 404:
            _keep(request, mine.at)

    @staticmethod
    def _again(request: HttpRequest, posting: Posting, why: str) -> HttpResponse:
        kept = posting.keeps and _keep(request, now())
        return render(request, "send_again.html", {"why": why, "kept": kept, "form_at": request.path}, status=409)


def _forget_old() -> None:
    """Remove what has lasted its day, a little at a time; what somebody else is removing is left to them."""
    held = Submission.objects.select_for_update(skip_locked=True).filter(at__lt=now() - LASTS)
    if old := list(held.values_list("pk", flat=True)[:_AT_A_TIME]):
        Submission.objects.filter(pk__in=old).delete()


def _said(request: HttpRequest) -> list[dict[str, Any]]:
    """The messages that the next page will show. They are only read here."""
    storage: Any = messages.get_messages(request)
    said = [{"level": each.level, "text": str(each.message)} for each in storage]
    storage.used = False
    return said


def _keep(request: HttpRequest, at: datetime) -> bool:
    """Keep what was typed, sent at an instant, as the form's draft. Returns whether there was anything, and it did not
    push out newer words."""
    words, tab = drafts.words_of(request.POST), request.POST.get(KEY, "")
    return bool(words) and drafts.save_draft(cast(Any, request.user), drafts.form_key(request), words, tab=tab, at=at)
