"""The monthly reports of unmet need, to the chief executive and the executive member; and the reports on files without a worker
as they were frozen when they went out."""

from datetime import timedelta
from random import Random

from goldenthread.core import clock
from goldenthread.core.clock import start_of
from goldenthread.core.timescales import add_months
from goldenthread.demo.council import Council
from goldenthread.demo.diary import Diary
from goldenthread.demo.practice import REPORT_IN_TIME
from goldenthread.demo.writer import Writer
from goldenthread.reports.actions import publish
from goldenthread.reports.unallocated import NAME, unallocated_report
from goldenthread.standards.allocation.allocating.choices import Period
from goldenthread.standards.allocation.allocating.models import WaitReportSent
from goldenthread.standards.referrals.choices import Recipient
from goldenthread.standards.referrals.models import ReportCycle, ReportSent, month_after

BEGAN_AFTER = 4
"""Months before anyone reported unmet need."""

FORGOTTEN = 3
"""The month, counted from the first reported, whose report never went to the executive member."""

FROZEN = 14
"""So many of the last weekly ones, and of the last monthly ones, were frozen when they were sent: as many as their page shows.
(Earlier ones went out before anybody kept them.)"""


def freeze_wait_reports() -> None:
    """The last reports on files without a worker, as they stood when each was sent. Once the ledger is made."""
    sent = WaitReportSent.objects.select_related("by")
    last = [row for period in Period for row in sent.filter(period=period).order_by("-as_at", "-pk")[:FROZEN]]
    for row in sorted(last, key=lambda row: (row.occurred_at, row.pk)):
        with clock.standing_at(row.occurred_at):
            publish(NAME, unallocated_report(row.as_at), plan=None, by=row.by)


def report_unmet_need(chance: Random, diary: Diary, council: Council, writer: Writer) -> None:
    """Start the cycle, and send each month's report, in time or late."""
    by = council.holder("Planning Manager")
    month = add_months(diary.first.replace(day=1), BEGAN_AFTER)
    if month >= diary.today:
        return
    started = diary.at(diary.workday(diary.day_number(month), 0), 600)
    if started >= diary.now:
        return
    cycle = writer.add(ReportCycle, started_on=month, officer=by, recorded_at=started)
    days = diary.day_number(diary.today)
    forgotten = add_months(month, FORGOTTEN)
    while (ended := month_after(month)) < diary.today:
        day = diary.day_number(ended)
        in_time = chance.random() < REPORT_IN_TIME.share(day / days)
        after = chance.randrange(3, 10) if in_time else chance.randrange(12, 25)
        sent = diary.at(diary.workday(day - 1, after), 660 + chance.randrange(240))
        if sent + timedelta(minutes=30) < diary.now:
            for later, recipient in enumerate(sorted(Recipient.values)):
                if month == forgotten and recipient == Recipient.EXECUTIVE_MEMBER:
                    continue
                writer.add(
                    ReportSent,
                    cycle=cycle,
                    month=month,
                    recipient=recipient,
                    occurred_at=max(sent, start_of(ended)) + timedelta(minutes=later * 3),
                    recorded_at=sent + timedelta(minutes=10 + later * 3),
                    by=by,
                )
        month = ended
