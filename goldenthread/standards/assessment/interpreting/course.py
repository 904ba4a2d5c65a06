"""How a request for an interpreter went, read from it and what hangs on it. Each reads no clock, and no database beyond
what was fetched with the request. `known_at`: leave out what was recorded after it; `as_at`: what happened after it.
"""

from collections.abc import Iterable
from datetime import datetime

from goldenthread.cases.facts import F, Standing, standing
from goldenthread.core.clock import Moment
from goldenthread.standards.assessment.interpreting.choices import Attended, ReplyKind
from goldenthread.standards.assessment.interpreting.models import (
    FamilyInterpreter,
    InterpreterCancel,
    InterpreterPresence,
    InterpreterRequest,
    ProviderReply,
    UnderstoodAnswer,
)


def _stood(rows: Iterable[F], as_at: datetime | None, known_at: datetime | None) -> list[Standing[F]]:
    found = standing(row for row in rows if known_at is None or row.recorded_at <= known_at)
    return [s for s in found if as_at is None or s.moment.occurred_at <= as_at]


def confirmation(
    request: InterpreterRequest, as_at: datetime | None = None, known_at: datetime | None = None
) -> Standing[ProviderReply] | None:
    """The first confirmation after which that provider did not say that it cannot after all; None: there is none."""
    replies = _stood(request.replies.all(), as_at, known_at)
    for number, reply in enumerate(replies):
        if reply.fact.answer == ReplyKind.CONFIRMED and not any(
            later.fact.answer == ReplyKind.CANNOT and later.fact.provider_id == reply.fact.provider_id
            for later in replies[number + 1 :]
        ):
            return reply
    return None


def arrival(
    request: InterpreterRequest, as_at: datetime | None = None, known_at: datetime | None = None
) -> Standing[InterpreterPresence] | None:
    """That an interpreter came, in time or late; None: none did, or nobody has said so."""
    found = _stood(request.attendances.all(), as_at, known_at)
    return next((s for s in found if s.fact.outcome != Attended.ABSENT), None)


def cancellation(
    request: InterpreterRequest, as_at: datetime | None = None, known_at: datetime | None = None
) -> Standing[InterpreterCancel] | None:
    """That it was cancelled before its time."""
    return next(iter(_stood(request.cancellations.all(), as_at, known_at)), None)


def stand_ins(
    request: InterpreterRequest, as_at: datetime | None = None, known_at: datetime | None = None
) -> list[Standing[FamilyInterpreter]]:
    """Those who interpreted in place of an interpreter."""
    return _stood(request.stand_ins.all(), as_at, known_at)


def answers(
    request: InterpreterRequest, as_at: datetime | None = None, known_at: datetime | None = None
) -> list[Standing[UnderstoodAnswer]]:
    """What the family said of how it went."""
    return _stood(request.understood.all(), as_at, known_at)


def interpreted(request: InterpreterRequest) -> Moment | None:
    """When the family was first spoken with through somebody, interpreter or not; None: they were not, or nobody said so."""
    came = arrival(request)
    moments = [s.moment for s in stand_ins(request)] + ([came.moment] if came else [])
    return min(moments, default=None)
