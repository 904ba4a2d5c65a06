"""The verbs on what was said of a case in supervision. Each is one transaction; it raises NotAllowed or Refused and then
nothing is written. What was agreed is in `agreed`, who supervises whom in `pairs`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from goldenthread.cases.models import CaseFile
from goldenthread.core.errors import NotAllowed
from goldenthread.obligations.correcting import supersede
from goldenthread.obligations.touching import hold_file
from goldenthread.obligations.writing import locked, made_before, put, why_writable
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.supervising import rules
from goldenthread.standards.allocation.supervising.models import (
    CaseSupervision,
    SupervisionAnswer,
    SupervisionSession,
)

CORRECTABLE = ("occurred_at", "discussed", "decisions")


def _answering(answers: rules.Answers) -> Callable[[CaseSupervision], None]:
    def write(row: CaseSupervision) -> None:
        SupervisionAnswer.objects.bulk_create(
            SupervisionAnswer(supervision=row, question=question, answer=said, words=words.strip())
            for question, (said, words) in answers.items()
        )

    return write


@transaction.atomic
def discuss_case(
    *,
    case_file: CaseFile,
    discussed: str,
    decisions: str,
    answers: rules.Answers,
    occurred_at: datetime,
    by: Officer,
    session: SupervisionSession | None = None,
    token: str | None = None,
) -> CaseSupervision:
    """A case was talked over with the worker who held it, in a session or outside of one; each question is answered."""
    hold_file(case_file)
    why = why_writable(case_file, by, Permission.DECIDE_REFERRALS)
    if made := made_before(CaseSupervision, token):
        return made
    held = CaseFile.objects.get(pk=case_file.pk)
    worker = rules.check_case(held, session, discussed, decisions, occurred_at)
    if worker.pk == by.pk:
        raise NotAllowed("You hold this case: whoever supervises you records what was said of it.")
    rules.check_answers(answers)
    said = CaseSupervision(
        case_file=held, session=session, worker=worker, discussed=discussed.strip(), decisions=decisions.strip(),
        occurred_at=occurred_at, token=token,
    )  # fmt: skip
    said.why_open = why
    return put(said, said, "discuss case", by=by, beside=_answering(answers), case_file=held.pk)


@transaction.atomic
def correct_discussion(
    *,
    supervision: CaseSupervision,
    changes: dict[str, Any] | None,
    reason: str,
    by: Officer,
    token: str | None = None,
) -> CaseSupervision:
    """Put right what was recorded, or (changes None) say that it was not so, or of another case. The old row stays, and the
    answers go over to the new one."""
    hold_file(supervision.case_file)
    first = locked(supervision.first, by, Permission.DECIDE_REFERRALS)
    was = {one.question: (one.answer, one.words) for one in supervision.answers.all()}

    def check(new: CaseSupervision) -> None:
        session = new.session if new.session_id else None
        worker = rules.check_case(first.case_file, session, new.discussed, new.decisions, new.occurred_at)
        if worker.pk != new.worker_id:
            raise NotAllowed("Somebody else held the case then: take this back, and record it anew.")

    return supersede(
        supervision, first, changes=changes, names=CORRECTABLE, check=check, reason=reason, by=by,
        beside=_answering(was), token=token,
    )  # fmt: skip
