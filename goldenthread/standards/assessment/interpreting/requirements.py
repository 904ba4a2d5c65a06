"""What good practice demands where a family needs an interpreter (recommendation 2.5).

All three are worked out from the request. A request that was cancelled before something on it was due owes that no longer;
what was overdue by then stays so.
"""

from datetime import datetime, timedelta

from goldenthread.core.clock import day_of
from goldenthread.core.timescales import timescale
from goldenthread.obligations.requirement import Owed, Requirement
from goldenthread.standards.assessment.interpreting.course import (
    answers,
    arrival,
    cancellation,
    confirmation,
    interpreted,
)
from goldenthread.standards.assessment.interpreting.models import InterpreterRequest

_FILE = "case_file__holdings"
AHEAD = "interpreter-confirmed"


def confirm_by(request: InterpreterRequest) -> datetime:
    """By when it is to be confirmed: so many hours before it is needed; where it was asked for less than twice as long
    before, when it is needed."""
    rule = timescale(AHEAD, day_of(request.asked_at))
    ahead = timedelta(hours=rule.amount) if rule else timedelta()
    return request.needed_at - ahead if request.asked_at <= request.needed_at - 2 * ahead else request.needed_at


def _owed(request: InterpreterRequest, due: datetime) -> bool:
    ended = cancellation(request)
    return ended is None or ended.moment.occurred_at > due


def _confirmed(request: InterpreterRequest) -> Owed | None:
    due = confirm_by(request)
    if not _owed(request, due):
        return None
    # One who came without having been confirmed settles it too, mostly late.
    found = [s.moment for s in (confirmation(request), arrival(request)) if s]
    return Owed(since=request.asked, done=min(found, default=None), due=due)


def _came(request: InterpreterRequest) -> Owed | None:
    if not _owed(request, request.needed_at):
        return None
    found = arrival(request)
    return Owed(since=request.asked, done=found.moment if found else None, due=request.needed_at)


def _understood(request: InterpreterRequest) -> Owed | None:
    if (since := interpreted(request)) is None:
        return None
    asked = answers(request)
    return Owed(since=since, done=asked[0].moment if asked else None)


CONFIRMED = Requirement(
    key="assessment.interpreter-confirmed",
    serves="2.5",
    title="An interpreter is confirmed before the family is seen",
    why="A visit without an interpreter is a visit at which nobody is heard, and is often made all the same.",
    timescale=AHEAD,
    subject=InterpreterRequest,
    owed=_confirmed,
    with_related=(_FILE, "replies", "attendances", "cancellations"),
)
CAME = Requirement(
    key="assessment.interpreter-came",
    serves="2.5",
    title="The interpreter is there when the family needs one",
    why="What a family cannot say in its own language is left out, or said by a child.",
    subject=InterpreterRequest,
    owed=_came,
    with_related=(_FILE, "attendances", "cancellations"),
)
UNDERSTOOD = Requirement(
    key="assessment.understood-asked",
    serves="2.5",
    title="The family is asked whether they understood and were understood",
    why="Only the family knows whether the interpreting was any good.",
    timescale="understood-asked",
    subject=InterpreterRequest,
    owed=_understood,
    with_related=(_FILE, "attendances", "stand_ins", "understood"),
)

REQUIREMENTS: tuple[Requirement, ...] = (CONFIRMED, CAME, UNDERSTOOD)
