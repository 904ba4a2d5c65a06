"""The trail: every read and write of a child's record, written in the same transaction as what it tells of."""

from typing import Any, Protocol

from django.db import models

from goldenthread.core.clock import now
from goldenthread.core.models import TrailEntry


class Someone(Protocol):
    """Who acts: an officer, or the system itself."""

    def get_username(self) -> str: ...


def subject_key(record: models.Model) -> str:
    """How the trail and the ledger name a record: “referrals.referral:12”."""
    return f"{record._meta.label_lower}:{record.pk}"


def write(deed: str, subject: models.Model | str, *, by: Someone, why: str = "role", **detail: Any) -> TrailEntry:
    """Add one entry. `why` says what allowed it. `detail` holds keys, counts and changed field names, not narrative."""
    return TrailEntry.objects.create(
        at=now(),
        officer=by.get_username(),
        deed=deed,
        subject=subject if isinstance(subject, str) else subject_key(subject),
        why=why,
        detail=detail,
    )
