"""Correcting what was recorded of a child seen or heard, and of a plan: by a row that supersedes it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction

from goldenthread.cases.facts import Fact
from goldenthread.core.errors import Refused
from goldenthread.obligations.correcting import supersede
from goldenthread.obligations.writing import locked
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.assessing import rules
from goldenthread.standards.assessment.assessing.hearing import earliest
from goldenthread.standards.assessment.assessing.models import (
    Assessment,
    ChildInNeedPlan,
    ChildSeen,
    ChildsViews,
    PlannedStep,
)

F = TypeVar("F", ChildSeen, ChildsViews, PlannedStep)

CORRECTABLE: dict[type[Fact], tuple[str, ...]] = {
    ChildSeen: ("seen", "why_not_seen", "alone", "why_not_alone", "seen_by", "way", "language", "interpreter"),
    ChildsViews: ("words", "understanding", "why_none", "tool"),
    PlannedStep: ("need", "what", "whose", "who", "by_when", "sign"),
}
"""What of each fact can be put right, besides when it was true."""


def record_of(fact: Fact) -> Assessment | ChildInNeedPlan:
    """The record that a fact is on."""
    if isinstance(fact, PlannedStep):
        return fact.plan
    assert isinstance(fact, ChildSeen | ChildsViews)  # noqa: S101 (nothing else can be corrected)
    return fact.assessment


@transaction.atomic
def correct(*, fact: F, changes: dict[str, Any], reason: str, by: Officer, token: str | None = None) -> F:
    """Put right what a fact says; the old row stays. Raises Refused where it was superseded already, or nothing changes."""
    return _supersede(fact, changes, reason, by, token)


@transaction.atomic
def withdraw(*, fact: F, reason: str, by: Officer, token: str | None = None) -> F:
    """Say that something recorded did not happen, or that a step is not in the plan any more. Both rows stay."""
    return _supersede(fact, None, reason, by, token)


def _supersede(fact: F, changes: dict[str, Any] | None, reason: str, by: Officer, token: str | None) -> F:
    record = locked(record_of(fact), by)
    if isinstance(record, Assessment):
        rules.check_open(record)
    elif record.ended is not None:
        raise Refused("The plan has ended.")
    names = ("occurred_at", *CORRECTABLE[type(fact)])
    check = _CHECKS[type(fact)]
    return supersede(fact, record, changes=changes, names=names, check=check, reason=reason, by=by, token=token)


def _check_time(fact: ChildSeen | ChildsViews, at: datetime) -> None:
    rules.check_time(at, "what happened", after=earliest(fact.assessment), after_what="the assessment or its referral")


def _check_seen(fact: ChildSeen) -> None:
    rules.check_seen(
        seen=fact.seen, why_not_seen=fact.why_not_seen, alone=fact.alone, why_not_alone=fact.why_not_alone,
        seen_by=fact.seen_by, way=fact.way, language=fact.language,
    )  # fmt: skip
    if not fact.seen:
        fact.alone = fact.interpreter = False
        fact.why_not_alone = fact.seen_by = fact.way = fact.language = ""
    else:
        fact.why_not_seen = ""
        fact.why_not_alone = "" if fact.alone else fact.why_not_alone
    _check_time(fact, fact.occurred_at)


def _check_views(fact: ChildsViews) -> None:
    rules.check_views(
        words=fact.words, why_none=fact.why_none, tool=fact.tool, child=fact.child, at=fact.occurred_at
    )  # fmt: skip
    _check_time(fact, fact.occurred_at)


def _check_step(fact: PlannedStep) -> None:
    rules.check_step(need=fact.need, what=fact.what, whose=fact.whose, who=fact.who, sign=fact.sign)
    rules.check_not_future(fact.occurred_at, "the step")


_CHECKS: dict[type[models.Model], Callable[[Any], None]] = {
    ChildSeen: _check_seen,
    ChildsViews: _check_views,
    PlannedStep: _check_step,
}
