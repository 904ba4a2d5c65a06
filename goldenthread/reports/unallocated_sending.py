"""Sending the report on case files without a worker: made of what was known at the end of its week or month, frozen, and owed no
more. Nothing of it is typed."""

from datetime import date

from django.db import transaction

from goldenthread.people.models import Officer
from goldenthread.reports.actions import publish
from goldenthread.reports.unallocated import NAME, unallocated_report
from goldenthread.standards.allocation.allocating.models import WaitCycle, WaitReportSent
from goldenthread.standards.allocation.allocating.reporting import record_report


@transaction.atomic
def send_unallocated_report(
    *, cycle: WaitCycle, period: str, as_at: date, by: Officer, token: str | None = None
) -> WaitReportSent:
    """Freeze the report as at the end of a week or a month, and record that it went to whoever has it. As `record_report`
    says, it raises NotAllowed or Refused."""
    before = cycle.sent.count()
    sent = record_report(cycle=cycle, period=period, as_at=as_at, by=by, token=token)
    if cycle.sent.count() > before:
        publish(NAME, unallocated_report(as_at), plan=None, by=by)
    return sent
