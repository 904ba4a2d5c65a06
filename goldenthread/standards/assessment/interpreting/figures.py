"""Figures about interpreters, as at one instant and on what was known by another: how many were needed, came, and came in
time, by language and by provider. Each is asked in a fixed number of queries, and counted from the requests themselves.

`start` and `end` are days of London, both included: when the interpreter was needed. What is needed after `as_at` is not
counted, and neither is what was cancelled before its time. `without`: case files that are closed to whoever asks.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median

from goldenthread.core.clock import end_of, start_of
from goldenthread.standards.assessment.interpreting.choices import Attended, Language, ReplyKind, Understood
from goldenthread.standards.assessment.interpreting.course import (
    answers,
    arrival,
    cancellation,
    confirmation,
    stand_ins,
)
from goldenthread.standards.assessment.interpreting.models import InterpreterRequest

NOBODY = "No provider confirmed"


@dataclass(frozen=True, slots=True)
class Told:
    """How one request went. language: as it was chosen; words that were typed beside “another” are in no figure. hours:
    from asking to the confirmation; None where nobody confirmed."""

    request: InterpreterRequest
    language: str
    provider: str
    hours: float | None
    came: bool
    in_time: bool
    stood_in: bool
    by_child: bool
    understood: str
    declined: tuple[str, ...]

    @property
    def how(self) -> str:
        """in-time, late or none: each request is one of them."""
        return "in-time" if self.in_time else "late" if self.came else "none"


@dataclass(slots=True)
class Line:
    """The figures of one language, provider or the whole. late: came, and not in time; none: nobody came. median: of the
    hours from asking to the confirmation, of those that were confirmed; None where none was."""

    name: str
    requests: int = 0
    in_time: int = 0
    late: int = 0
    none: int = 0
    stood_in: int = 0
    by_child: int = 0
    declined: int = 0
    asked: int = 0
    understood: int = 0
    waits: list[float] = field(default_factory=list)

    @property
    def came(self) -> int:
        """Those to which an interpreter came, in time or late."""
        return self.in_time + self.late

    @property
    def median(self) -> float | None:
        """The median of the hours from asking to the confirmation."""
        return median(self.waits) if self.waits else None

    def add(self, told: Told) -> None:
        """Count one request."""
        self.requests += 1
        self.in_time += told.in_time
        self.late += told.came and not told.in_time
        self.none += not told.came
        self.stood_in += told.stood_in
        self.by_child += told.by_child
        self.asked += bool(told.understood)
        self.understood += told.understood == Understood.YES
        if told.hours is not None:
            self.waits.append(told.hours)


def requests_needed(
    start: date,
    end: date,
    *,
    as_at: datetime | None = None,
    known_at: datetime | None = None,
    team_ids: Collection[int] | None = None,
    without: Collection[int] = (),
) -> list[Told]:
    """Every request that was needed between two days and not cancelled, with how it went: six queries. as_at left out is
    the end of `end`; known_at left out is as_at; team_ids None is all teams."""
    as_at = as_at or end_of(end)
    known = known_at or as_at
    rows = InterpreterRequest.objects.filter(
        needed_at__range=(start_of(start), min(end_of(end), as_at)), asked_at__lte=as_at, recorded_at__lte=known
    )
    if team_ids is not None:
        rows = rows.filter(case_file__team__in=team_ids)
    if without:
        rows = rows.exclude(case_file__in=sorted(without))
    related = ("replies__provider", "attendances", "cancellations", "stand_ins", "understood")
    found = rows.select_related("case_file").prefetch_related(*related).order_by("-needed_at", "-pk")
    return [told(request, as_at, known) for request in found if cancellation(request, as_at, known) is None]


def told(request: InterpreterRequest, as_at: datetime, known_at: datetime) -> Told:
    """How one request went, as at an instant and on what was known by another. Its facts are fetched already."""
    sure = confirmation(request, as_at, known_at)
    came = arrival(request, as_at, known_at)
    instead = stand_ins(request, as_at, known_at)
    said = answers(request, as_at, known_at)
    said_no = [
        reply.provider.name
        for reply in request.replies.all()
        if reply.answer == ReplyKind.CANNOT and reply.recorded_at <= known_at and not reply.withdrawn
    ]
    return Told(
        request,
        str(Language(request.language).label),
        sure.fact.provider.name if sure else NOBODY,
        (sure.moment.occurred_at - request.asked_at).total_seconds() / 3600 if sure else None,
        came is not None,
        came is not None and came.fact.outcome == Attended.CAME,
        bool(instead),
        any(s.fact.is_child for s in instead),
        said[0].fact.answer if said else "",
        tuple(sorted(set(said_no))),
    )


def lines(found: Iterable[Told], key: Callable[[Told], str]) -> list[Line]:
    """The requests by language or by provider, those with most first."""
    by: dict[str, Line] = {}
    for one in found:
        name = key(one)
        by.setdefault(name, Line(name)).add(one)
    return sorted(by.values(), key=lambda line: (-line.requests, line.name))


def by_provider(found: Collection[Told]) -> list[Line]:
    """The requests by who confirmed them, with how often each said that it cannot; those that nobody confirmed last."""
    declined: dict[str, int] = defaultdict(int)
    for one in found:
        for name in one.declined:
            declined[name] += 1
    made = {line.name: line for line in lines(found, lambda one: one.provider)}
    for name, number in declined.items():
        made.setdefault(name, Line(name)).declined = number
    return sorted(made.values(), key=lambda line: (line.name == NOBODY, -line.requests, line.name))


def whole(found: Iterable[Told]) -> Line:
    """All of them together."""
    line = Line("All")
    for one in found:
        line.add(one)
    return line
