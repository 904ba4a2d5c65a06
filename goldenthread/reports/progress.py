"""The progress report of a plan, as at a date: what was to be done, by whom and when, what was reported, what remains,
and what the records show. It counts and it quotes; it never says of its own accord that anything improved.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db.models import Prefetch

from goldenthread.core.templatetags.words import day
from goldenthread.plan.evidence import evidence_of_plan
from goldenthread.plan.models import Action, Lead, Plan, Recommendation, Standard
from goldenthread.plan.status import TITLES, statuses_of
from goldenthread.reports.progress_rows import Standing, due_words, rows_of, standing
from goldenthread.reports.tree import Block, Column, Document, Heading, Paragraph, SummaryList, Table

_WIDTHS = (1.7, 2.1, 1.3, 1.1, 2.1, 1.5)


@dataclass(slots=True)
class _Counts:
    recommendations: int = 0
    unreported: int = 0
    with_evidence: int = 0
    actions: int = 0
    done: int = 0
    passed: int = 0
    moved: int = 0
    statuses: Counter[str] = field(default_factory=Counter)


def progress_report(plan: Plan, as_at: date, *, known_at: datetime | None = None) -> Document:
    """The report as at The end of a day.

    The plan's own words stand as they are, also where the plan was imported after that day. What happened to its
    actions, what was reported and what the records show is what was true by that day; known_at narrows it to what was
    known by an instant (evidence, left out: by the end of the day). Queries do not grow with the plan.
    """
    standards = _loaded(plan)
    evidence = evidence_of_plan(plan, as_at, known_at)
    statuses = statuses_of(plan, as_at, known_at, evidence=evidence).recommendations
    counts = _Counts()
    blocks: list[Block] = []
    for standard in standards:
        groups = []
        for rec in standard.recommendations.all():
            found = evidence.get(rec.pk, [])
            groups.append(rows_of(rec, as_at, known_at, found, statuses[rec.pk]))
            _count(counts, rec, as_at, known_at, bool(found))
            counts.statuses[statuses[rec.pk].key] += 1
        blocks += [
            Heading(_heading(standard)),
            Table(f"Standard {standard.number}: progress on its recommendations", _columns(as_at), tuple(groups)),
        ]
    title = f"{short_title(plan.title)}: progress as at {day(as_at)}"
    return Document(
        title=title,
        as_at=as_at,
        authority=settings.AUTHORITY,
        blocks=(*_summary(plan, as_at, standards, counts), *blocks, *_about(plan, standards, as_at, known_at)),
    )


def short_title(title: str) -> str:
    """The plan's title without a date of its own: “Improvement plan” of “Improvement plan – progress as at 31 October”."""
    return (
        re.sub(r"\s*[-–—:,(]*\s*progress\s+as\s+at\b.*$", "", title, flags=re.IGNORECASE | re.DOTALL).strip() or title
    )


def _loaded(plan: Plan) -> list[Standard]:
    actions = Action.objects.order_by("order", "pk").prefetch_related("events", "leads")
    recommendations = Recommendation.objects.order_by("order", "pk").prefetch_related(
        Prefetch("actions", actions),
        Prefetch("leads", Lead.objects.filter(action=None)),
        "timescales",
        "progress",
        "next_steps",
        "to_settle",
    )
    return list(plan.standards.prefetch_related(Prefetch("recommendations", recommendations)))


def _heading(standard: Standard) -> str:
    says_so = standard.title.casefold().startswith("standard")
    return standard.title if says_so else f"Standard {standard.number}: {standard.title}"


def _columns(as_at: date) -> tuple[Column, ...]:
    names = (
        "Recommendation",
        "Actions",
        "Lead officers",
        "Timescale",
        f"Progress as at {day(as_at)}",
        "Further action",
    )
    return tuple(Column(name, width) for name, width in zip(names, _WIDTHS, strict=True))


def _count(counts: _Counts, rec: Recommendation, as_at: date, known_at: datetime | None, evidence: bool) -> None:
    counts.recommendations += 1
    counts.with_evidence += evidence
    counts.unreported += not any(remark.reporting_date <= as_at for remark in rec.progress.all())
    for action in rec.actions.all():
        how = standing(action, as_at, known_at)
        if how is Standing.NOT_YET:
            continue
        counts.actions += 1
        counts.done += how is Standing.DONE
        counts.passed += how is Standing.PASSED
        counts.moved += due_words(action, as_at, known_at) is not None


def _of(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _summary(plan: Plan, as_at: date, standards: list[Standard], counts: _Counts) -> tuple[Block, ...]:
    actions = [f"{counts.done:,} recorded as done"]
    if counts.passed:
        actions.append(
            f"{counts.passed:,} not, although {'its date has' if counts.passed == 1 else 'their dates have'} passed"
        )
    if going_on := counts.actions - counts.done - counts.passed:
        actions.append(f"{going_on:,} not yet due, or without a date")
    rows = [
        ("Plan", f"{short_title(plan.title)}: {_of(len(standards), 'standard', 'standards')}, "
                 f"{_of(counts.recommendations, 'recommendation', 'recommendations')} and "
                 f"{_of(counts.actions, 'action', 'actions')}"),
        ("Recommendations", ", ".join(f"{n} {title.lower()}" for key, title in TITLES.items() if (n := counts.statuses[key]))),
        ("Actions", "; ".join(actions)),
    ]  # fmt: skip
    if counts.moved:
        rows.append(
            (
                "Dates changed",
                f"{_of(counts.moved, 'action has', 'actions have')} another date than at first; both are shown",
            )
        )
    if counts.unreported:
        rows.append(("Progress not reported", f"On {_of(counts.unreported, 'recommendation', 'recommendations')}"))
    rows.append(
        (
            "Evidence from records",
            f"For {counts.with_evidence:,} of {_of(counts.recommendations, 'recommendation', 'recommendations')}",
        )
    )
    return (
        SummaryList(tuple(rows)),
        Paragraph(
            "Progress and further action are in the words of those who reported them. Status is worked out from what "
            "is recorded: an action counts as done once it is recorded as done. Evidence is counted from records and "
            "stands apart, under each recommendation."
        ),
    )  # fmt: skip


def _about(plan: Plan, standards: list[Standard], as_at: date, known_at: datetime | None) -> tuple[Block, ...]:
    front = " / ".join(words["text"] for words in plan.front)
    known = f"what was known on {day(known_at)}" if known_at else f"what was known by the end of {day(as_at)}"
    rows = [
        ("As at", f"the end of {day(as_at)}. Evidence is {known}: a record that was made later is not in it"),
        ("In time", "A thing counts when its date for being done has passed or it is done; what is excused or not yet due does not"),
        ("Interval", "Where the true share very likely lies, given how few or many were counted (Wilson, 95%)"),
        ("Change", "Said only where run-chart rules find a signal: six points in a row on one side of the median, or five rising or falling. Months in which something is not due yet are left out"),
        ("Small numbers", "1 to 4 are given as “fewer than 5”, and what would give them away is given roughly; below 10, shares are too few to say"),
    ]  # fmt: skip
    if plan.file_name:
        rows.append(("Source of the plan", f"{plan.file_name}, confirmed on {day(plan.confirmed_at)}"))
    if front:
        rows.append(("The plan's own heading", front))
    headings = dict.fromkeys(words["text"] for standard in standards for words in standard.headings)
    if headings:
        rows.append(("The plan's own column headings", " / ".join(headings)))
    return (Heading("About this report"), SummaryList(tuple(rows)))
