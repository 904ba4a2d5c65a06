"""Figures: all requirements by team, and one requirement by team and by month."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import day_of, today
from goldenthread.core.templatetags.words import month as month_in_words
from goldenthread.core.timescales import Timescale, add_months, library
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.requirement import Requirement, installed
from goldenthread.obligations.tally import Counts, Row, tally
from goldenthread.pages.asked import NO_TEAM, Asked, asked
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.plan.evidence import is_over
from goldenthread.plan.template import template_content
from goldenthread.reports.charts import run_chart_of


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it counts, and where its records are (nowhere for those who may not open records)."""

    name: str
    counts: Counts
    url: str = ""

    @property
    def shown_at(self) -> str:
        """Where its records are; nothing where there are none."""
        return self.url if self.counts.owed else ""


def _rows(question: Asked, officer: Officer, requirements: list[str] | None = None) -> list[Row]:
    found = tally(question.at, question.known, requirements=requirements, without=sight_of(officer).shut)
    return [row for row in found if question.first <= row.month <= question.last]


def _sum(rows: list[Row]) -> Counts:
    return sum((row.counts for row in rows), Counts())


def _link(question: Asked, requirement: str, opens: bool, **other: str) -> str:
    return f"{reverse('drill-down', args=[requirement])}?{question.query(**other)}" if opens else ""


OTHER = "other"
"""What serves no recommendation of its own: the plan's actions, and access to records."""


@dataclass(frozen=True, slots=True)
class Part:
    """The requirements of one standard, or the others: one page of figures."""

    key: str
    name: str
    url: str
    here: bool


def _part_of(requirement: Requirement) -> str:
    standard = requirement.serves.partition(".")[0]
    return standard if standard.isdigit() else OTHER


def _parts(question: Asked, here: str) -> list[Part]:
    """Those that have a requirement. Raises Http404 where `here` is none of them."""
    names = {str(s.number): f"Standard {s.number}: {s.title.text}" for s in template_content(today()).standards}
    names[OTHER] = "The plan and access to records"
    used = {_part_of(requirement) for requirement in installed().values()}
    if here not in used:
        raise Http404("no such standard")
    address = reverse("figures")
    return [
        Part(key, name, f"{address}?{question.query(standard=key)}", key == here)
        for key, name in names.items()
        if key in used
    ]


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """All requirements of one standard by team, for a period."""
    officer, question = officer_of(request), asked(request)
    opens = officer.may(Permission.READ_RECORDS)
    here = request.GET.get("standard", "1")
    parts = _parts(question, here)
    shown = [requirement for requirement in installed().values() if _part_of(requirement) == here]
    by: dict[tuple[str, int | None], Counts] = {}
    for row in _rows(question, officer, [requirement.key for requirement in shown]):
        key = (row.requirement, row.team_id)
        by[key] = by.get(key, Counts()) + row.counts
    used = [team for team in question.teams if any(team_id == team.pk for _, team_id in by)]
    lines = []
    for requirement in shown:
        cells = [
            Figure(
                team.name,
                by.get((requirement.key, team.pk), Counts()),
                _link(question, requirement.key, opens, team=team.key),
            )
            for team in used
        ]
        everywhere = sum((counts for (key, _), counts in by.items() if key == requirement.key), Counts())
        total = Figure("All teams", everywhere, _link(question, requirement.key, opens))
        lines.append(
            (requirement, f"{reverse('requirement', args=[requirement.key])}?{question.query()}", cells, total)
        )
    context = {
        "question": question,
        "teams": used,
        "lines": lines,
        "whole": opens,
        "parts": parts,
        "part": next(part for part in parts if part.here),
    }
    return render(request, "pages/figures.html", context)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The months in which a requirement was owed, where it was not in those that were asked for."""

    first: date
    last: date
    url: str

    @property
    def words(self) -> str:
        """March 2025, or March 2025 to June 2025."""
        first, last = month_in_words(self.first), month_in_words(self.last)
        return first if first == last else f"{first} to {last}"


def owed_elsewhere(question: Asked, key: str, address: str) -> Elsewhere | None:
    """When a requirement was owed at all, and the same page for those months; None where it never was."""
    found = Obligation.objects.begun(question.at, question.known).filter(requirement=key)
    months = found.aggregate(first=Min("month"), last=Max("month"))
    first, last = months["first"], months["last"]
    if first is None or (question.first <= last and first <= question.last):
        return None
    return Elsewhere(first, last, f"{address}?{question.query(**{'from': f'{first:%Y-%m}', 'to': f'{last:%Y-%m}'})}")


def _months(rows: list[Row], question: Asked) -> list[tuple[date, Counts]]:
    by: dict[date, Counts] = {}
    for row in rows:
        by[row.month] = by.get(row.month, Counts()) + row.counts
    months, month = [], question.first
    while month <= question.last:
        months.append((month, by.get(month, Counts())))
        month = add_months(month, 1)
    return months


def _rules(requirement: Requirement) -> list[Timescale]:
    return list(library().get(requirement.timescale or "", ()))


def requirement_of(key: str) -> Requirement:
    """The requirement of this key. Raises Http404 where there is none."""
    if (found := installed().get(key)) is None:
        raise Http404("no such requirement")
    return found


@require_safe
def requirement(request: HttpRequest, key: str) -> HttpResponse:
    """What is demanded, why, by which rule of time, and how often it is met."""
    officer, question, shown = officer_of(request), asked(request), requirement_of(key)
    opens = officer.may(Permission.READ_RECORDS)
    rows = _rows(question, officer, [key])
    if question.team:
        rows = [row for row in rows if row.team_id == question.team.pk]
    names: dict[int | None, tuple[str, str]] = {team.pk: (team.name, team.key) for team in question.teams}
    names[None] = ("No team", NO_TEAM)
    by_team = [
        Figure(
            names[team][0],
            _sum([row for row in rows if row.team_id == team]),
            _link(question, key, opens, team=names[team][1]),
        )
        for team in sorted({row.team_id for row in rows}, key=lambda pk: names[pk][0])
    ]
    team = {"team": question.team.key} if question.team else {}
    months = _months(rows, question)
    by_month = [
        (month, Figure("", counts, _link(question, key, opens, month=f"{month:%Y-%m}", **team)))
        for month, counts in months
    ]
    # A month in which something is not due yet looks better than it will be: it is in the table, and not in the chart.
    as_at = day_of(question.at)
    figures = [(month, counts.met, counts.judged) for month, counts in months if is_over(shown, month, as_at)]
    total = _sum(rows)
    context = {
        "requirement": shown,
        "rules": _rules(shown),
        "question": question,
        "today": today(),
        "total": total,
        "verdicts": [
            (name, getattr(total, name), _link(question, key, opens, verdict=name, **team))
            for name in ("met", "late", "overdue", "due", "excused")
        ],
        "elsewhere": None if total.owed else owed_elsewhere(question, key, request.path),
        "by_team": by_team,
        "by_month": by_month,
        "whole": opens,
        "chart": run_chart_of(figures, title=f"{shown.title}: share in time by month")
        if opens and sum(1 for *_, judged in figures if judged) > 1
        else None,
    }
    return render(request, "pages/requirement.html", context)
