"""The verbs that hand the work over: the handover record, with what is outstanding, and the joint visit."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.clock import now
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.writing import made_before, put
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.transferring import rules
from goldenthread.standards.allocation.transferring.models import HandoverItem, HandoverRecord, JointVisit, Transfer
from goldenthread.standards.allocation.transferring.writing import held_for_either, held_for_sending


def outstanding(case_file: CaseFile) -> list[Obligation]:
    """What is open on a file now, soonest due first; not what its transfers owe themselves. One query."""
    begun = Obligation.objects.open().filter(case_file=case_file, since_at__lte=now())
    found = begun.exclude(subject_type=Transfer._meta.label_lower)
    return list(found.order_by(F("due_at").asc(nulls_last=True), "pk"))


@transaction.atomic
def record_handover(
    *,
    transfer: Transfer,
    where: str,
    risks: str,
    told: str,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> HandoverRecord:
    """Where the work stands, what may put the children at risk, and what they were told. What is owed on the file now is
    listed beside it. A later one, where things moved on, is one more."""
    held, course = held_for_sending(transfer, by)
    if made := made_before(HandoverRecord, token):
        return made
    rules.check_under_way(course)
    rules.check_words(where, "where the work stands")
    rules.check_words(risks, "what may put the children at risk")
    rules.check_words(told, "what the children and the family were told")
    rules.check_after(held, occurred_at, "the handover record")
    record = HandoverRecord(
        transfer=held, where=where.strip(), risks=risks.strip(), told=told.strip(), occurred_at=occurred_at, token=token
    )
    owed = outstanding(held.case_file)

    def list_owed(written: HandoverRecord) -> None:
        HandoverItem.objects.bulk_create(
            HandoverItem(
                record=written, requirement=one.requirement, subject_type=one.subject_type, subject_id=one.subject_id,
                key=one.key, since_at=one.since_at, due_at=one.due_at,
            )
            for one in owed
        )  # fmt: skip

    return put(record, held, "record handover", by=by, beside=list_owed, outstanding=len(owed))


@transaction.atomic
def record_joint_visit(
    *,
    transfer: Transfer,
    words: str,
    occurred_at: datetime,
    by: Officer,
    made: bool = True,
    sender: Officer | None = None,
    receiver: Officer | None = None,
    children: Sequence[Child] = (),
    token: str | None = None,
) -> JointVisit:
    """Somebody of each team (sender, receiver) saw these children together; or (made=False) there was no visit, and why, as a
    manager says. It can be made after the case went over too: it stays owed until then."""
    held, course = held_for_either(transfer, by)
    if before := made_before(JointVisit, token):
        return before
    if course.done is None:
        rules.check_under_way(course)
    rules.check_words(words, "what was seen and said" if made else "why there was no visit")
    rules.check_after(held, occurred_at, "the visit")
    rules.check_visit(held, by, sender, receiver, children, made=made)
    visit = JointVisit(
        transfer=held,
        made=made,
        sender=sender,
        receiver=receiver,
        words=words.strip(),
        occurred_at=occurred_at,
        token=token,
    )
    return put(visit, held, "record joint visit", by=by, beside=lambda row: row.children.set(children), made=made)
