"""What was recorded of a discussion or a plan, in order, as its page tells it: corrections and what was taken back too."""

from collections.abc import Iterable

from goldenthread.cases.facts import Fact
from goldenthread.cases.timeline import Entry, as_they_stand, latest_first
from goldenthread.core.templatetags.words import moment
from goldenthread.standards.assessment.protection.choices import Step
from goldenthread.standards.assessment.protection.models import (
    ConferenceDate,
    CoreGroup,
    EnquiryOutcome,
    PlanEnd,
    ProtectionPlan,
    ReviewConference,
    StrategyDiscussion,
)


def said(fact: Fact) -> tuple[str, tuple[str, ...]]:
    match fact:
        case StrategyDiscussion():
            return f"Strategy discussion: {fact.get_decision_display().lower()}", (fact.why,)
        case EnquiryOutcome():
            return f"Outcome of the enquiry: {fact.get_outcome_display().lower()}", (fact.why,)
        case ConferenceDate(step=Step.HELD):
            return "Initial conference held", (fact.words,)
        case ConferenceDate():
            return "Initial conference arranged", (f"For {moment(fact.arranged_for)}",)
        case ProtectionPlan():
            return f"Plan begun: {fact.get_category_display().lower()}", ()
        case CoreGroup():
            return "Core group met", (fact.words,)
        case ReviewConference():
            return "Review conference held", (fact.words,)
        case PlanEnd():
            return f"Plan ended: {fact.get_reason_display().lower()}", (fact.words,)
    raise TypeError(f"{type(fact).__name__} has no words")


def _shown(fact: Fact) -> tuple[str, tuple[str, ...]]:
    """What was taken back may be another child's: its words are not shown any more."""
    what, words = said(fact)
    return what, () if fact.withdrawn else words


def history(*groups: Iterable[Fact]) -> list[Entry]:
    """All of these facts, the latest first."""
    return latest_first(entry for rows in groups for entry in as_they_stand(rows, _shown))
