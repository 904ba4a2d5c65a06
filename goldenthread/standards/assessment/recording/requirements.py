"""What good practice demands of what is recorded (2.3).

The duty begins with the contact and is met when it is recorded. What was never recorded is not here to be counted: what
shows it is what stays owed, such as a visit that a child protection plan asks for.
"""

from goldenthread.core.clock import Moment
from goldenthread.obligations.requirement import Owed, Requirement
from goldenthread.standards.assessment.recording.choices import Kind
from goldenthread.standards.assessment.recording.models import CaseRecord


def _made(record: CaseRecord) -> Owed | None:
    if record.root_id is not None or (stands := record.stands) is None:
        return None  # a later row of a record, or one that was taken back
    # A date that was mended counts as known from then; the record itself was made when it was first made.
    return Owed(since=stands.moment, done=Moment(record.recorded_at, record.recorded_at))


def _record_made(record: CaseRecord) -> Owed | None:
    return None if _of_protection(record) else _made(record)


def _protection_visit_recorded(record: CaseRecord) -> Owed | None:
    return _made(record) if _of_protection(record) else None


def _of_protection(record: CaseRecord) -> bool:
    return record.root_id is None and (stands := record.stands) is not None and stands.fact.kind == Kind.PROTECTION


RECORD_MADE = Requirement(
    key="assessment.record-made",
    serves="2.3",
    title="A contact is recorded within two working days",
    why="Whoever opens the file next relies on it, and what is written late is remembered worse. What was never recorded cannot be counted here.",
    timescale="case-record",
    subject=CaseRecord,
    owed=_record_made,
    with_related=("later",),
)
PROTECTION_VISIT_RECORDED = Requirement(
    key="assessment.protection-visit-recorded",
    serves="2.3",
    title="A child protection visit is recorded within one working day",
    why="If the child is in danger tonight, whoever is called out must read what was seen today. A visit without a record shows as a visit that is owed.",
    timescale="protection-visit-record",
    subject=CaseRecord,
    owed=_protection_visit_recorded,
    with_related=("later",),
)

REQUIREMENTS: tuple[Requirement, ...] = (RECORD_MADE, PROTECTION_VISIT_RECORDED)
