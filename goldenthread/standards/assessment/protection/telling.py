"""What was recorded of a discussion or a plan, in order, as its page tells it: corrections and what was taken back too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from goldenthread.cases.facts import Fact
from goldenthread.core.clock import day_of
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


@dataclass(frozen=True, slots=True)
class Told:
    """One fact as it stands, or was taken back. later: “3 days later”, where it was not recorded the same day; before:
    what it said before, with why it was corrected. kind and pk: where it is corrected; current: whether it can be."""

    what: str
    words: str
    occurred_at: datetime
    recorded_at: datetime
    by: str
    later: str
    kind: str
    pk: int
    withdrawn: str
    before: tuple[tuple[str, str, datetime, str], ...]


def _said(fact: Fact) -> tuple[str, str]:
    match fact:
        case StrategyDiscussion():
            return f"Strategy discussion: {fact.get_decision_display().lower()}", fact.why
        case EnquiryOutcome():
            return f"Outcome of the enquiry: {fact.get_outcome_display().lower()}", fact.why
        case ConferenceDate(step=Step.HELD):
            return "Initial conference held", fact.words
        case ConferenceDate():
            return "Initial conference arranged", f"For {moment(fact.arranged_for)}"
        case ProtectionPlan():
            return f"Plan begun: {fact.get_category_display().lower()}", ""
        case CoreGroup():
            return "Core group met", fact.words
        case ReviewConference():
            return "Review conference held", fact.words
        case PlanEnd():
            return f"Plan ended: {fact.get_reason_display().lower()}", fact.words
    raise TypeError(f"{type(fact).__name__} has no words")


def _late(occurred_at: datetime, recorded_at: datetime) -> str:
    days = (day_of(recorded_at) - day_of(occurred_at)).days
    return "" if days <= 0 else "1 day later" if days == 1 else f"{days} days later"


def history(*groups: Iterable[Fact]) -> list[Told]:
    """All of these facts, the latest first."""
    found = [told for rows in groups for told in _tell(list(rows))]
    return sorted(found, key=lambda told: (told.occurred_at, told.recorded_at), reverse=True)


def _tell(rows: list[Fact]) -> Iterable[Told]:
    by_id = {row.pk: row for row in rows}
    superseded = {row.supersedes_id for row in rows}
    for last in rows:
        if last.pk in superseded:
            continue
        before, row = [], last
        while row.supersedes_id is not None:
            reason, row = row.correction_reason, by_id[row.supersedes_id]
            before.append((*_said(row), row.occurred_at, reason))
        first = row
        yield Told(
            *_said(last),
            occurred_at=last.occurred_at,
            recorded_at=first.recorded_at,
            by=first.by.name,
            later=_late(last.occurred_at, first.recorded_at),
            kind=last._meta.model_name or "",
            pk=first.pk,
            withdrawn=last.correction_reason if last.withdrawn else "",
            before=() if last.withdrawn else tuple(before),
        )
