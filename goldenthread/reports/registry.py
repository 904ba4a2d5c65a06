"""Every report by name, each with what builds it. The command line, the pages and publishing go through here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from goldenthread.core.clock import today
from goldenthread.core.errors import BadInput, NotAllowed
from goldenthread.core.templatetags.words import day
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.plan.models import Plan
from goldenthread.reports.accommodation import accommodation_report, hold_recommended, publish_accommodation_report
from goldenthread.reports.attendance import attendance_between, attendance_report
from goldenthread.reports.childs_views import childs_views_report
from goldenthread.reports.formats import render
from goldenthread.reports.interpreters import interpreters_between, interpreters_report
from goldenthread.reports.legal import legal_report
from goldenthread.reports.models import PublishedReport
from goldenthread.reports.progress import progress_report
from goldenthread.reports.referrals import unmet_need_report, written_report
from goldenthread.reports.tree import Document
from goldenthread.reports.unallocated import unallocated_report

__all__ = ["REPORTS", "Report", "build", "plan_to_report_on", "render"]


@dataclass(frozen=True, slots=True)
class Report:
    """One report. permission: what opens it; builder: a document as at the end of a day; between: one of the days from a
    first to a last, where it can be asked for so; publisher: what publishes it, where it is published by its name;
    holds: what two publishers wait for each other at."""

    name: str
    title: str
    permission: Permission
    builder: Callable[[date], Document]
    between: Callable[[date, date], Document] | None = None
    publisher: Callable[..., PublishedReport] | None = None
    holds: Callable[[date], object] | None = None


def plan_to_report_on(as_at: date) -> Plan:
    """The plan that a progress report is on where none is named: the version that stood on that day, of plans the
    latest; before the first of them, the first. Raises BadInput where no plan is held.
    """
    plan = Plan.objects.filter(as_at__lte=as_at).order_by("-as_at", "-pk").first()
    plan = plan or Plan.objects.current().order_by("as_at", "-pk").first()
    if plan is None:
        raise BadInput("No plan is held yet: import one with `goldenthread plan import FILE`, or adopt the template.")
    return plan


def _progress(as_at: date) -> Document:
    return progress_report(plan_to_report_on(as_at), as_at)


REPORTS: dict[str, Report] = {
    report.name: report
    for report in (
        Report("progress", "Progress of the improvement plan", Permission.READ_PLAN, _progress),
        Report("unmet-need", "Unmet need, each month", Permission.READ_FIGURES, unmet_need_report),
        Report("written-referrals", "Referrals confirmed in writing, by agency", Permission.READ_FIGURES, written_report),
        Report("legal-advice", "Legal advice: who was on call, and how soon they answered", Permission.READ_FIGURES, legal_report, lambda first, last: legal_report(last, first)),
        Report("childs-views", "How children were seen and heard", Permission.READ_FIGURES, childs_views_report),
        Report("unallocated", "Case files without a worker", Permission.READ_FIGURES, unallocated_report),
        Report("interpreters", "Interpreters, by language and provider", Permission.READ_FIGURES, interpreters_report, interpreters_between),
        Report("attendance", "Who comes to conferences, by agency", Permission.READ_FIGURES, attendance_report, attendance_between),
        Report(
            "temporary-accommodation", "Temporary accommodation, each month", Permission.READ_FIGURES, accommodation_report,
            publisher=publish_accommodation_report, holds=hold_recommended,
        ),
    )
}  # fmt: skip


def build(name: str, as_at: date, *, by: Officer, first: date | None = None) -> Document:
    """The document of a report as at the end of a day. Builds anew from what is known now; publishes nothing. first: from
    which day on, for a report that can be asked for so; left out, what is usual for it.

    Raises BadInput for no such report, a day that lies ahead, or a report that cannot begin at a day, or does after its end;
    NotAllowed where the officer may not open it.
    """
    report = REPORTS.get(name)
    if report is None:
        raise BadInput(f"There is no report “{name}”; there are: {', '.join(sorted(REPORTS))}.")
    if not by.is_active:
        raise NotAllowed("This account is not in use.")
    require(by, report.permission)
    if as_at > today():
        raise BadInput(
            f"{day(as_at)} lies ahead: nobody knows yet how things will stand. Ask for today, or a day before."
        )
    if first is None:
        return report.builder(as_at)
    if report.between is None:
        raise BadInput(f"The report “{name}” is as at a day: leave out the day that it begins.")
    if first > as_at:
        raise BadInput("The report would end before it begins: check both days.")
    return report.between(first, as_at)
