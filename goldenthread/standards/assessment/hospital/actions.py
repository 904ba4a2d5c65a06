"""The verbs on a child in hospital. Each is one transaction; it raises NotAllowed or Refused and then nothing is written.

`occurred_at`, `received_at` and the like are when it was true; when it was recorded is stamped. `token` names one submission of a
form: the same token again returns what it made the first time. Corrections are in `corrections`.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.writing import locked, made_before, put, why_writable
from goldenthread.people.line import line_above
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.hospital import rules
from goldenthread.standards.assessment.hospital.choices import Harm, How, Step, Told
from goldenthread.standards.assessment.hospital.models import (
    Discharge,
    DischargePlan,
    Escalation,
    HarmReview,
    HospitalNotification,
    StepTaken,
    WardVisit,
)
from goldenthread.standards.assessment.hospital.requirements import is_unplanned
from goldenthread.standards.referrals.choices import AgencyKind
from goldenthread.standards.referrals.models import Referral


@transaction.atomic
def take_notification(
    *,
    case_file: CaseFile,
    children: Sequence[Child],
    told: str,
    hospital: str,
    told_by: str,
    concern: str,
    harm: str,
    admitted_at: datetime,
    received_at: datetime,
    by: Officer,
    ward: str = "",
    referral: Referral | None = None,
    token: str | None = None,
) -> HospitalNotification:
    """A hospital told us of children who are there: all of them together, and leaving together. referral: the one from
    the health service that it came as."""
    why = why_writable(case_file, by)
    if made := made_before(HospitalNotification, token):
        return made
    rules.check_choice(told, Told.choices, "who told us")
    rules.check_choice(harm, Harm.choices, "whether somebody may have harmed the child")
    rules.check_words(hospital, "which hospital it is")
    rules.check_words(told_by, "who told us")
    rules.check_words(concern, "what the concern is")
    rules.check_not_future(received_at, "the call")
    rules.check_not_future(admitted_at, "the admission")
    on_file = set(case_file.children.values_list("pk", flat=True))
    if not children or not {child.pk for child in children} <= on_file:
        raise Refused("Choose at least one child of this case file.")
    if referral is not None and (referral.case_file_id != case_file.pk or referral.agency_kind != AgencyKind.HEALTH):
        raise Refused("Choose a referral on this case file that came from the health service.")
    notification = HospitalNotification.objects.create(
        case_file=case_file,
        referral=referral,
        told=told,
        hospital=" ".join(hospital.split()),
        ward=" ".join(ward.split()),
        told_by=told_by.strip(),
        concern=concern.strip(),
        harm=harm,
        admitted_at=admitted_at,
        received_at=received_at,
        recorded_at=now(),
        by=by,
        token=token,
    )
    notification.children.set(children)
    trail.write("take hospital notification", notification, by=by, why=why, case_file=case_file.pk, harm=harm)
    ledger.refresh(notification)
    return notification


@transaction.atomic
def visit_on_ward(
    *, notification: HospitalNotification, seen: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> WardVisit:
    """A social worker saw the children in the hospital."""
    notification = locked(notification, by)
    if made := made_before(WardVisit, token):
        return made
    rules.check_words(seen, "how the child was found")
    rules.check_after(notification, occurred_at, "the visit")
    fact = WardVisit(notification=notification, seen=seen.strip(), occurred_at=occurred_at, token=token)
    return put(fact, notification, "visit on ward", by=by)


@transaction.atomic
def take_step(
    *,
    notification: HospitalNotification,
    step: str,
    words: str,
    occurred_at: datetime,
    by: Officer,
    needed: bool = True,
    token: str | None = None,
) -> StepTaken:
    """One step of the protocol was taken, and what came of it; or (needed=False) why it need not be. That a strategy
    discussion need not be held is for a manager to say."""
    notification = locked(notification, by)
    if made := made_before(StepTaken, token):
        return made
    rules.check_choice(step, Step.choices, "which step it is")
    rules.check_words(words, "what came of it" if needed else "why it is not needed")
    rules.check_after(notification, occurred_at, "the step")
    if not needed and step == Step.STRATEGY and not by.may(Permission.SIGN_OFF):
        raise Refused("That no strategy discussion is needed is for a manager to record.")
    fact = StepTaken(
        notification=notification, step=step, needed=needed, words=words.strip(), occurred_at=occurred_at, token=token
    )
    return put(fact, notification, "take hospital step", by=by, step=step)


@transaction.atomic
def review_harm(
    *,
    notification: HospitalNotification,
    answer: str,
    why: str,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> HarmReview:
    """Whether somebody may have harmed the child, looked at again. A manager rules it out; anyone may raise it."""
    notification = locked(notification, by)
    if made := made_before(HarmReview, token):
        return made
    rules.check_harm(answer, why, by)
    rules.check_after(notification, occurred_at, "the answer")
    if notification.harm_at() == answer:
        raise Refused("That is how it is seen already: nothing would change.")
    left = notification.discharge()
    if left and answer == Harm.NO:
        raise Refused("The child has left: what was not known at discharge cannot be ruled out for it now.")
    fact = HarmReview(notification=notification, answer=answer, why=why.strip(), occurred_at=occurred_at, token=token)
    return put(fact, notification, "review harm", by=by, answer=answer)


@transaction.atomic
def agree_discharge_plan(
    *,
    notification: HospitalNotification,
    where_to: str,
    with_whom: str,
    visits: str,
    consultant: str,
    worker: Officer,
    manager: Officer,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> DischargePlan:
    """What is to happen when the child leaves, agreed by the consultant, the social worker and a manager. occurred_at:
    when the last of them agreed. A later plan is one more."""
    notification = locked(notification, by)
    if made := made_before(DischargePlan, token):
        return made
    rules.check_words(where_to, "where the child goes")
    rules.check_words(with_whom, "who looks after the child there")
    rules.check_words(visits, "who visits, and when first")
    rules.check_words(consultant, "the consultant who agreed")
    rules.check_agreed(worker, manager)
    rules.check_after(notification, occurred_at, "the agreement")
    fact = DischargePlan(
        notification=notification, where_to=where_to.strip(), with_whom=with_whom.strip(), visits=visits.strip(),
        consultant=consultant.strip(), worker=worker, manager=manager, occurred_at=occurred_at, token=token,
    )  # fmt: skip
    return put(fact, notification, "agree discharge plan", by=by, manager=manager.get_username())


@transaction.atomic
def record_discharge(
    *,
    notification: HospitalNotification,
    how: str,
    where_to: str,
    occurred_at: datetime,
    by: Officer,
    done: str = "",
    token: str | None = None,
) -> Discharge:
    """The child left the hospital. Where somebody may have harmed the child, it left as agreed only if a plan was agreed:
    otherwise that is refused. That it happened otherwise is recorded with what was done, and goes to a group manager."""
    notification = locked(notification, by)
    if made := made_before(Discharge, token):
        return made
    if notification.discharge():
        raise Refused("The child's discharge is recorded already: correct that, or record a new notification.")
    rules.check_discharge(notification, how, where_to, done, occurred_at)
    fact = Discharge(
        notification=notification,
        how=how,
        where_to=where_to.strip(),
        done=done.strip(),
        team=notification.case_file.team,
        escalated_to=_senior_of(notification.case_file) if how != How.PLANNED else None,
        occurred_at=occurred_at,
        token=token,
    )
    return put(fact, notification, "record discharge", by=by, how=how)


def _senior_of(case_file: CaseFile) -> Officer | None:
    """The nearest above the team manager who answers for the file and may open it."""
    line = line_above(Officer(role="team-manager", team=case_file.team))
    return next((officer for officer in line if sight_of(officer).may_write(case_file)), None)


@transaction.atomic
def answer_escalation(
    *, notification: HospitalNotification, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> Escalation:
    """A group manager, or somebody above, says what is to be done for a child who left otherwise than was agreed."""
    notification = locked(notification, by, Permission.SIGN_OFF)
    rules.check_senior(by)
    if made := made_before(Escalation, token):
        return made
    left = notification.discharge()
    if left is None or not is_unplanned(notification):
        raise Refused("Nothing is owed here: no child about whom there is concern left otherwise than was agreed.")
    rules.check_words(words, "what is to be done for the child")
    rules.check_time(occurred_at, "the answer", after=left.moment.occurred_at, after_what="the child left")
    fact = Escalation(notification=notification, words=words.strip(), occurred_at=occurred_at, token=token)
    return put(fact, notification, "answer discharge", by=by)
