"""The verbs on a plan for a child in need: making it, its steps, signing it off and reviewing it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from goldenthread.cases.facts import standing
from goldenthread.cases.models import Child
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.writing import locked, made_before, put
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.assessing import rules
from goldenthread.standards.assessment.assessing.choices import Outcome, PartKind, State
from goldenthread.standards.assessment.assessing.models import (
    Assessment,
    ChildInNeedPlan,
    PlannedStep,
    PlanReview,
    PlanSignOff,
)


def may_have_plan(assessment: Assessment) -> bool:
    """Whether a plan follows from it: signed off, with a decision that there be one."""
    decided = assessment.part(PartKind.DECISIONS)
    return assessment.state == State.SIGNED_OFF and decided is not None and decided.fact.outcome == Outcome.PLAN


@transaction.atomic
def make_plan(
    *,
    assessment: Assessment,
    children: Sequence[Child],
    aim: str,
    made_at: datetime,
    by: Officer,
    token: str | None = None,
) -> ChildInNeedPlan:
    """A plan for children of an assessment whose decisions come to one. Its steps follow."""
    assessment = locked(assessment, by)
    if made := made_before(ChildInNeedPlan, token):
        return made
    if not may_have_plan(assessment):
        raise Refused("A plan follows from an assessment that is signed off and decides that there be one.")
    if not children:
        raise Refused("Choose at least one child.")
    for child in children:
        rules.check_child(assessment, child)
    rules.check_words(aim, "what is to be different for the child")
    rules.check_time(made_at, "the plan", after=assessment.started_at, after_what="the assessment that it follows from")
    plan = ChildInNeedPlan.objects.create(
        case_file_id=assessment.case_file_id,
        assessment=assessment,
        aim=aim.strip(),
        made_at=made_at,
        recorded_at=now(),
        by=by,
        token=token,
    )
    plan.children.set(children)
    trail.write("make plan", plan, by=by, why=assessment.why_open, assessment=assessment.pk)
    ledger.refresh(plan, assessment)
    return plan


@transaction.atomic
def plan_step(
    *,
    plan: ChildInNeedPlan,
    need: str,
    what: str,
    whose: str,
    who: str,
    by_when: date,
    sign: str,
    by: Officer,
    occurred_at: datetime | None = None,
    token: str | None = None,
) -> PlannedStep:
    """A step of the plan: a need, what is done about it, by whom and by when, and how the child will know."""
    plan = locked(plan, by)
    if made := made_before(PlannedStep, token):
        return made
    _check_goes_on(plan)
    rules.check_step(need=need, what=what, whose=whose, who=who, sign=sign)
    fact = PlannedStep(
        plan=plan, need=need.strip(), what=what.strip(), whose=whose, who=who.strip(), by_when=by_when, sign=sign.strip(),
        occurred_at=occurred_at or now(), token=token,
    )  # fmt: skip
    rules.check_not_future(fact.occurred_at, "the step")
    return put(fact, plan, "plan step", by=by)


def _check_goes_on(plan: ChildInNeedPlan) -> None:
    if plan.ended is not None:
        raise Refused("The plan has ended.")


def changed_since_signed(plan: ChildInNeedPlan) -> bool:
    """Whether a step was written after the last sign-off."""
    signed = max((row.recorded_at for row in plan.sign_offs.all()), default=None)
    return signed is None or any(row.recorded_at > signed for row in plan.steps.all())


@transaction.atomic
def sign_off_plan(
    *, plan: ChildInNeedPlan, reason: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> PlanSignOff:
    """A manager agrees the plan: first as it was made, and again when its steps have changed. Nobody signs off their own."""
    plan = locked(plan, by, Permission.SIGN_OFF)
    if made := made_before(PlanSignOff, token):
        return made
    _check_goes_on(plan)
    steps = standing(plan.steps.all())
    if not steps:
        raise Refused("The plan has no step yet: add what will be done, by whom and by when.")
    if not changed_since_signed(plan):
        raise Refused("The plan is signed off as it stands.")
    if by.pk in {plan.by_id, *(step.fact.by_id for step in steps)}:
        raise Refused("You made this plan or a step of it: another manager signs it off.")
    rules.check_words(reason, "why you sign it off")
    rules.check_time(occurred_at, "the sign-off", after=plan.made_at, after_what="the plan was made")
    fact = PlanSignOff(plan=plan, reason=reason.strip(), occurred_at=occurred_at, token=token)
    made = put(fact, plan, "sign off plan", by=by)
    ledger.refresh(plan.assessment)
    return made


@transaction.atomic
def review_plan(
    *,
    plan: ChildInNeedPlan,
    who_came: str,
    changed: str,
    outcome: str,
    reason: str,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> PlanReview:
    """The plan was reviewed. Going on, it owes the next review; ended or stepped up, it owes none."""
    plan = locked(plan, by)
    if made := made_before(PlanReview, token):
        return made
    rules.check_review(plan, who_came=who_came, changed=changed, outcome=outcome, reason=reason)
    signed = plan.signed
    last = [s.moment.occurred_at for s in standing(plan.reviews.all())]
    after = max([signed.occurred_at, *last]) if signed else plan.made_at
    rules.check_time(occurred_at, "the review", after=after, after_what="the plan was signed off or last reviewed")
    fact = PlanReview(
        plan=plan, who_came=who_came.strip(), changed=changed.strip(), outcome=outcome, reason=reason.strip(),
        occurred_at=occurred_at, token=token,
    )  # fmt: skip
    return put(fact, plan, "review plan", by=by, outcome=outcome)
