"""One number for everything that the database holds, so that two loads can be compared to the last byte."""

import hashlib
import json
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session

NUMBERED_BY_THE_DATABASE = {"obligation", "trailentry"}
"""Nothing names these rows by their number, and a server may number them as it likes."""


def digest() -> str:
    """SHA-256 over every row of every table."""
    return hashlib.sha256(json.dumps(digests()).encode()).hexdigest()


def digests() -> dict[str, str]:
    """The same of each table by itself, with how many rows it has."""
    found = {}
    for model in sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.label_lower):
        if model in (ContentType, Session):
            continue
        names = [field.attname for field in model._meta.concrete_fields]
        if model._meta.model_name in NUMBERED_BY_THE_DATABASE:
            names.remove("id")
        rows = sorted(repr([*map(_plain, row)]) for row in model._base_manager.order_by().values_list(*names))
        found[model._meta.label_lower] = f"{len(rows)}: {hashlib.sha256(repr(rows).encode()).hexdigest()}"
    return found


def _plain(value: Any) -> Any:
    """What is kept as JSON with its keys in one order: a database may keep them in another."""
    return json.dumps(value, sort_keys=True) if isinstance(value, dict) else value
