"""Correcting what was recorded of legal advice, by a row that supersedes it; both stay."""

from typing import Any

from django.db import transaction

from goldenthread.obligations.correcting import supersede
from goldenthread.obligations.writing import locked
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.legal import rules
from goldenthread.standards.assessment.legal.choices import Outcome
from goldenthread.standards.assessment.legal.models import AdviceAnswer

CORRECTABLE = ("solicitor", "advice", "outcome", "privileged", "occurred_at")


@transaction.atomic
def correct_advice(
    *, answer: AdviceAnswer, changes: dict[str, Any], reason: str, by: Officer, token: str | None = None
) -> AdviceAnswer:
    """Put right what an answer says. Raises Refused where it was superseded already, or nothing changes."""
    return _supersede(answer, changes, reason, by, token)


@transaction.atomic
def withdraw_advice(*, answer: AdviceAnswer, reason: str, by: Officer, token: str | None = None) -> AdviceAnswer:
    """Say that an answer was not given (it was to another question, say)."""
    return _supersede(answer, None, reason, by, token)


def _supersede(
    answer: AdviceAnswer, changes: dict[str, Any] | None, reason: str, by: Officer, token: str | None
) -> AdviceAnswer:
    request = locked(answer.request, by)

    def check(new: AdviceAnswer) -> None:
        rules.check_words(new.advice, "what was advised")
        rules.check_choice(new.outcome, Outcome.choices, "what comes of it")
        rules.check_time(new.occurred_at, "the answer", after=request.asked_at, after_what="it was asked")

    return supersede(
        answer, request, changes=changes, names=CORRECTABLE, check=check, reason=reason, by=by, token=token
    )
