"""The verbs on case records. Each is one transaction; it raises NotAllowed or Refused and then nothing is written."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from goldenthread.cases.models import CaseFile
from goldenthread.core import rules as common
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.obligations import ledger
from goldenthread.obligations.correcting import next_row
from goldenthread.obligations.touching import hold_file
from goldenthread.obligations.writing import locked, made_before, why_writable
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.recording import rules
from goldenthread.standards.assessment.recording.choices import Kind
from goldenthread.standards.assessment.recording.models import CaseRecord, ChildInRecord

CORRECTABLE = (
    "kind", "made_by", "where", "people", "facts", "view", "next_steps", "in_confidence", "occurred_at",
)  # fmt: skip


@transaction.atomic
def record_contact(
    *,
    case_file: CaseFile,
    kind: str,
    seen: Mapping[int, str],
    facts: str,
    occurred_at: datetime,
    by: Officer,
    view: str = "",
    next_steps: str = "",
    where: str = "",
    people: str = "",
    made_by: Officer | None = None,
    in_confidence: bool = False,
    token: str | None = None,
) -> CaseRecord:
    """A contact on a case file. seen: the children (by number) that it is about, and how far each was seen. made_by: who
    made it; left out, whoever records it. Late is late: nothing hides when it was recorded."""
    hold_file(case_file)
    why = why_writable(case_file, by)
    if made := made_before(CaseRecord, token):
        return made
    rules.check_when(occurred_at, case_file)
    record = CaseRecord(
        case_file=case_file,
        kind=kind,
        made_by=made_by or by,
        where=where.strip(),
        people=people.strip(),
        facts=facts.strip(),
        view=view.strip(),
        next_steps=next_steps.strip(),
        in_confidence=in_confidence,
        occurred_at=occurred_at,
        token=token,
    )
    record.why_open = why
    return _write(record, seen, "record contact", by)


def _check(record: CaseRecord, seen: Mapping[int, str]) -> None:
    common.check_choice(record.kind, Kind.choices, "what kind of contact it was")
    rules.check_worker(record.made_by)
    rules.check_children(record.kind, seen, record.case_file.children.values_list("pk", flat=True))
    rules.check_said(record.kind, record.facts, record.view, record.next_steps, record.where)


def _write(record: CaseRecord, seen: Mapping[int, str], deed: str, by: Officer, **detail: Any) -> CaseRecord:
    """Write a row with its children, its trail entry and what is owed on the record and what it touches."""
    if not record.withdrawn:
        _check(record, seen)
    record.recorded_at, record.by = now(), by
    record.save(force_insert=True)
    ChildInRecord.objects.bulk_create(
        [ChildInRecord(record=record, child_id=child, seen=answer) for child, answer in sorted(seen.items())]
    )
    first = record.first
    trail.write(
        deed,
        first,
        by=by,
        why=record.why_open,
        case_file=record.case_file_id,
        kind=record.kind,
        row=record.pk,
        **detail,
    )
    ledger.refresh(first)
    return record


@transaction.atomic
def correct_record(
    *,
    record: CaseRecord,
    changes: Mapping[str, Any],
    reason: str,
    by: Officer,
    seen: Mapping[int, str] | None = None,
    token: str | None = None,
) -> CaseRecord:
    """Put right what a record says; what it said before stays with it. Raises Refused where a later row stands already,
    or nothing would change."""
    record, why = _held(record, by)
    if made := made_before(CaseRecord, token):
        return made
    was = {one.child_id: one.seen for one in record.children.all()}
    now_seen = was if seen is None else dict(seen)

    def check(new: CaseRecord) -> None:
        if new.occurred_at != record.occurred_at:
            rules.check_when(new.occurred_at, new.case_file, record.first_recorded_at)

    also = now_seen != was
    new, changed = next_row(record, changes, reason=reason, names=CORRECTABLE, check=check, also=also, token=token)
    new.why_open = why
    return _write(new, now_seen, "correct", by, changed=changed, corrects=record.pk)


@transaction.atomic
def withdraw_record(*, record: CaseRecord, reason: str, by: Officer, token: str | None = None) -> CaseRecord:
    """Say that something recorded did not happen, or not to this child. It stays to be seen, as taken back."""
    record, why = _held(record, by)
    if made := made_before(CaseRecord, token):
        return made
    new, _ = next_row(record, None, reason=reason, token=token)
    new.why_open = why
    seen = {one.child_id: one.seen for one in record.children.all()}
    return _write(new, seen, "withdraw", by, corrects=record.pk)


def _held(record: CaseRecord, by: Officer) -> tuple[CaseRecord, str]:
    """The row as it stands, under the lock of its file and of its first row; and why the officer may write to it."""
    hold_file(record.case_file)
    first = locked(record.first, by)
    return CaseRecord.objects.select_related("case_file", "root", "made_by").get(pk=record.pk), first.why_open
