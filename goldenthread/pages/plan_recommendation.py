"""Everything about one recommendation: its actions with their history, its progress, its figures, and who does what next."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goldenthread.core.clock import today
from goldenthread.core.templatetags.words import day as day_in_words
from goldenthread.obligations.verdicts import Verdict
from goldenthread.pages.plan_page import TAGS, ActionLine, to_be_seen
from goldenthread.pages.plan_views import may
from goldenthread.plan.evidence import Evidence, evidence_for
from goldenthread.plan.models import Action, ActionEvent, NextStep, Progress, Recommendation
from goldenthread.plan.remark import Remark
from goldenthread.plan.status import status_of
from goldenthread.reports.charts import numbers, run_chart_of
from goldenthread.reports.models import PublishedReport
from goldenthread.reports.tree import Chart, Table

VERSIONS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """One requirement that serves the recommendation: its figures, how many of each verdict, and its run chart with the
    table of its numbers, where there are two months or more to show."""

    evidence: Evidence
    verdicts: list[tuple[str, str, int]]
    chart: Chart | None
    table: Table | None


@dataclass(frozen=True, slots=True)
class EventLine:
    """Something that happened to an action, and what it changed, in words."""

    event: ActionEvent
    changes: list[str]


@dataclass(frozen=True, slots=True)
class ActionStory:
    """An action, how it stands, and what happened to it."""

    line: ActionLine
    events: list[EventLine]

    @property
    def moved(self) -> bool:
        """Whether its due date is not the first one any more."""
        return bool(self.line.action.first_due) and self.line.action.first_due != self.line.action.due


@dataclass(frozen=True, slots=True)
class Report:
    """What was said as at one reporting date."""

    on: date
    progress: list[Remark]
    next_steps: list[Remark]


def _found(pk: int, number: str) -> Recommendation:
    actions = Action.objects.order_by("order").prefetch_related(
        Prefetch("events", ActionEvent.objects.select_related("by")), "leads"
    )
    return get_object_or_404(
        Recommendation.objects.select_related("standard__plan", "continues").prefetch_related(
            Prefetch("actions", actions), "leads", "timescales", "to_settle", "ties", "progress"
        ),
        standard__plan=pk,
        number=number,
    )


def _versions(rec: Recommendation) -> list[Recommendation]:
    """The recommendation, and what it was in earlier versions of the plan."""
    versions = [rec]
    while versions[-1].continues_id and len(versions) < VERSIONS_SHOWN:
        versions.append(Recommendation.objects.select_related("standard").get(pk=versions[-1].continues_id))
    return versions


def _reports(versions: list[Recommendation]) -> list[Report]:
    """What was reported through all versions, the latest date first."""

    def by_date(found: QuerySet[Progress] | QuerySet[NextStep]) -> dict[date, list[Remark]]:
        ordered = (
            found.filter(recommendation__in=versions).select_related("by").order_by("reporting_date", "order", "pk")
        )
        return {on: list(many) for on, many in groupby(ordered, key=lambda remark: remark.reporting_date)}

    progress, next_steps = by_date(Progress.objects.all()), by_date(NextStep.objects.all())
    return [
        Report(on, progress.get(on, []), next_steps.get(on, []))
        for on in sorted(progress.keys() | next_steps.keys(), reverse=True)
    ]


def _history(action: Action) -> list[EventLine]:
    """Its events in the order in which they were true; that it was added comes first, since what was done before the
    plan's date was reported by that plan."""
    events = sorted(action.events_until(), key=lambda event: event.kind != ActionEvent.Kind.ADDED)
    return [EventLine(event, _changes(event)) for event in events]


def _changes(event: ActionEvent) -> list[str]:
    before, after = event.before, event.after
    said = []
    if before.get("due") != after.get("due") and (due := after.get("due")):
        said.append(f"due {_day(due)}" + (f", until then {_day(before['due'])}" if before.get("due") else ""))
    elif before.get("due") and "due" in after and not after["due"]:
        said.append(f"without a date, until then due {_day(before['due'])}")
    if before.get("text") != after.get("text") and after.get("text"):
        said.append(f"worded “{after['text']}”, until then “{before.get('text', '')}”")
    if due := after.get("first_due"):
        said.append(f"due {_day(due)}")
    if after.get("leads"):
        said.append(f"led by {'; '.join(after['leads'])}")
    if before.get("leads"):
        said.append(f"until then by {'; '.join(before['leads'])}")
    if lead := after.get("lead"):
        said.append(f"led by {lead}")
    return said


def _day(iso: str) -> str:
    return day_in_words(date.fromisoformat(iso))


def _shown(evidence: Evidence, opens: bool) -> Shown:
    counts = evidence.counts
    verdicts = (
        [(verdict.value, verdict.in_words, getattr(counts, verdict.value)) for verdict in Verdict] if opens else []
    )
    months = to_be_seen(evidence.months, opens)
    if sum(1 for *_, judged in months if judged) < 2:
        return Shown(evidence, verdicts, None, None)
    chart = run_chart_of(months, title=f"{evidence.title}: share in time by month")
    return Shown(evidence, verdicts, chart, numbers(months, caption=f"{evidence.title}, by month"))


@require_safe
def recommendation(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """The page of one recommendation."""
    rec, day, allowed = _found(pk, number), today(), may(request)
    keys = [tie.requirement for tie in rec.ties.all() if tie.untied_at is None]
    status = status_of(rec, day)
    stories = [
        ActionStory(
            ActionLine(action, status_of(action, day), [lead.words for lead in action.leads.all() if lead.in_force()]),
            _history(action),
        )
        for action in rec.actions.all()
    ]
    versions = _versions(rec)
    reports = _reports(versions)
    still_open = [story for story in stories if story.line.status.key != "done"]
    numbers_in_plan = list(
        Recommendation.objects.filter(standard__plan=pk)
        .order_by("standard__number", "order")
        .values_list("number", flat=True)
    )
    at = numbers_in_plan.index(number)
    context = {
        "rec": rec,
        "plan": rec.standard.plan,
        "status": status,
        "tag": TAGS[status.key],
        "tags": TAGS,
        "stories": stories,
        "open": sorted(still_open, key=lambda story: (story.line.action.due is None, story.line.action.due or day)),
        "reports": reports,
        "published": PublishedReport.objects.without_files().filter(
            plan__in={version.standard.plan_id for version in versions}
        ),
        "remaining": next((report for report in reports if report.next_steps), None),
        "unpaired_leads": [lead for lead in rec.leads.all() if lead.action_id is None and lead.in_force()],
        "unpaired_timescales": [each for each in rec.timescales.all() if each.action_id is None],
        "settle": [item for item in rec.to_settle.all() if item.settled_at is None],
        "settled": [item for item in rec.to_settle.all() if item.settled_at is not None],
        "requirements": [_shown(each, allowed["open"]) for each in evidence_for(keys, day)],
        "before": numbers_in_plan[at - 1] if at else None,
        "after": numbers_in_plan[at + 1] if at + 1 < len(numbers_in_plan) else None,
        "may": allowed if rec.standard.plan.is_current else allowed | {"keep": False, "update": False},
        "today": day,
    }
    return render(request, "pages/plan/recommendation.html", context)
