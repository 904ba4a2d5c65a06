"""Correcting what was recorded: a fact by a row that supersedes it, a referral by an amendment that keeps what it said."""

from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction

from goldenthread.cases.facts import Fact
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.core.rules import what_changes
from goldenthread.obligations import ledger
from goldenthread.obligations.correcting import supersede
from goldenthread.obligations.writing import locked
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.referrals import rules
from goldenthread.standards.referrals.models import (
    Acknowledgement,
    Amendment,
    Decision,
    NeedMet,
    OffenceView,
    OnwardReferral,
    OnwardResponse,
    PoliceAdvice,
    PoliceTold,
    Referral,
    UnmetNeed,
    UnmetNeedAnswer,
    WrittenConfirmation,
)
from goldenthread.standards.referrals.unmet_need import NeedItem, check_item

F = TypeVar("F", bound=Fact)

# What of each fact can be corrected, beside when it was true; and which of its words have to say something.
CORRECTABLE: dict[type[Fact], tuple[str, ...]] = {
    Acknowledgement: ("how",),
    Decision: ("what", "reason"),
    NeedMet: ("how",),
    OffenceView: ("answer", "why"),
    OnwardReferral: ("purpose",),
    OnwardResponse: ("answer", "words"),
    PoliceAdvice: ("answer", "advised", "police_reference", "why"),
    PoliceTold: ("told", "police_reference"),
    UnmetNeed: ("need", "needed", "offered", "why", "quantity", "unit", "since"),
    UnmetNeedAnswer: (),
    WrittenConfirmation: ("how",),
}
_NEVER_EMPTY = {
    "reason": "the reason for the decision",
    "purpose": "what the agency is asked to do",
    "needed": "what was needed",
}
AMENDABLE = ("received_at", "route", "concern", "referrer_name", "referrer_contact")


def referral_of(fact: Fact) -> Referral:
    """The referral that a fact hangs on, however many steps up."""
    match fact:
        case UnmetNeed():
            return fact.answer.decision.referral
        case UnmetNeedAnswer():
            return fact.decision.referral
        case NeedMet():
            return fact.need.answer.decision.referral
        case PoliceTold() | OnwardResponse():
            return fact.onward.referral
    found: Referral = fact.referral  # type: ignore[attr-defined]
    return found


def _check_changes(fact: Fact, referral: Referral, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        field = fact._meta.get_field(name)
        if isinstance(field, models.Field) and field.choices and value:
            rules.check_choice(value, list(field.flatchoices), str(field.verbose_name))
        if name in _NEVER_EMPTY:
            rules.check_words(value, _NEVER_EMPTY[name])
    if at := changes.get("occurred_at"):
        rules.check_time(at, "what happened", after=referral.received_at, after_what="the referral was received")


def _check_whole(fact: Fact) -> None:
    """What the verb that first wrote it asked of its words together."""
    match fact:
        case OffenceView():
            rules.check_offence_view(fact.answer, fact.why)
        case PoliceAdvice():
            rules.check_police_advice(fact.answer, fact.advised, fact.police_reference, fact.why)
        case WrittenConfirmation():
            rules.check_written(fact.how)
        case UnmetNeed():
            check_item(NeedItem(fact.need, fact.needed, fact.why, fact.offered, fact.quantity, fact.unit, fact.since))


@transaction.atomic
def correct(*, fact: F, changes: dict[str, Any], reason: str, by: Officer, token: str | None = None) -> F:
    """Put right what a fact says; the old row stays. Raises Refused where it was superseded already, or nothing changes."""
    return _supersede(fact, changes, reason, by, token)


@transaction.atomic
def withdraw(*, fact: F, reason: str, by: Officer, token: str | None = None) -> F:
    """Say that something recorded did not happen (it was another referral's, say). Both rows stay."""
    return _supersede(fact, None, reason, by, token)


def _supersede(fact: F, changes: dict[str, Any] | None, reason: str, by: Officer, token: str | None) -> F:
    decided = isinstance(fact, Decision)
    referral = locked(referral_of(fact), by, Permission.DECIDE_REFERRALS if decided else Permission.RECORD_REFERRALS)

    def check(new: F) -> None:
        _check_changes(new, referral, changes or {})
        _check_whole(new)

    names = ("occurred_at", *CORRECTABLE[type(fact)])
    return supersede(fact, referral, changes=changes, names=names, check=check, reason=reason, by=by, token=token)


@transaction.atomic
def amend_referral(*, referral: Referral, changes: dict[str, Any], reason: str, by: Officer) -> Referral:
    """Put right what was first written about a referral. What it said before is kept in its amendments."""
    referral = locked(referral, by)
    rules.check_words(reason, "why it is corrected")
    changed = what_changes(referral, changes, AMENDABLE)
    if "concern" in changed:
        rules.check_words(changed["concern"], "what the concern is")
    if at := changed.get("received_at"):
        _check_received(referral, at)
    stamped, before_and_after = now(), trail.changes(referral, changed)
    for name, value in changed.items():
        was = getattr(referral, name)
        Amendment.objects.create(
            referral=referral,
            field=name,
            was=was.isoformat() if isinstance(was, datetime) else str(was),
            reason=reason.strip(),
            recorded_at=stamped,
            by=by,
        )
        setattr(referral, name, value)
    referral.save(update_fields=list(changed))
    trail.write("amend referral", referral, by=by, why=referral.why_open, changed=before_and_after)
    ledger.refresh(referral)
    return referral


def _check_received(referral: Referral, received_at: datetime) -> None:
    rules.check_not_future(received_at, "the referral")
    rows: tuple[Any, ...] = (
        referral.decisions, referral.acknowledgements, referral.written_confirmations,
        referral.offence_views, referral.police_advice, referral.onward_referrals,
    )  # fmt: skip
    if any(
        related.filter(superseded_by=None, withdrawn=False, occurred_at__lt=received_at).exists() for related in rows
    ):
        raise Refused("Something was done about the referral before that time: check the times.")
