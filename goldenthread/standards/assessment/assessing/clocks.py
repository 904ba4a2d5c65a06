"""When an assessment is due: by the rule of its kind that was in force when its clock started.

Two starts are in use. Guidance counts initial and single assessments from the referral (Working Together 2010 and 2013
on), core assessments and enquiries from when they began (Framework for the Assessment 2000, 3.11). The children in need
census counts from the start of the assessment (its validation rule 8670Q). We judge by guidance, and show both.
"""

from dataclasses import dataclass
from datetime import date, datetime

from goldenthread.core.calendar import working_days_between
from goldenthread.core.clock import day_of
from goldenthread.core.timescales import Timescale, timescale
from goldenthread.standards.assessment.assessing.choices import Kind
from goldenthread.standards.assessment.assessing.models import Assessment

RULES: dict[str, str] = {
    Kind.INITIAL: "assessment-initial",
    Kind.CORE: "assessment-core",
    Kind.SINGLE: "assessment-single",
    Kind.SECTION_47: "assessment-enquiry",
}
_FROM_REFERRAL = frozenset({Kind.INITIAL, Kind.SINGLE})


def kinds_on(day: date) -> list[str]:
    """The kinds of assessment that may begin on a day: those that a rule of time is in force for."""
    return [kind for kind, rule in RULES.items() if timescale(rule, day)]


def counted_from(assessment: Assessment) -> datetime:
    """The instant from which guidance counts."""
    if assessment.kind in _FROM_REFERRAL and assessment.referral is not None:
        return assessment.referral.received_at
    return assessment.started_at


def rule_of(assessment: Assessment) -> Timescale | None:
    """Its rule: of the day on which its clock started or, where there was none of its kind yet, on which it began."""
    key = RULES[assessment.kind]
    return timescale(key, day_of(counted_from(assessment))) or timescale(key, day_of(assessment.started_at))


def due_at(assessment: Assessment) -> datetime | None:
    """The last instant in time, or None where no rule was in force."""
    rule = rule_of(assessment)
    return rule.due(counted_from(assessment)) if rule else None


@dataclass(frozen=True, slots=True)
class Clock:
    """One way to count an assessment's days. since: from what; judged: whether it is judged by this one; day: the number
    of working days up to an instant; of: of how many; due: the last instant in time."""

    since: str
    began: datetime
    judged: bool
    day: int
    of: int
    due: datetime
    citation: str


def clocks(assessment: Assessment, at: datetime) -> list[Clock]:
    """The clock that it is judged by as at an instant (when it was signed off, or now); and the other one, where it
    began on another day."""
    rule = rule_of(assessment)
    if rule is None:
        return []
    judged = counted_from(assessment)
    ways = [("the referral", assessment.referral.received_at)] if assessment.referral else []
    ways.append(("the start", assessment.started_at))
    days = {day_of(began) for _, began in ways}
    found = [
        Clock(
            since, began, began == judged, working_days_between(day_of(began), day_of(at)), rule.amount, rule.due(began),
            rule.citation if began == judged else "Children in need census, validation rule 8670Q counts from the start",
        )
        for since, began in ways
        if began == judged or (len(days) > 1 and since == "the start")
    ]  # fmt: skip
    return sorted(found, key=lambda clock: not clock.judged)
