"""The verbs on shortfalls: reported to a senior manager, answered by them, and what came of it."""

from datetime import date, datetime

from django.db import transaction

from goldenthread.cases.facts import standing
from goldenthread.core.errors import Refused
from goldenthread.obligations.correcting import last_row
from goldenthread.obligations.writing import locked, made_before, put
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.housing import rules
from goldenthread.standards.assessment.housing.actions import move_of
from goldenthread.standards.assessment.housing.models import (
    ShortfallAnswer,
    ShortfallOutcome,
    ShortfallReport,
    Suitability,
)


@transaction.atomic
def report_shortfall(
    *,
    assessment: Suitability,
    to: Officer,
    asked: str,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> ShortfallReport:
    """A senior manager was told what falls short, and what is asked of them. They then owe an answer."""
    move = locked(assessment.move, by)
    if made := made_before(ShortfallReport, token):
        return made
    if last_row(assessment).withdrawn:
        raise Refused("That assessment was taken back.")
    fact = ShortfallReport(
        assessment_id=assessment.first_id, to=to, asked=asked.strip(), occurred_at=occurred_at, token=token
    )
    rules.check_fact(fact, move)
    return put(fact, move, "report shortfall", by=by, to=to.pk)


@transaction.atomic
def answer_shortfall(
    *,
    report: ShortfallReport,
    will_do: str,
    by_when: date,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> ShortfallAnswer:
    """What a senior manager will have done, and by when. Raises NotAllowed for anyone less senior."""
    move = locked(move_of(report), by, Permission.SIGN_OFF)
    rules.check_senior(by)
    if made := made_before(ShortfallAnswer, token):
        return made
    _check_stands(report)
    fact = ShortfallAnswer(
        report_id=report.first_id, will_do=will_do.strip(), by_when=by_when, occurred_at=occurred_at, token=token
    )
    rules.check_fact(fact, move)
    return put(fact, move, "answer shortfall", by=by)


@transaction.atomic
def record_outcome(
    *,
    report: ShortfallReport,
    what: str,
    words: str,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> ShortfallOutcome:
    """What came of a shortfall that was reported."""
    move = locked(move_of(report), by)
    if made := made_before(ShortfallOutcome, token):
        return made
    _check_stands(report)
    if standing(ShortfallOutcome.objects.filter(report=report.first_id)):
        raise Refused("What came of it is recorded already: correct that, if it was wrong.")
    fact = ShortfallOutcome(
        report_id=report.first_id, what=what, words=words.strip(), occurred_at=occurred_at, token=token
    )
    rules.check_fact(fact, move)
    return put(fact, move, "record outcome of shortfall", by=by)


def _check_stands(report: ShortfallReport) -> None:
    if last_row(report).withdrawn:
        raise Refused("That report was taken back.")
