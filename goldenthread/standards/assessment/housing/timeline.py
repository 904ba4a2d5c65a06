"""What happened on a move to temporary accommodation, in words, as its page tells it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from goldenthread.cases.facts import Fact
from goldenthread.core.templatetags.words import day
from goldenthread.standards.assessment.housing.models import (
    AccommodationReview,
    ShortfallAnswer,
    ShortfallOutcome,
    ShortfallReport,
    Suitability,
    TemporaryMove,
    TemporaryMoveEnd,
)

WITH = (
    "suitability_assessments__by", "suitability_assessments__child", "suitability_assessments__shortfall_reports__by",
    "suitability_assessments__shortfall_reports__to", "suitability_assessments__shortfall_reports__shortfall_answers__by",
    "suitability_assessments__shortfall_reports__shortfall_outcomes__by", "accommodation_reviews__by", "ends__by",
)  # fmt: skip
"""What to fetch with a move for its page."""
_LATE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. fact and kind: for the page that corrects it; superseded: a later row stands in its place;
    withdrawn: it was taken back."""

    what: str
    words: tuple[str, ...]
    fact: Fact
    kind: str
    superseded: bool

    @property
    def late(self) -> timedelta | None:
        """How much later it was recorded, where that is more than a day."""
        apart = self.fact.recorded_at - self.fact.occurred_at
        return apart if apart > _LATE else None

    @property
    def stands(self) -> bool:
        """Whether it is neither corrected nor taken back."""
        return not self.superseded and not self.fact.withdrawn


def _told(fact: Fact) -> tuple[str, tuple[str, ...]]:
    """What it says, and the words beside it."""
    match fact:
        case Suitability():
            found = [
                f"{heading.label} falls short: {words}"
                for heading, judged, words in fact.judged()
                if judged == "shortfall"
            ]
            joint = f"With {fact.with_housing}" if fact.with_housing else f"Without Housing: {fact.why_not_joint}"
            change = (
                f"To change: {fact.change_what}. By {fact.change_who}, until {day(fact.change_by)}"
                if fact.change_what
                else ""
            )
            what = f"Seen for {fact.child.name}: {fact.get_overall_display().lower()}"
            return what, tuple(words for words in (*found, change, joint) if words)
        case ShortfallReport():
            return f"Shortfall reported to {fact.to.name}, {fact.to.role_data.title.lower()}", (fact.asked,)
        case ShortfallAnswer():
            return f"Answered by {fact.by.name}: by {day(fact.by_when)}", (fact.will_do,)
        case ShortfallOutcome():
            return f"Outcome: {fact.get_what_display().lower()}", (fact.words,)
        case AccommodationReview():
            return f"Looked at again: {fact.get_finding_display().lower()}", (fact.words, f"Next: {fact.next_step}")
        case TemporaryMoveEnd():
            return f"The children left: {fact.get_went_to_display().lower()}", (fact.words,) if fact.words else ()
    raise TypeError(type(fact))


def _rows(move: TemporaryMove) -> Iterator[list[Fact]]:
    assessments = list(move.suitability_assessments.all())
    reports = [report for one in assessments for report in one.shortfall_reports.all()]
    yield list(assessments)
    yield list(reports)
    yield [answer for report in reports for answer in report.shortfall_answers.all()]
    yield [outcome for report in reports for outcome in report.shortfall_outcomes.all()]
    yield list(move.accommodation_reviews.all())
    yield list(move.ends.all())


def timeline(move: TemporaryMove) -> list[Entry]:
    """Everything that happened, newest first, what was corrected too."""
    entries = []
    for rows in _rows(move):
        gone = {row.supersedes_id for row in rows}
        entries += [Entry(*_told(row), row, row._meta.model_name or "", row.pk in gone) for row in rows]
    return sorted(entries, key=lambda e: (e.fact.occurred_at, e.fact.recorded_at, e.fact.pk), reverse=True)
