"""The verbs from the strategy discussion to the initial conference; those on plans are in `plans`, corrections in
`corrections`. Each is one transaction; it raises NotAllowed or Refused and then nothing is written."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile, Child
from goldenthread.core import rules as common
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.touching import hold_file
from goldenthread.obligations.writing import locked, made_before, put, why_writable
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.assessing.actions import start_assessment
from goldenthread.standards.assessment.assessing.choices import Kind
from goldenthread.standards.assessment.protection import rules
from goldenthread.standards.assessment.protection.choices import ENQUIRY, Decision, Outcome, Step
from goldenthread.standards.assessment.protection.models import (
    AgencyAtDiscussion,
    ConferenceDate,
    EnquiryOutcome,
    ProtectionPlan,
    StrategyDiscussion,
)
from goldenthread.standards.referrals.models import Referral


@transaction.atomic
def hold_strategy_discussion(
    *,
    case_file: CaseFile,
    children: Sequence[Child],
    who: Mapping[str, str],
    known: str,
    decision: str,
    why: str,
    occurred_at: datetime,
    by: Officer,
    immediate: str = "",
    referral: Referral | None = None,
    purpose: str = "",
    expectations: str = "",
    token: str | None = None,
) -> StrategyDiscussion:
    """A strategy discussion that was held: about whom, by whom (names by agency), and what it decided.

    A decision for a section 47 enquiry starts it, from the time of the discussion: purpose is what it is to find out,
    expectations who does what. referral: the one that it followed; without one, a new concern on an open case.
    """
    hold_file(case_file)
    why_open = why_writable(case_file, by)
    if made := made_before(StrategyDiscussion, token):
        return made
    rules.check_children([child.pk for child in children], case_file.children.values_list("pk", flat=True))
    rules.check_who(who)
    common.check_words(known, "what is known")
    common.check_choice(decision, Decision.choices, "what was decided")
    common.check_words(why, "why it was decided so")
    if referral is not None and referral.case_file_id != case_file.pk:
        raise Refused("That referral is on another case file.")
    began, what = (
        (referral.received_at, "the referral was received")
        if referral
        else (case_file.opened_at, "this case file was opened")
    )
    common.check_time(occurred_at, "the discussion", after=began, after_what=what)
    enquiry = None
    if decision in ENQUIRY:
        enquiry = start_assessment(
            case_file=case_file, kind=Kind.SECTION_47, children=children, purpose=purpose, expectations=expectations,
            started_at=occurred_at, referral=referral, by=by,
        )  # fmt: skip
    discussion = StrategyDiscussion.objects.create(
        case_file=case_file, referral=referral, known=known.strip(), decision=decision, why=why.strip(),
        immediate=immediate.strip(), assessment=enquiry, occurred_at=occurred_at, recorded_at=now(), by=by, token=token,
    )  # fmt: skip
    discussion.children.set(children)
    write_who(discussion, who)
    trail.write(
        "hold strategy discussion", discussion, by=by, why=why_open, case_file=case_file.pk, decision=decision,
        assessment=enquiry.pk if enquiry else None,
    )  # fmt: skip
    ledger.refresh(discussion)
    return discussion


def write_who(discussion: StrategyDiscussion, who: Mapping[str, str]) -> None:
    """Write who took part, on one row of a discussion."""
    AgencyAtDiscussion.objects.bulk_create(
        [
            AgencyAtDiscussion(discussion=discussion, agency=agency, who=names.strip())
            for agency, names in sorted(who.items())
        ]
    )


@transaction.atomic
def record_outcome(
    *,
    discussion: StrategyDiscussion,
    outcome: str,
    why: str,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> EnquiryOutcome:
    """What the section 47 enquiry found, as a manager or senior practitioner decided it."""
    hold_file(discussion.case_file)  # before the discussion: what is written here touches the others of the file
    first = locked(discussion, by, Permission.DECIDE_REFERRALS)
    if made := made_before(EnquiryOutcome, token):
        return made
    stands = rules.of_enquiry(first)
    common.check_choice(outcome, Outcome.choices, "what the enquiry found")
    common.check_words(why, "what was found, and why it leads there")
    common.check_time(occurred_at, "the outcome", after=stands.occurred_at, after_what="the strategy discussion")
    if standing(first.outcomes.all()):
        raise Refused("The outcome of this enquiry is recorded already: correct that.")
    fact = EnquiryOutcome(discussion=first, outcome=outcome, why=why.strip(), occurred_at=occurred_at, token=token)
    return put(fact, first, "record outcome of enquiry", by=by, case_file=first.case_file_id, outcome=outcome)


@transaction.atomic
def arrange_conference(
    *,
    discussion: StrategyDiscussion,
    arranged_for: datetime,
    by: Officer,
    occurred_at: datetime | None = None,
    token: str | None = None,
) -> ConferenceDate:
    """A date was set for the initial conference; it is owed until it was held. occurred_at: when it was set."""
    hold_file(discussion.case_file)
    first = locked(discussion, by)
    if made := made_before(ConferenceDate, token):
        return made
    rules.check_conference_wanted(first)
    at = occurred_at or now()
    began = rules.of_enquiry(first).occurred_at
    common.check_time(at, "arranging it", after=began, after_what="the strategy discussion")
    if arranged_for < at:
        raise Refused("The conference is arranged for a time that has gone by: if it was held, record it as held.")
    fact = ConferenceDate(discussion=first, step=Step.ARRANGED, arranged_for=arranged_for, occurred_at=at, token=token)
    return put(fact, first, "arrange conference", by=by, case_file=first.case_file_id)


@transaction.atomic
def hold_conference(
    *,
    discussion: StrategyDiscussion,
    plan_for: Mapping[int, str],
    words: str,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> ConferenceDate:
    """The initial conference was held. plan_for: the children (by number) for whom it made a plan, and the kind of harm
    that each plan is about; none, where it made no plan."""
    hold_file(discussion.case_file)
    first = locked(discussion, by)
    if made := made_before(ConferenceDate, token):
        return made
    rules.check_conference_wanted(first)
    stands = rules.of_enquiry(first)
    common.check_words(words, "what was decided, and why")
    common.check_time(occurred_at, "the conference", after=stands.occurred_at, after_what="the strategy discussion")
    rules.check_plans_for(plan_for, stands.children.values_list("pk", flat=True))
    fact = ConferenceDate(discussion=first, step=Step.HELD, words=words.strip(), occurred_at=occurred_at, token=token)
    put(fact, first, "hold conference", by=by, case_file=first.case_file_id, plans=len(plan_for))
    for child, category in sorted(plan_for.items()):
        plan = ProtectionPlan(
            case_file=first.case_file, child_id=child, conference=fact, category=category, occurred_at=occurred_at
        )
        rules.check_no_plan_yet(plan)
        plan.why_open = first.why_open
        plan.recorded_at, plan.by = now(), by
        plan.save(force_insert=True)
        trail.write("begin protection plan", plan, by=by, why=plan.why_open, case_file=plan.case_file_id)
        ledger.refresh(plan)
    return fact
