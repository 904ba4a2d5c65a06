"""What a case file's page shows of its records: the newest, and recording one."""

from django.urls import reverse

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sections import Row, Section
from goldenthread.core.templatetags.words import day
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.recording.lateness import days_later, late_tag
from goldenthread.standards.assessment.recording.models import CaseRecord

_SHOWN = 5


def section(officer: Officer, case_file: CaseFile, *, may_record: bool) -> Section | None:
    """The newest records, each with both clocks."""
    rows = CaseRecord.objects.last_rows().filter(case_file=case_file).select_related("made_by", "root")
    found = list(rows.order_by("-occurred_at", "-pk")[: _SHOWN + 1])
    return Section(
        title="Case records",
        rows=[_row(record) for record in found[:_SHOWN]],
        links=[("Record a contact", reverse("file-record-add", args=[case_file.pk]))] if may_record else [],
        empty="No visit, call or meeting is recorded on this file yet.",
        more=reverse("file-records", args=[case_file.pk]) if found else "",
    )


def _row(record: CaseRecord) -> Row:
    late = late_tag(record)
    return Row(
        title=f"{record.get_kind_display()}, {day(record.occurred_at)}",
        url=record.get_absolute_url(),
        about=f"{record.made_by.name}. Recorded {day(record.first_recorded_at)}, {days_later(record)}",
        tag="Taken back" if record.withdrawn else late,
        tag_colour="grey" if record.withdrawn else "yellow",
    )
