"""The verbs on a request for legal advice. Each is one transaction; it raises NotAllowed or Refused and then nothing is
written. The rota's are in `rota`, corrections in `corrections`."""

from datetime import datetime

from django.db import transaction

from goldenthread.cases.models import CaseFile
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.obligations import ledger
from goldenthread.obligations.writing import locked, made_before, put, why_writable
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.legal import rules
from goldenthread.standards.assessment.legal.choices import Outcome, Urgency
from goldenthread.standards.assessment.legal.models import AdviceAnswer, AdviceRequest, Solicitor


@transaction.atomic
def ask_for_advice(
    *, case_file: CaseFile, question: str, urgency: str, asked_at: datetime, by: Officer, token: str | None = None
) -> AdviceRequest:
    """A solicitor was rung, or written to, about a case file. A first answer is owed within the hour."""
    why = why_writable(case_file, by)
    if made := made_before(AdviceRequest, token):
        return made
    rules.check_words(question, "what you need to know")
    rules.check_choice(urgency, Urgency.choices, "how soon it is needed")
    rules.check_time(asked_at, "the request", after=case_file.opened_at, after_what="the case file was opened")
    request = AdviceRequest.objects.create(
        case_file=case_file, question=question.strip(), urgency=urgency, asked_at=asked_at, recorded_at=now(), by=by,
        token=token,
    )  # fmt: skip
    trail.write("ask for legal advice", request, by=by, why=why, case_file=case_file.pk, urgency=urgency)
    ledger.refresh(request)
    return request


@transaction.atomic
def record_advice(
    *,
    request: AdviceRequest,
    solicitor: Solicitor,
    advice: str,
    outcome: str,
    occurred_at: datetime,
    by: Officer,
    privileged: bool = True,
    token: str | None = None,
) -> AdviceAnswer:
    """What a solicitor advised, and when they first spoke to us about it. Each later answer is one more."""
    request = locked(request, by)
    if made := made_before(AdviceAnswer, token):
        return made
    rules.check_words(advice, "what was advised")
    rules.check_choice(outcome, Outcome.choices, "what comes of it")
    rules.check_time(occurred_at, "the answer", after=request.asked_at, after_what="it was asked")
    fact = AdviceAnswer(
        request=request, solicitor=solicitor, advice=advice.strip(), outcome=outcome, privileged=privileged,
        occurred_at=occurred_at, token=token,
    )  # fmt: skip
    return put(fact, request, "record legal advice", by=by, outcome=outcome)
