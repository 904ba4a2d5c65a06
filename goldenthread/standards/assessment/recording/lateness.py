"""How late a record was made, as pages say it."""

from datetime import datetime

from goldenthread.core.clock import day_of
from goldenthread.core.timescales import timescale
from goldenthread.standards.assessment.recording.choices import Kind
from goldenthread.standards.assessment.recording.models import CaseRecord


def due(record: CaseRecord) -> datetime | None:
    """The last instant at which the record was in time."""
    key = "protection-visit-record" if record.kind == Kind.PROTECTION else "case-record"
    rule = timescale(key, day_of(record.occurred_at))
    return rule.due(record.occurred_at) if rule else None


def days_later(record: CaseRecord) -> str:
    """“the same day”, “1 day later”: how long after the contact it was first recorded."""
    days = (day_of(record.first_recorded_at) - day_of(record.occurred_at)).days
    return "the same day" if days <= 0 else "1 day later" if days == 1 else f"{days} days later"


def late_tag(record: CaseRecord) -> str:
    """“Recorded 6 days later”, where that was too late; nothing where it was in time."""
    last = due(record)
    return f"Recorded {days_later(record)}" if last and record.first_recorded_at > last else ""
