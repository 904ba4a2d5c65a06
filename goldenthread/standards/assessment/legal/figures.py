"""Figures of legal advice, as at one instant and on what was known by another.

`start` and `end` are days of London, both included. `as_at` left out is the end of `end`; `known_at` left out is `as_at`.
`without`: case files that are closed to whoever asks, and so left out (`Sight.shut`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil, inf

from goldenthread.cases.facts import standing
from goldenthread.core.clock import end_of, start_of
from goldenthread.core.timescales import add_months, timescale
from goldenthread.standards.assessment.legal.coverage import (
    Cover,
    Span,
    cover,
    gaps,
    is_office_hours,
    span,
    spans_as_arranged,
)
from goldenthread.standards.assessment.legal.models import AdviceRequest, LegalRota, RotaShift
from goldenthread.standards.assessment.legal.requirements import ANSWERED, on_call


def spans_known(starts_at: datetime, ends_at: datetime, known_at: datetime) -> list[Span]:
    """When somebody was, is or will be on first call in this time, on what was known by an instant. Two queries."""
    rows = RotaShift.objects.filter(starts_at__lt=ends_at, ends_at__gt=starts_at, recorded_at__lte=known_at)
    shifts = list(rows.prefetch_related("ends"))
    ends = [end for shift in shifts for end in shift.ends.all() if end.recorded_at <= known_at]
    return list(spans_as_arranged(*on_call(shifts, ends)))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many minutes of a time were covered, and when nobody was on call."""

    cover: Cover
    gaps: tuple[Span, ...]


def coverage(starts_at: datetime, ends_at: datetime, known_at: datetime) -> Coverage:
    """Cover from an instant up to another, on what was known by a third. Two queries."""
    whole = span(starts_at, ends_at)
    known = spans_known(starts_at, ends_at, known_at)
    return Coverage(cover(whole, known), tuple(gaps(whole, known)))


def cover_by_month(
    start: date, end: date, *, as_at: datetime | None = None, known_at: datetime | None = None
) -> list[tuple[date, Cover]]:
    """Cover by month, from when the rota began and up to `as_at`. Three queries."""
    as_at = as_at or end_of(end)
    rota = LegalRota.objects.first()
    if rota is None:
        return []
    first, last = max(start_of(start), rota.started_at), min(start_of(end + timedelta(days=1)), as_at)
    known = spans_known(first, last, known_at or as_at)
    found, month = [], start.replace(day=1)
    while start_of(month) < last:
        after = add_months(month, 1)
        whole = span(max(first, start_of(month)), min(last, start_of(after)))
        if whole.minutes > 0:
            found.append((month, cover(whole, known)))
        month = after
    return found


@dataclass(frozen=True, slots=True)
class Answers:
    """How requests were answered. minutes: of each, shortest first, how long the first answer took; infinity: not yet.
    in_time and judged: answered within the hour, of those answered or whose hour has passed."""

    minutes: tuple[float, ...] = ()
    in_time: int = 0
    judged: int = 0

    @property
    def asked(self) -> int:
        """All of them."""
        return len(self.minutes)

    @property
    def unanswered(self) -> int:
        """Those without an answer."""
        return sum(one == inf for one in self.minutes)

    def centile(self, share: float) -> float | None:
        """The shortest time within which this share was answered; None of none. Those without an answer count as longest."""
        return self.minutes[max(0, ceil(share * len(self.minutes)) - 1)] if self.minutes else None

    @property
    def longest(self) -> float | None:
        """The longest time that an answer took; None where there is none."""
        return max((one for one in self.minutes if one != inf), default=None)


def answers_in(
    start: date,
    end: date,
    *,
    as_at: datetime | None = None,
    known_at: datetime | None = None,
    without: Collection[int] = (),
) -> tuple[Answers, Answers]:
    """Requests asked in this time, in office hours and out of them. Two queries."""
    as_at = as_at or end_of(end)
    known_at = known_at or as_at
    rows = AdviceRequest.objects.filter(
        asked_at__gte=start_of(start), asked_at__lte=min(end_of(end), as_at), recorded_at__lte=known_at
    )
    if without:
        rows = rows.exclude(case_file__in=sorted(without))
    office: list[tuple[AdviceRequest, float]] = []
    outside: list[tuple[AdviceRequest, float]] = []
    for request in rows.prefetch_related("answers"):
        answered = standing(answer for answer in request.answers.all() if answer.recorded_at <= known_at)
        first = answered[0].moment.occurred_at if answered else None
        took = (first - request.asked_at) / timedelta(minutes=1) if first and first <= as_at else inf
        (office if is_office_hours(request.asked_at) else outside).append((request, took))
    return _answers(office, as_at), _answers(outside, as_at)


def _answers(rows: Sequence[tuple[AdviceRequest, float]], as_at: datetime) -> Answers:
    in_time = judged = 0
    for request, took in rows:
        rule = timescale(ANSWERED.timescale or "", request.asked_at.date())
        due = rule.due(request.asked_at) if rule else as_at
        met = took != inf and request.asked_at + timedelta(minutes=took) <= due
        in_time += met
        judged += took != inf or due < as_at
    return Answers(tuple(sorted(took for _, took in rows)), in_time, judged)


def took(minutes: float | None) -> str:
    """How long, in words: “35 minutes”, “2 hours 5 minutes”."""
    if minutes is None:
        return "none yet"
    if minutes == inf:
        return "not answered"
    hours, rest = divmod(round(minutes), 60)
    words = [f"{hours} hour{'' if hours == 1 else 's'}"] if hours else []
    if rest or not hours:
        words.append(f"{rest} minute{'' if rest == 1 else 's'}")
    return " ".join(words)
