"""The trail: every read and write of a child's record, written in the same transaction as what it tells of."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac

from goldenthread.core.clock import now
from goldenthread.core.models import TrailEntry


class Someone(Protocol):
    """Who acts: an officer, or the system itself."""

    def get_username(self) -> str: ...


def subject_key(record: models.Model) -> str:
    """How the trail and the ledger name a record: “referrals.referral:12”."""
    return f"{record._meta.label_lower}:{record.pk}"


def fingerprint(words: str) -> str:
    """What the trail keeps of words: a keyed hash, so that the same words can be told, and nobody can read them."""
    return salted_hmac("goldenthread.trail", words, secret=settings.SECRET_KEY).hexdigest()[:16]


def changes(record: models.Model, after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What would change on a record: each field with what it is and what it will be. Choices, dates, numbers and keys
    are told as they are; free words only by their fingerprint."""

    def told(name: str, value: Any) -> Any:
        if isinstance(value, models.Model):
            return value.pk
        field = record._meta.get_field(name)
        free = isinstance(value, str) and not getattr(field, "choices", None)
        return fingerprint(value) if free and value else value

    return {
        name: (told(name, getattr(record, name)), told(name, value))
        for name, value in after.items()
        if getattr(record, name) != value
    }


def write(
    deed: str,
    subject: models.Model | str,
    *,
    by: Someone,
    why: str = "role",
    changed: Mapping[str, tuple[Any, Any]] | None = None,
    **detail: Any,
) -> TrailEntry:
    """Add one entry. `why` says what allowed it. `changed`: each coded field that changed, with what it was before and
    what it is after. `detail` holds keys, counts and changed field names. None of them holds narrative."""
    if changed:
        detail["changed"] = {name: list(pair) for name, pair in changed.items()}
    return TrailEntry.objects.create(
        at=now(),
        officer=by.get_username(),
        deed=deed,
        subject=subject if isinstance(subject, str) else subject_key(subject),
        why=why,
        detail=detail,
    )
