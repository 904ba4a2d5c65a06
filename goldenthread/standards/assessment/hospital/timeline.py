"""Everything that happened on a notification, in order, as its page tells it."""

from goldenthread.cases.facts import Fact
from goldenthread.cases.timeline import Entry, as_they_stand, latest_first
from goldenthread.standards.assessment.hospital.models import (
    Discharge,
    DischargePlan,
    Escalation,
    HarmReview,
    HospitalNotification,
    StepTaken,
    WardVisit,
)

RELATED = ("visits", "steps", "harm_reviews", "plans", "discharges", "escalations")


def said(fact: Fact) -> tuple[str, tuple[str, ...]]:
    """What a fact says, in words."""
    match fact:
        case WardVisit():
            return "Seen on the ward", (fact.seen,)
        case StepTaken():
            return f"{fact.get_step_display()}{'' if fact.needed else ': not needed'}", (fact.words,)
        case HarmReview():
            return f"May somebody have harmed the child? {fact.get_answer_display()}", (fact.why,)
        case DischargePlan():
            agreed = f"Agreed by {fact.consultant}, {fact.worker.name} and {fact.manager.name}"
            return f"Discharge plan: {fact.where_to}", (
                f"Looks after the child there: {fact.with_whom}",
                f"Visits: {fact.visits}",
                agreed,
            )
        case Discharge():
            return f"The child left. {fact.get_how_display()}: {fact.where_to}", (fact.done,)
        case Escalation():
            return "A senior manager answered", (fact.words,)
    raise TypeError(f"{type(fact).__name__} has no words")


def timeline(notification: HospitalNotification) -> list[Entry]:
    """All facts on it, latest first. Fetch `RELATED` with it, each with who recorded it."""
    return latest_first(entry for name in RELATED for entry in as_they_stand(getattr(notification, name).all(), said))
