"""The verbs of the reports on files without a worker: who keeps them, and that one went out.

Nothing of them is typed: the system makes each as at the end of its week or month, of what was known then, and freezes it when
it is sent (`reports.unallocated_sending`, which calls `record_report` here).
"""

from datetime import date

from django.db import transaction

from goldenthread.cases.facts import standing
from goldenthread.core import trail
from goldenthread.core.clock import now, today
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.writing import made_before
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.allocating.choices import REPORTED_TO, Period, role_in_words
from goldenthread.standards.allocation.allocating.models import WaitCycle, WaitReportSent
from goldenthread.standards.allocation.allocating.requirements import month_ends, week_ends


@transaction.atomic
def keep_wait_reports(*, started_on: date, by: Officer) -> WaitCycle:
    """From this day on, the reports are owed each week and month, by this officer. Where they are owed already, this officer
    keeps them from now on; what was sent stays with who sent it. Raises Refused where they keep them already."""
    require(by, Permission.SEND_REPORTS)
    begun = {"started_on": started_on, "officer": by, "recorded_at": now()}
    cycle, made = WaitCycle.objects.select_for_update().get_or_create(only=True, defaults=begun)
    if made:
        trail.write("keep wait reports", cycle, by=by, started_on=started_on)
    elif cycle.officer_id == by.pk:
        raise Refused("You keep these reports already.")
    else:
        before, cycle.officer = cycle.officer_id, by
        cycle.save(update_fields=["officer"])
        trail.write("keep wait reports", cycle, by=by, changed={"officer": (before, by.pk)})
    ledger.refresh(cycle)
    return cycle


def ended(cycle: WaitCycle, period: str) -> list[date]:
    """The last days of the weeks or months that are over and are to be reported, newest first."""
    ends = week_ends(cycle) if period == Period.WEEK else month_ends(cycle)
    found, limit = [], today()
    for end in ends:
        if end >= limit:
            break
        found.append(end)
    return found[::-1]


def recipient(period: str) -> Officer | None:
    """Who has a report of this kind now: the first officer of the role."""
    role = REPORTED_TO[Period(period)]
    return Officer.objects.filter(role=role, is_active=True).order_by("pk").first()


@transaction.atomic
def record_report(
    *, cycle: WaitCycle, period: str, as_at: date, by: Officer, token: str | None = None
) -> WaitReportSent:
    """The report as at the end of a week or a month goes out now. Raises Refused for a day that ends none, one that is not
    over, one that went out already, and where nobody has the role that it is for."""
    require(by, Permission.SEND_REPORTS)
    cycle = WaitCycle.objects.select_for_update().get(pk=cycle.pk)
    if made := made_before(WaitReportSent, token):
        return made
    if period not in Period.values or as_at not in ended(cycle, period):
        raise Refused("There is no such report yet: choose a week or a month that is over.")
    if any(s.fact.as_at == as_at for s in standing(cycle.sent.filter(period=period))):
        raise Refused("This report was sent already.")
    to = recipient(period)
    if to is None:
        raise Refused(f"There is no {role_in_words(REPORTED_TO[Period(period)])} to send it to.")
    sent = WaitReportSent.objects.create(
        cycle=cycle, period=period, as_at=as_at, to=to, occurred_at=now(),
        recorded_at=now(), by=by, token=token,
    )  # fmt: skip
    trail.write("send wait report", cycle, by=by, period=period, as_at=as_at, to=to.pk)
    ledger.refresh(cycle)
    return sent
