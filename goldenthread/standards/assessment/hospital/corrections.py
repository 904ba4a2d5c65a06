"""Correcting what was recorded of a child in hospital, by a row that supersedes it; both stay."""

from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from goldenthread.cases.facts import Fact, standing
from goldenthread.core.errors import Refused
from goldenthread.obligations.correcting import supersede
from goldenthread.obligations.writing import locked
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.hospital import rules
from goldenthread.standards.assessment.hospital.choices import Harm, How
from goldenthread.standards.assessment.hospital.models import (
    Discharge,
    DischargePlan,
    Escalation,
    HarmReview,
    HospitalNotification,
    StepTaken,
    WardVisit,
)

F = TypeVar("F", bound=Fact)

# What of each fact can be corrected, beside when it was true, with the words for what may never be empty. How a child left,
# and how harm is seen, is taken back and recorded anew: the rules ask other things of each answer.
CORRECTABLE: dict[type[Fact], dict[str, str]] = {
    WardVisit: {"seen": "how the child was found"},
    StepTaken: {"words": "what came of it"},
    HarmReview: {"why": "why you think so"},
    DischargePlan: {
        "where_to": "where the child goes", "with_whom": "who looks after the child there",
        "visits": "who visits, and when first", "consultant": "the consultant who agreed",
    },
    Discharge: {"where_to": "", "done": ""},
    Escalation: {"words": "what is to be done for the child"},
}  # fmt: skip


@transaction.atomic
def correct(*, fact: F, changes: dict[str, Any], reason: str, by: Officer, token: str | None = None) -> F:
    """Put right what a fact says; the old row stays. Raises Refused where it was superseded already, or nothing changes."""
    return _supersede(fact, changes, reason, by, token)


@transaction.atomic
def withdraw(*, fact: F, reason: str, by: Officer, token: str | None = None) -> F:
    """Say that something recorded did not happen (it was another child's, say). Both rows stay."""
    return _supersede(fact, None, reason, by, token)


def _permission(fact: Fact) -> Permission:
    ruled_out = isinstance(fact, HarmReview) and fact.answer == Harm.NO
    return Permission.SIGN_OFF if ruled_out or isinstance(fact, Escalation) else Permission.RECORD_REFERRALS


def _supersede(fact: F, changes: dict[str, Any] | None, reason: str, by: Officer, token: str | None) -> F:
    known: Any = fact
    notification: HospitalNotification = locked(known.notification, by, _permission(fact))
    if isinstance(fact, Escalation):
        rules.check_senior(by)

    def check(new: F) -> None:
        for name, what in CORRECTABLE[type(fact)].items():
            if what:
                rules.check_words(getattr(new, name), what)
        rules.check_after(notification, new.occurred_at, "it")
        _check_left(notification, fact, new, gone=False)

    return supersede(
        fact,
        notification,
        changes=changes,
        names=("occurred_at", *CORRECTABLE[type(fact)]),
        check=check,
        free=lambda: _check_left(notification, fact, fact, gone=True),
        reason=reason,
        by=by,
        token=token,
    )


def _check_left(notification: HospitalNotification, fact: Fact, new: Fact, *, gone: bool) -> None:
    """No correction makes a discharge “as agreed” of one that was not: neither of the plan, nor of how harm is seen, nor of
    the discharge itself."""
    if isinstance(new, Discharge):
        if not gone:
            rules.check_discharge(notification, new.how, new.where_to, new.done, new.occurred_at)
        return
    left = notification.discharge()
    if left is None:
        return
    at = left.moment.occurred_at
    if isinstance(fact, Escalation) and not gone and new.occurred_at < at:
        raise Refused("That is before the child left: check the time.")
    if left.fact.how != How.PLANNED or not isinstance(fact, DischargePlan | HarmReview):
        return
    if isinstance(fact, HarmReview):
        if not gone and new.occurred_at == fact.occurred_at:
            return
        raise Refused("The child has left as agreed, by how harm was seen then: take the discharge back first.")
    others = [s for s in standing(notification.plans.all()) if fact.pk not in s.ids]
    agreed = [s.moment.occurred_at for s in others] + ([] if gone else [new.occurred_at])
    if notification.harm_at(at) != Harm.NO and not _any_by(agreed, at):
        raise Refused("The child has left as agreed in this plan: take the discharge back first.")


def _any_by(instants: list[datetime], at: datetime) -> bool:
    return any(instant <= at for instant in instants)
