"""The verbs of allocation. Each is one transaction; it raises NotAllowed or Refused and then nothing is written.

Those on a file that nobody has are in `telling`, those of the reports in `reporting`, corrections in `corrections`.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from goldenthread.cases.models import CaseFile
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.handover import hand_over
from goldenthread.obligations.writing import locked, made_before, put, why_writable
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.allocating import rules
from goldenthread.standards.allocation.allocating.models import (
    Allocation,
    AllocationAnswer,
    AllocationDiscussed,
    Expectation,
    RefusalRuling,
)


@transaction.atomic
def allocate(
    *,
    case_file: CaseFile,
    worker: Officer,
    purpose: str,
    expected: str,
    allocated_at: datetime,
    by: Officer,
    others: Sequence[rules.Expected] = (),
    token: str | None = None,
) -> Allocation:
    """Give an open case file to a worker of the team that holds it, and say what for. Where the worker holds it already, it
    states the purpose of that; it cannot then be of a time before they held it."""
    why = why_writable(case_file, by, Permission.DECIDE_REFERRALS)
    if made := made_before(Allocation, token):
        return made
    held = CaseFile.objects.select_related("team").select_for_update(of=("self",)).get(pk=case_file.pk)
    rules.check_allocation(held, worker, purpose, expected, others, allocated_at)
    if held.worker_id == worker.pk:
        holding = held.holdings.last()
        assert holding is not None  # noqa: S101 (an open file is always in some team's hands)
        if allocated_at < holding.since_at:
            raise Refused(f"{worker.name} did not hold the case file yet: check the time.")
    else:
        holding = hand_over(case_file=held, team=held.team, worker=worker, since_at=allocated_at, by=by)
    made = Allocation.objects.create(
        case_file=held, holding=holding, worker=worker, purpose=purpose.strip(), expected=expected.strip(),
        allocated_at=allocated_at, recorded_at=now(), by=by, token=token,
    )  # fmt: skip
    Expectation.objects.bulk_create(
        Expectation(allocation=made, officer=officer, who="" if officer else who.strip(), what=what.strip())
        for officer, who, what in others
    )
    trail.write("allocate", made, by=by, why=why, case_file=held.pk, worker=worker.pk, others=len(others))
    ledger.refresh(made)
    return made


@transaction.atomic
def answer_allocation(
    *,
    allocation: Allocation,
    answer: str,
    occurred_at: datetime,
    by: Officer,
    words: str = "",
    token: str | None = None,
) -> AllocationAnswer:
    """The worker accepts it, or says why they cannot take it on. Until a manager rules, the file stays theirs."""
    held = locked(allocation, by)
    if made := made_before(AllocationAnswer, token):
        return made
    rules.check_answer(held, answer, words, occurred_at, by)
    said = AllocationAnswer(allocation=held, answer=answer, words=words.strip(), occurred_at=occurred_at, token=token)
    return put(said, held, "answer allocation", by=by, answer=answer)


@transaction.atomic
def rule_on_refusal(
    *, allocation: Allocation, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> RefusalRuling:
    """A manager heard the refusal, and the allocation stands."""
    held = locked(allocation, by, Permission.DECIDE_REFERRALS)
    if made := made_before(RefusalRuling, token):
        return made
    rules.check_ruling(held, words, occurred_at, by)
    ruled = RefusalRuling(allocation=held, words=words.strip(), occurred_at=occurred_at, token=token)
    return put(ruled, held, "rule on refusal", by=by)


@transaction.atomic
def discuss_allocation(
    *, allocation: Allocation, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> AllocationDiscussed:
    """It was talked over in supervision."""
    held = locked(allocation, by)
    if made := made_before(AllocationDiscussed, token):
        return made
    rules.check_time(occurred_at, "the supervision", after=held.allocated_at, after_what="the allocation")
    rules.check_words(words, "what was talked over")
    talked = AllocationDiscussed(allocation=held, words=words.strip(), occurred_at=occurred_at, token=token)
    return put(talked, held, "discuss allocation", by=by)
