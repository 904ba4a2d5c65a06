"""Correcting what was recorded of a discussion, an enquiry, a conference or a plan; and taking it back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from goldenthread.cases.facts import Fact, standing
from goldenthread.cases.records import OnFile
from goldenthread.core import rules as common
from goldenthread.core.errors import Refused
from goldenthread.obligations.correcting import supersede
from goldenthread.obligations.touching import hold_file
from goldenthread.obligations.writing import locked
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.protection import rules
from goldenthread.standards.assessment.protection.actions import write_who
from goldenthread.standards.assessment.protection.choices import Category, Outcome, Step, WhyEnded
from goldenthread.standards.assessment.protection.models import (
    ConferenceDate,
    CoreGroup,
    EnquiryOutcome,
    PlanEnd,
    ProtectionPlan,
    ReviewConference,
    StrategyDiscussion,
)
from goldenthread.standards.assessment.protection.told import check_told_here

F = TypeVar("F", bound=Fact)
Record = StrategyDiscussion | ProtectionPlan

# What of each can be corrected. A plan begins with its conference: its date is corrected there.
CORRECTABLE: dict[type[Fact], tuple[str, ...]] = {
    StrategyDiscussion: ("known", "why", "immediate", "occurred_at"),
    EnquiryOutcome: ("outcome", "why", "occurred_at"),
    ConferenceDate: ("words", "arranged_for", "occurred_at"),
    ProtectionPlan: ("category",),
    CoreGroup: ("words", "occurred_at"),
    ReviewConference: ("words", "occurred_at"),
    PlanEnd: ("reason", "words", "occurred_at"),
}


def record_of(fact: Fact) -> Record:
    """The first row of the discussion or plan that a fact hangs on, or is."""
    match fact:
        case StrategyDiscussion() | ProtectionPlan():
            return fact.first
        case EnquiryOutcome() | ConferenceDate():
            return fact.discussion
        case CoreGroup() | ReviewConference() | PlanEnd():
            return fact.plan
    raise TypeError(f"{type(fact).__name__} is none of this room's")


def _held(fact: Fact, by: Officer) -> Record:
    """The record under lock; an outcome is corrected by whoever may decide."""
    record = record_of(fact)
    hold_file(record.case_file)
    decides = isinstance(fact, EnquiryOutcome)
    permission = Permission.DECIDE_REFERRALS if decides else Permission.RECORD_REFERRALS
    found: Record = locked(record, by, permission)
    return found


@transaction.atomic
def correct(
    *,
    fact: F,
    changes: Mapping[str, Any],
    reason: str,
    by: Officer,
    who: Mapping[str, str] | None = None,
    through: OnFile | None = None,
    token: str | None = None,
) -> F:
    """Put right what a fact says; the old row stays. who: of a strategy discussion, who took part; through: the record of a
    later room that told of it, where it is corrected there. Raises Refused where a later row stands already, nothing would
    change, or what came after would no longer fit."""
    check_told_here(fact, through)
    return _supersede(fact, changes, who, reason, by, token)


@transaction.atomic
def withdraw(*, fact: F, reason: str, by: Officer, through: OnFile | None = None, token: str | None = None) -> F:
    """Say that something recorded did not happen. Both rows stay. Raises Refused where something stands on it."""
    check_told_here(fact, through)
    return _supersede(fact, None, None, reason, by, token)


def _supersede(
    fact: F,
    changes: Mapping[str, Any] | None,
    who: Mapping[str, str] | None,
    reason: str,
    by: Officer,
    token: str | None,
) -> F:
    record = _held(fact, by)
    was_there = fact.took_part if isinstance(fact, StrategyDiscussion) else {}
    there = was_there if who is None else dict(who)

    def check(new: F) -> None:
        _check_words(new)
        if new.occurred_at != fact.occurred_at:
            _check_when(new, record)
        if isinstance(new, EnquiryOutcome) and isinstance(record, StrategyDiscussion):
            _check_outcome(new, record)
        if isinstance(new, StrategyDiscussion):
            rules.check_who(there)

    def beside(new: F) -> None:
        if isinstance(new, StrategyDiscussion) and isinstance(fact, StrategyDiscussion):
            new.children.set(fact.children.all())
            write_who(new, there)

    def then(new: F) -> None:
        if isinstance(new, ConferenceDate) and new.occurred_at != fact.occurred_at:
            _move_plans(new, reason, by)

    return supersede(
        fact,
        record,
        changes=changes,
        names=CORRECTABLE[type(fact)],
        check=check,
        free=lambda: _check_free(fact, record),
        also=there != was_there,
        beside=beside,
        then=then,
        reason=reason,
        by=by,
        token=token,
        case_file=record.case_file_id,
        **({"agencies": sorted(there)} if isinstance(fact, StrategyDiscussion) else {}),
    )


def _move_plans(conference: ConferenceDate, reason: str, by: Officer) -> None:
    """The plans that a conference made begin when it was held."""
    first = conference.first_id
    for plan in ProtectionPlan.objects.filter(conference=first, superseded_by=None, withdrawn=False):
        record = locked(record_of(plan), by)
        moved = {"occurred_at": conference.occurred_at}
        supersede(
            plan,
            record,
            changes=moved,
            names=moved,
            check=_check_words,
            reason=reason,
            by=by,
            case_file=plan.case_file_id,
        )


def _check_words(fact: Fact) -> None:
    """What the verb that first wrote it asked of its words."""
    match fact:
        case StrategyDiscussion():
            common.check_words(fact.known, "what is known")
            common.check_words(fact.why, "why it was decided so")
        case EnquiryOutcome():
            common.check_choice(fact.outcome, Outcome.choices, "what the enquiry found")
            common.check_words(fact.why, "what was found, and why it leads there")
        case ConferenceDate(step=Step.ARRANGED):
            if fact.arranged_for is None:
                raise Refused("Give the time for which the conference is arranged.")
        case ProtectionPlan():
            common.check_choice(fact.category, Category.choices, "the kind of harm that the plan is about")
        case PlanEnd():
            common.check_choice(fact.reason, WhyEnded.choices, "why it ended")
            common.check_words(fact.words, "what was decided, and by whom")
        case ConferenceDate() | CoreGroup() | ReviewConference():
            common.check_words(fact.words, "what was decided, and why")


def _check_when(fact: Fact, record: Record) -> None:
    """Not ahead, and in its place among what came before and after."""
    at = fact.occurred_at
    match fact, record:
        case StrategyDiscussion(), StrategyDiscussion():
            began = record.referral.received_at if record.referral else record.case_file.opened_at
            common.check_time(at, "the discussion", after=began, after_what="the referral, or the file's opening")
            if any(when < at for when in _times(record.outcomes, record.conferences)):
                raise Refused("Something of this enquiry was done before that time: check the times.")
        case ((EnquiryOutcome() | ConferenceDate()), StrategyDiscussion()):
            began = rules.of_enquiry(record).occurred_at
            common.check_time(at, "what happened", after=began, after_what="the strategy discussion")
            if isinstance(fact, ConferenceDate) and fact.step == Step.HELD:
                _check_plans_after(fact)
        case PlanEnd(), ProtectionPlan():
            began = record.stands.moment.occurred_at if record.stands else record.occurred_at
            common.check_time(at, "the end", after=began, after_what="the plan began")
            if any(when > at for when in _times(record.core_groups, record.reviews)):
                raise Refused("A core group or review was held after that time: check the times.")
        case _, ProtectionPlan():
            rules.check_during(record, at, "what happened")


def _times(*related: Any) -> list[datetime]:
    """When the facts of these kinds happened, as they stand."""
    return [s.moment.occurred_at for facts in related for s in standing(facts.all())]


def _check_plans_after(conference: ConferenceDate) -> None:
    for plan in ProtectionPlan.objects.filter(conference=conference.first_id, root=None):
        if any(when < conference.occurred_at for when in _times(plan.core_groups, plan.reviews, plan.ends)):
            raise Refused("Something was done on the plan before that time: check the times.")


def _check_outcome(outcome: EnquiryOutcome, discussion: StrategyDiscussion) -> None:
    if outcome.outcome != Outcome.CONFERENCE and rules.held(discussion) is not None:
        raise Refused("A conference was held on this enquiry: take that back first.")


def _check_free(fact: Fact, record: Record) -> None:
    match fact:
        case StrategyDiscussion() if fact.is_enquiry:
            raise Refused(
                "A section 47 enquiry began with this discussion: correct it, and record the enquiry's outcome."
            )
        case EnquiryOutcome() if isinstance(record, StrategyDiscussion) and standing(record.conferences.all()):
            raise Refused("A conference was arranged or held on this outcome: take that back first.")
        case ConferenceDate() if any(
            plan.stands for plan in ProtectionPlan.objects.filter(conference=fact.first_id, root=None)
        ):
            raise Refused("A child is on a plan that this conference made: take the plan back first.")
