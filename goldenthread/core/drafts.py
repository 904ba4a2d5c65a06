"""Drafts: what an officer typed and has not yet confirmed. One per officer and form, kept through a time-out.

A form is named by the path that it posts to (`form_key`). A page shows a draft by `fill(form, officer, key)` and
drops it once its action succeeded.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, QueryDict

from goldenthread.core.clock import now
from goldenthread.core.keys import shown_at
from goldenthread.core.models import Draft
from goldenthread.core.trail import Someone

Words = dict[str, list[str]]
LASTS = timedelta(days=14)
_LARGEST = 200_000  # characters, all fields together
_EXACT = timedelta(milliseconds=1)  # to which a key says when its form was shown
_MOST = 50  # drafts of one officer
_NOT_TYPED = {"csrfmiddlewaretoken", "submission", "version"}


def form_key(request: HttpRequest) -> str:
    """The name of the form that this page shows: its path."""
    return key_of(request.path)


def key_of(path: str) -> str:
    """A path as a form's name, shortened to what the table holds."""
    return path if len(path) <= 80 else path[:40] + sha256(path.encode()).hexdigest()[:40]


def words_of(posted: QueryDict) -> Words:
    """What was typed, without passwords and what the page itself put in. Nothing at all where it is too much."""
    words = {
        name: [str(value) for value in values]
        for name, values in posted.lists()
        if name not in _NOT_TYPED and "password" not in name and any(values)
    }
    size = sum(len(value) for values in words.values() for value in values)
    return words if size <= _LARGEST else {}


def save_draft(
    officer: Someone, form_key: str, data: Mapping[str, list[str]], *, tab: str = "", at: datetime | None = None
) -> bool:
    """Keep what was typed, in place of what was kept before. The officer's oldest beyond fifty go, and all
    that have lasted their time.

    tab: the key of the form's showing, where a page sends it; at: when it was sent, if not now. Words that another
    showing kept since this one was shown are never written over: returns whether these were kept.
    """
    name = officer.get_username()
    with transaction.atomic():
        held = Draft.objects.select_for_update().filter(officer=name, form=key_of(form_key)).first()
        if held and _is_newer_elsewhere(held, tab):
            return False
        Draft.objects.update_or_create(
            officer=name,
            form=key_of(form_key),
            defaults={"data": dict(data), "saved_at": at or now(), "tab": tab if shown_at(tab) else ""},
        )
    Draft.objects.filter(saved_at__lt=now() - LASTS).delete()
    beyond = Draft.objects.filter(officer=name).order_by("-saved_at", "-pk").values_list("pk", flat=True)[_MOST:]
    Draft.objects.filter(pk__in=list(beyond)).delete()
    return True


def _is_newer_elsewhere(held: Draft, tab: str) -> bool:
    shown = shown_at(tab)
    return bool(shown and held.tab and held.tab != tab and held.saved_at - _EXACT > shown)


def load_draft(officer: Someone, form_key: str) -> Words | None:
    """What was kept, or None. Drafts last fourteen days."""
    found = Draft.objects.filter(
        officer=officer.get_username(), form=key_of(form_key), saved_at__gt=now() - LASTS
    ).first()
    return found.data if found else None


def drop_draft(officer: Someone, form_key: str) -> None:
    """Forget it: what was typed is recorded now, or not wanted."""
    Draft.objects.filter(officer=officer.get_username(), form=key_of(form_key)).delete()


def fill(form: forms.BaseForm, officer: Someone, form_key: str) -> bool:
    """Put the draft into an unbound form as its first values. Returns whether there was one to show."""
    words = load_draft(officer, form_key)
    if form.is_bound or not words:
        return False
    posted: Any = QueryDict(mutable=True)
    for name, values in words.items():
        posted.setlist(name, values)
    for name, field in form.fields.items():
        prefixed = form.add_prefix(name)
        ticks = forms.CheckboxInput | forms.CheckboxSelectMultiple
        if isinstance(field.widget, ticks) or not field.widget.value_omitted_from_data(posted, {}, prefixed):
            form.initial[name] = field.widget.value_from_datadict(posted, {}, prefixed)
    return True
