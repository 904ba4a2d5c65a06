"""Correcting what was put into a chronology, and who went through it, by a row that supersedes it; both stay."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from goldenthread.cases.facts import standing
from goldenthread.cases.models import Child
from goldenthread.cases.precision import first_instant
from goldenthread.cases.records import FactOnFile
from goldenthread.core.errors import Refused
from goldenthread.obligations.correcting import supersede
from goldenthread.obligations.touching import hold_file
from goldenthread.obligations.writing import locked
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.chronology import rules
from goldenthread.standards.allocation.chronology.models import (
    ChronologyReview,
    ChronologySeen,
    EventMark,
    SignificantEvent,
)

F = TypeVar("F", bound=FactOnFile)

CORRECTABLE: dict[type[FactOnFile], tuple[str, ...]] = {
    SignificantEvent: (
        "what", "why", "significance", "person", "source", "told_by", "precision", "learnt_on", "occurred_at",
    ),
    EventMark: ("significance", "why"),
    ChronologyReview: ("words", "occurred_at"),
    ChronologySeen: ("words", "occurred_at"),
}  # fmt: skip
"""What of each can be put right."""


@transaction.atomic
def correct(
    *,
    fact: F,
    changes: Mapping[str, Any],
    reason: str,
    by: Officer,
    children: Collection[Child] | None = None,
    token: str | None = None,
) -> F:
    """Put right what it says; the old row stays. children: of a significant event, whom it is about. Raises Refused where it
    was superseded already, nothing changes, or what came after would no longer fit."""
    return _supersede(fact, changes, children, reason, by, token)


@transaction.atomic
def withdraw(*, fact: F, reason: str, by: Officer, token: str | None = None) -> F:
    """Say that it did not happen, or was another child's. Both rows stay. Raises Refused for a review that a manager has
    read (the reading is taken back first), and for one on which the file was closed."""
    return _supersede(fact, None, None, reason, by, token)


def permission_for(fact: FactOnFile) -> Permission:
    """What a manager wrote, a manager corrects."""
    return Permission.SIGN_OFF if isinstance(fact, ChronologySeen) else Permission.RECORD_REFERRALS


def _supersede(
    fact: F,
    changes: Mapping[str, Any] | None,
    children: Collection[Child] | None,
    reason: str,
    by: Officer,
    token: str | None,
) -> F:
    hold_file(fact.case_file)
    first = locked(fact.first, by, permission_for(fact))
    closed = first.case_file.closed_at
    event = fact if isinstance(fact, SignificantEvent) else None
    was: set[Child] = set(event.children.all()) if event else set()
    about = was if children is None else set(children)

    if event and changes is not None:
        precision = changes.get("precision", event.precision)
        changes = {**changes, "occurred_at": first_instant(changes.get("occurred_at", event.occurred_at), precision)}

    def check(new: F) -> None:
        _check(new, [child.pk for child in about])
        if isinstance(new, ChronologyReview) and closed and fact.occurred_at <= closed < new.occurred_at:
            raise Refused("The file was closed before that: check the time.")

    def beside(new: F) -> None:
        if isinstance(new, SignificantEvent):
            new.children.set(about)

    return supersede(
        fact,
        first,
        changes=changes,
        names=CORRECTABLE[type(fact)],
        check=check,
        free=lambda: _check_free(fact, closed),
        also=about != was,
        beside=beside,
        reason=reason,
        by=by,
        token=token,
        case_file=fact.case_file_id,
    )


def _check(new: FactOnFile, about: Collection[int]) -> None:
    match new:
        case SignificantEvent():
            rules.check_event(new)
            rules.check_people(new.case_file, about, new.person)
        case EventMark():
            rules.check_significance(new.significance)
            rules.check_words(new.why, "why it matters to the child")
        case ChronologyReview():
            rules.check_review(new.case_file, new.occurred_at, new.words)
            _check_before_seen(new)
        case ChronologySeen():
            rules.check_words(new.words, "what you think of the chronology")
            stands = new.review.stands
            if stands is not None:
                rules.check_time(
                    new.occurred_at, "the reading", after=stands.moment.occurred_at,
                    after_what="the chronology was reviewed",
                )  # fmt: skip


def _seen(review: ChronologyReview) -> list[Any]:
    return standing(ChronologySeen.objects.filter(review=review.first_id))


def _check_before_seen(review: ChronologyReview) -> None:
    if any(s.moment.occurred_at < review.occurred_at for s in _seen(review)):
        raise Refused("A manager read the chronology before that time: the review cannot have been after it.")


def _check_free(fact: FactOnFile, closed: datetime | None) -> None:
    if isinstance(fact, ChronologyReview) and closed and fact.occurred_at <= closed:
        raise Refused("The file was closed on this: it can be corrected, and not taken back.")
    if isinstance(fact, ChronologyReview) and _seen(fact):
        raise Refused("A manager has read the chronology after this review: their reading is taken back first.")
