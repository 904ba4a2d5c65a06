"""The verbs on child protection plans: core groups, review conferences, and the end. The visits are case records."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from goldenthread.core import rules as common
from goldenthread.core.errors import Refused
from goldenthread.obligations.touching import hold_file
from goldenthread.obligations.writing import locked, made_before, put
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.protection import rules
from goldenthread.standards.assessment.protection.choices import WhyEnded
from goldenthread.standards.assessment.protection.models import CoreGroup, PlanEnd, ProtectionPlan, ReviewConference

Met = TypeVar("Met", CoreGroup, ReviewConference)


@transaction.atomic
def record_core_group(
    *, plans: Sequence[ProtectionPlan], words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> list[CoreGroup]:
    """The core group of these plans (those of brothers and sisters together) met: a fact on each."""
    return _met(CoreGroup, plans, words, occurred_at, "record core group", "the core group", by, token)


@transaction.atomic
def record_review(
    *, plans: Sequence[ProtectionPlan], words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> list[ReviewConference]:
    """A review conference about these plans was held: a fact on each. A plan that it ended is ended by itself."""
    return _met(ReviewConference, plans, words, occurred_at, "record review conference", "the conference", by, token)


def _met(
    model: type[Met],
    plans: Sequence[ProtectionPlan],
    words: str,
    occurred_at: datetime,
    deed: str,
    what: str,
    by: Officer,
    token: str | None,
) -> list[Met]:
    if not plans:
        raise Refused("Choose at least one plan.")
    hold_file(plans[0].case_file)
    done: list[Met] = []
    for plan in sorted(plans, key=lambda one: one.pk):
        first = locked(plan, by)
        mine = f"{token}-{plan.pk}" if token else None
        if made := made_before(model, mine):
            done.append(made)
            continue
        common.check_words(words, "what was decided")
        rules.check_during(first, occurred_at, what)
        fact = model(plan=first, words=words.strip(), occurred_at=occurred_at, token=mine)
        done.append(put(fact, first, deed, by=by, case_file=first.case_file_id))
    return done


@transaction.atomic
def end_plan(
    *, plan: ProtectionPlan, reason: str, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> PlanEnd:
    """The child is no longer on the plan. What was owed and missed before stays missed."""
    hold_file(plan.case_file)
    first = locked(plan, by)
    if made := made_before(PlanEnd, token):
        return made
    if first.ended is not None:
        raise Refused("This plan is recorded as ended already: correct that.")
    common.check_choice(reason, WhyEnded.choices, "why it ended")
    common.check_words(words, "what was decided, and by whom")
    rules.check_during(first, occurred_at, "the end")
    fact = PlanEnd(plan=first, reason=reason, words=words.strip(), occurred_at=occurred_at, token=token)
    return put(fact, first, "end protection plan", by=by, case_file=first.case_file_id, reason=reason)
