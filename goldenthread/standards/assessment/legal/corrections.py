"""Correcting what was recorded of legal advice, by a row that supersedes it; both stay."""

from typing import Any

from django.db import transaction

from goldenthread.core import trail
from goldenthread.core.errors import Refused
from goldenthread.obligations.writing import locked, made_before, put
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
    return _supersede(answer, changes, reason, by, token, withdraw=False)


@transaction.atomic
def withdraw_advice(*, answer: AdviceAnswer, reason: str, by: Officer, token: str | None = None) -> AdviceAnswer:
    """Say that an answer was not given (it was to another question, say)."""
    return _supersede(answer, {}, reason, by, token, withdraw=True)


def _supersede(
    answer: AdviceAnswer, changes: dict[str, Any], reason: str, by: Officer, token: str | None, *, withdraw: bool
) -> AdviceAnswer:
    request = locked(answer.request, by)
    if made := made_before(AdviceAnswer, token):
        return made
    if answer.withdrawn or AdviceAnswer.objects.filter(supersedes=answer).exists():
        raise Refused("This was corrected already: correct what stands now.")
    rules.check_words(reason, "why it is corrected")
    new = AdviceAnswer.objects.get(pk=answer.pk)
    changed = {name: value for name, value in changes.items() if getattr(new, name) != value}
    if set(changed) - set(CORRECTABLE):
        raise Refused("That cannot be corrected.")
    if not withdraw and not changed:
        raise Refused("Nothing would change.")
    before_and_after = trail.changes(new, changed)
    for name, value in changed.items():
        setattr(new, name, value)
    rules.check_words(new.advice, "what was advised")
    rules.check_choice(new.outcome, Outcome.choices, "what comes of it")
    rules.check_time(new.occurred_at, "the answer", after=request.asked_at, after_what="it was asked")
    new.pk, new.supersedes, new.root_id = None, answer, answer.first_id
    new.correction_reason, new.withdrawn, new.token = reason.strip(), withdraw, token
    new._state.adding = True
    return put(new, request, "withdraw" if withdraw else "correct", by=by, changed=before_and_after, corrects=answer.pk)
