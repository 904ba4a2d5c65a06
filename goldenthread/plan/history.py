"""What was said of a recommendation over time, through all versions of its plan."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from goldenthread.plan.models import NextStep, Plan, Progress, Recommendation


@dataclass(slots=True)
class Report:
    """What was reported as at a day, in the version of the plan that held it."""

    reporting_date: date
    plan: Plan
    progress: list[Progress] = field(default_factory=list)
    next_steps: list[NextStep] = field(default_factory=list)


def versions_of(recommendation: Recommendation) -> Iterator[Recommendation]:
    """The recommendation, then the same one in each earlier version of the plan."""
    version: Recommendation | None = recommendation
    while version is not None:
        yield version
        version = version.continues


def reports_on(recommendation: Recommendation) -> list[Report]:
    """All progress and next steps by reporting date, the latest first; of one date, the later version's first."""
    reports: list[Report] = []
    for version in versions_of(recommendation):
        by_date: dict[date, Report] = {}
        for progress in version.progress.select_related("by").order_by("order", "pk"):
            _on(by_date, progress.reporting_date, version.plan).progress.append(progress)
        for step in version.next_steps.select_related("by").order_by("order", "pk"):
            _on(by_date, step.reporting_date, version.plan).next_steps.append(step)
        reports += by_date.values()
    return sorted(reports, key=lambda report: report.reporting_date, reverse=True)


def _on(by_date: dict[date, Report], day: date, plan: Plan) -> Report:
    return by_date.setdefault(day, Report(day, plan))
