"""What happened on a move to temporary accommodation, in words, as its page tells it."""

from collections.abc import Callable, Iterator

from goldenthread.cases.facts import Fact
from goldenthread.cases.timeline import Entry, each_row, latest_first
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


def told(fact: Fact) -> tuple[str, tuple[str, ...]]:
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


def timeline(move: TemporaryMove, may: Callable[[Fact], bool]) -> list[Entry]:
    """Everything that happened, newest first, what was corrected too. may: whether somebody may correct a fact."""
    return latest_first(entry for rows in _rows(move) for entry in each_row(rows, told, may))
