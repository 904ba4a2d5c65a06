"""For the command line: the published report's file, publishing it first where it is not yet."""

from goldenthread.core.clock import today
from goldenthread.core.errors import BadInput
from goldenthread.people.models import Officer
from goldenthread.reports.actions import publish_progress_report
from goldenthread.reports.models import PublishedReport
from goldenthread.reports.registry import plan_to_report_on


def published_or_publish(name: str, kind: str, *, by: Officer) -> bytes:
    """The file of the latest published report of the current plan; with none, one is published as at today.

    Raises BadInput for a report that is not published this way, or where no plan is held; NotAllowed.
    """
    if name != "progress":
        raise BadInput(f"The report “{name}” is not published: draw it with `goldenthread report {name}`.")
    plan = plan_to_report_on(today())
    found = PublishedReport.objects.filter(name=name, plan=plan).order_by("-as_at", "-edition").first()
    return (found or publish_progress_report(plan=plan, as_at=today(), by=by)).file(kind)
