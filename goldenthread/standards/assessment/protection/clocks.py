"""The clocks of a case file's child protection work in a line each, read from what is owed on it: one query."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from goldenthread.cases.models import CaseFile
from goldenthread.core.calendar import working_days_between
from goldenthread.core.clock import day_of, now
from goldenthread.core.templatetags.words import day, due_in
from goldenthread.core.timescales import timescale
from goldenthread.obligations.models import Obligation
from goldenthread.standards.assessment.protection.models import ProtectionPlan, StrategyDiscussion

DISCUSSION, PLAN = StrategyDiscussion._meta.label_lower, ProtectionPlan._meta.label_lower
_NEXT = (
    ("protection.visit", "next visit"),
    ("protection.seen-alone", "to be seen alone"),
    ("protection.first-core-group", "first core group"),
    ("protection.core-group", "next core group"),
    ("protection.first-review-conference", "first review conference"),
    ("protection.review-conference", "next review conference"),
)


@dataclass(slots=True)
class Clocks:
    """What is owed on the discussions and plans of one file, by record and requirement."""

    at: datetime
    by_record: dict[tuple[str, int], dict[str, list[Obligation]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def discussions(self) -> list[int]:
        """The numbers of the discussions that stand, the newest first."""
        found = [
            (rows["protection.three-agencies"][0].since_at, pk)
            for (kind, pk), rows in self.by_record.items()
            if kind == DISCUSSION and rows["protection.three-agencies"]
        ]
        return [pk for _, pk in sorted(found, reverse=True)]

    def held(self, pk: int) -> datetime:
        """When a discussion was held."""
        return self.by_record[DISCUSSION, pk]["protection.three-agencies"][0].since_at

    def enquiry(self, pk: int) -> tuple[str, str, str]:
        """Where what began with a discussion stands: in words, a tag and its colour."""
        rows = self.by_record[DISCUSSION, pk]
        outcome = next(iter(rows["protection.enquiry-outcome"]), None)
        conference = next(iter(rows["protection.initial-conference"]), None)
        if outcome is None:
            return "No section 47 enquiry began with it.", "", ""
        whole = rule.amount if (rule := timescale("initial-conference", day_of(outcome.since_at))) else 0
        number = working_days_between(day_of(outcome.since_at), day_of(self.at))
        if outcome.done_at is None:
            words = f"Section 47 enquiry, day {number} of {whole}. Outcome {due_in(outcome.due_at, self.at)}."
            return words, *_tag(outcome, f"Enquiry day {number}", self.at)
        found = f"Outcome decided {day(outcome.done_at)}."
        if conference is None:
            return f"{found} No conference is owed.", "", ""
        if conference.done_at is None:
            words = f"{found} Day {number} of {whole}: conference {due_in(conference.due_at, self.at)}."
            return words, *_tag(conference, "Conference owed", self.at)
        return f"{found} Conference held {day(conference.done_at)}.", "", ""

    def plan(self, pk: int) -> tuple[str, str, str]:
        """What a plan asks for next: in words, a tag and its colour."""
        rows = self.by_record[PLAN, pk]
        parts = []
        late = ""
        for key, what in _NEXT:
            still = [row for row in rows[key] if row.done_at is None and row.excused_at is None]
            if still:
                first = min(still, key=lambda row: row.due_at or self.at)
                parts.append(f"{what} {due_in(first.due_at, self.at)}")
                if first.due_at is not None and first.due_at < self.at:
                    late = late or f"{what.removeprefix('next ')} overdue".capitalize()
        words = "; ".join(parts)
        return f"{words[:1].upper()}{words[1:]}." if words else "", late or "On a plan", "red" if late else "blue"


def _tag(row: Obligation, words: str, at: datetime) -> tuple[str, str]:
    late = row.due_at is not None and row.due_at < at and row.excused_at is None
    return ("Overdue", "red") if late else (words, "blue")


def clocks_of(case_file: CaseFile | int, *, only: Iterable[tuple[str, int]] = ()) -> Clocks:
    """The clocks of a case file; `only`: of these records."""
    at = now()
    found = Clocks(at)
    rows = Obligation.objects.filter(
        case_file=case_file,
        subject_type__in=[DISCUSSION, PLAN],
        since_at__lte=at,
        requirement__startswith="protection.",
    ).order_by("since_at", "pk")
    wanted = set(only)
    for row in rows.only(
        "subject_type", "subject_id", "requirement", "since_at", "due_at", "done_at", "excused_at", "key"
    ):
        if not wanted or (row.subject_type, row.subject_id) in wanted:
            found.by_record[row.subject_type, row.subject_id][row.requirement].append(row)
    return found
