"""The access review: every account, whether it is as it should be, and what a reviewer said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from goldenthread.core import trail
from goldenthread.core.models import TrailEntry
from goldenthread.people.account_history import CHANGES
from goldenthread.people.accounts import is_dormant
from goldenthread.people.models import AccessReview, Officer, Passkey, SecondFactor


@dataclass(frozen=True, slots=True)
class Row:
    """One account as it stands now. changes: how often its access was changed since the last review; review: the last."""

    officer: Officer
    twice: bool
    dormant: bool
    changes: int
    review: AccessReview | None


def rows(accounts: QuerySet[Officer]) -> list[Row]:
    """The review's rows, by name, in three statements however many there are."""
    has = {"app": Exists(SecondFactor.objects.filter(officer=OuterRef("pk")))}
    has |= {"key": Exists(Passkey.objects.filter(officer=OuterRef("pk")))}
    found = list(accounts.select_related("team", "area").annotate(**has).order_by("name", "pk"))
    last: dict[int, AccessReview] = {}
    for review in AccessReview.objects.filter(officer__in=found).select_related("by").order_by("at", "pk"):
        last[review.officer_id] = review
    changes = _changes(found)
    return [
        Row(
            officer=officer,
            twice=bool(officer.app or officer.key),  # type: ignore[attr-defined]
            dormant=is_dormant(officer),
            changes=sum(not (said := last.get(officer.pk)) or at > said.at for at in changes[officer.pk]),
            review=last.get(officer.pk),
        )
        for officer in found
    ]


def _changes(officers: Iterable[Officer]) -> dict[int, list[datetime]]:
    keys = {trail.subject_key(officer): officer.pk for officer in officers}
    found: dict[int, list[datetime]] = {pk: [] for pk in keys.values()}
    for subject, at in TrailEntry.objects.filter(deed__in=CHANGES, subject__in=keys).values_list("subject", "at"):
        found[keys[subject]].append(at)
    return found
