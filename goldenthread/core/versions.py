"""Two people at once: whoever saves second sees what the first one saved, and loses nothing that they typed.

A page that changes something says in its form which version it shows (`version_of`; `{% csrf_token %}` puts it there).
When it is posted, the record is held (`hold`) and its version is worked out again in the transaction of the write. Where it
differs, or none came, `refuse_if_stale` makes that the form's own error; the page shows what it says now, and sending it
again takes it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import HttpRequest

from goldenthread.core.keys import VERSION


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page shows as it stands. version: of that; who and at: who changed it last, and when, where that is known;
    now: what it says, for a person to compare with what they typed."""

    version: str
    who: str = ""
    at: datetime | None = None
    now: tuple[tuple[str, str], ...] = ()


def version_of(*parts: Any) -> str:
    """The version of records, of many records, or of plain values: it changes when any of them does."""
    return sha256(json.dumps([_plain(part) for part in parts], cls=DjangoJSONEncoder).encode()).hexdigest()[:24]


def _plain(part: Any) -> Any:
    if isinstance(part, models.Model):
        return [part._meta.label_lower, *(getattr(part, field.attname) for field in part._meta.concrete_fields)]
    if isinstance(part, str | int | None) or not isinstance(part, Iterable):
        return part
    return [_plain(one) for one in part]


def hold(request: HttpRequest, model: type[models.Model], pk: int) -> None:
    """Where something is posted: hold the record until the transaction ends, so that a second one waits. Ask it before
    anything of the record is read; what is not there is left for the page to say."""
    if request.method == "POST":
        list(model._default_manager.select_for_update().filter(pk=pk).values_list("pk"))


def is_stale(request: HttpRequest, standing: Standing) -> bool:
    """Whether what was posted was typed beside another version than stands now."""
    return request.method == "POST" and request.POST.get(VERSION, "") != standing.version


def refuse_if_stale(request: HttpRequest, form: forms.BaseForm, standing: Standing) -> bool:
    """Make it the form's error where it is stale. Ask it beside `is_valid`, in the transaction of the write."""
    if not is_stale(request, standing):
        return False
    form.add_error(None, CHANGED)
    return True


def shown(request: HttpRequest, standing: Standing) -> dict[str, Any]:
    """What the page's template needs: the version for its form, and what it says now where it is stale."""
    return {VERSION: standing.version, "standing": standing, "stale": is_stale(request, standing)}


CHANGED = (
    "This was changed after you opened the page. Nothing of yours was recorded. Compare what it says now with what "
    "you typed, and send it again if yours still holds"
)
