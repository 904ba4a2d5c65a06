"""What managers do with an assessment that was handed in: sign it off, return it, and reopen what was signed too soon."""

from datetime import datetime

from django.db import transaction

from goldenthread.cases.facts import Standing, standing
from goldenthread.core.errors import Refused
from goldenthread.obligations.writing import locked, made_before, put
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.assessing import rules
from goldenthread.standards.assessment.assessing.choices import Answer, State
from goldenthread.standards.assessment.assessing.models import Assessment, HandingIn, ManagersAnswer


@transaction.atomic
def sign_off(
    *, assessment: Assessment, reason: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> ManagersAnswer:
    """It is complete, and its decisions stand. Raises Refused for one's own work, what was not handed in, and what lacks
    a part or a child's views."""
    return _answer(assessment, Answer.SIGNED_OFF, reason, occurred_at, by, token)


@transaction.atomic
def return_for_more_work(
    *, assessment: Assessment, reason: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> ManagersAnswer:
    """It is not complete: what is missing, so that the worker can mend it."""
    return _answer(assessment, Answer.RETURNED, reason, occurred_at, by, token)


def _answer(
    assessment: Assessment, answer: Answer, reason: str, occurred_at: datetime, by: Officer, token: str | None
) -> ManagersAnswer:
    assessment = locked(assessment, by, Permission.SIGN_OFF)
    if made := made_before(ManagersAnswer, token):
        return made
    if assessment.state != State.HANDED_IN:
        raise Refused("It is not handed in: there is nothing to sign off or return.")
    rules.check_others_work(assessment, by)
    signing = answer == Answer.SIGNED_OFF
    rules.check_words(reason, "why you sign it off" if signing else "what is missing")
    if signing:
        rules.check_whole(assessment)
    handed = _last_handed(assessment)
    rules.check_time(occurred_at, "your answer", after=handed.fact.occurred_at, after_what="it was handed in")
    fact = ManagersAnswer(
        assessment=assessment,
        handing_in_id=handed.first.pk,
        answer=answer,
        reason=reason.strip(),
        occurred_at=occurred_at,
        token=token,
    )
    return put(fact, assessment, "sign off assessment" if signing else "return assessment", by=by)


def _last_handed(assessment: Assessment) -> Standing[HandingIn]:
    return max(standing(assessment.handings_in.all()), key=lambda s: s.first.pk)


@transaction.atomic
def reopen(
    *, assessment: Assessment, reason: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> ManagersAnswer:
    """The sign-off should not have been given: its parts are open again, and it is owed again as if it had not been.

    What is learned later belongs in a new assessment.
    """
    assessment = locked(assessment, by, Permission.SIGN_OFF)
    if made := made_before(ManagersAnswer, token):
        return made
    if assessment.state != State.SIGNED_OFF:
        raise Refused("It is not signed off: there is nothing to reopen.")
    rules.check_words(reason, "why it should not have been signed off")
    signed = max(standing(assessment.answers.all()), key=lambda s: s.first.pk)
    rules.check_time(occurred_at, "the reopening", after=signed.fact.occurred_at, after_what="it was signed off")
    fact = ManagersAnswer(
        assessment=assessment,
        handing_in_id=signed.fact.handing_in_id,
        answer=Answer.REOPENED,
        reason=reason.strip(),
        occurred_at=occurred_at,
        supersedes=signed.fact,
        root_id=signed.first.pk,
        correction_reason=reason.strip()[:300],
        token=token,
    )
    return put(fact, assessment, "reopen assessment", by=by)
