"""Reading the shifts of the rota: until when each is kept, who is on call already, and what a weekly pattern would add."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from goldenthread.cases.facts import standing
from goldenthread.core.clock import LONDON
from goldenthread.core.errors import Refused
from goldenthread.standards.assessment.legal import rules
from goldenthread.standards.assessment.legal.models import RotaShift, Solicitor

_WEEK = timedelta(days=7)


def last_instants(**of: object) -> list[tuple[RotaShift, datetime]]:
    """The shifts that stand, each with the instant up to which somebody is on call, by all that is known."""
    rows = list(RotaShift.objects.filter(**of).select_related("solicitor__council").prefetch_related("ends"))
    return [(shift, until) for shift, until in ends_of(rows) if until > shift.starts_at]


def ends_of(rows: Sequence[RotaShift]) -> list[tuple[RotaShift, datetime]]:
    """The same, of rows with their `ends`; of those that nobody keeps at all too."""
    found = []
    by_id = {row.pk: row for row in rows}
    for s in standing(rows):
        cut = standing(end for pk in s.ids for end in by_id[pk].ends.all())
        found.append((s.fact, min((c.fact.ends_at for c in cut), default=s.fact.ends_at)))
    return sorted(found, key=lambda pair: (pair[0].starts_at, pair[0].call, pair[0].pk))


def clashes(solicitor: Solicitor, starts_at: datetime, ends_at: datetime) -> list[RotaShift]:
    """The shifts on which this solicitor is on call at some of this time already."""
    near = last_instants(solicitor=solicitor, starts_at__lt=ends_at, ends_at__gt=starts_at)
    return [shift for shift, until in near if until > starts_at]


@dataclass(frozen=True, slots=True)
class Turn:
    """One week of a regular pattern: from when until when; why not: what is in its way."""

    starts_at: datetime
    ends_at: datetime
    why_not: str = ""


def turns(
    solicitor: Solicitor, starts_at: datetime, ends_at: datetime, weeks: int, arranged_at: datetime
) -> list[Turn]:
    """A shift each week at the same times by the clock on the wall, with what is in the way of each."""
    found = []
    for number in range(weeks):
        begins, ends = (_weeks_later(at, number) for at in (starts_at, ends_at))
        why = ""
        try:
            rules.check_shift(begins, ends, arranged_at)
        except Refused as refused:
            why = str(refused)
        if not why and clashes(solicitor, begins, ends):
            why = f"{solicitor.name} is on call at some of that time already."
        found.append(Turn(begins, ends, why))
    return found


def _weeks_later(instant: datetime, weeks: int) -> datetime:
    return instant.astimezone(LONDON) + weeks * _WEEK  # in London's own zone, so that nine o'clock stays nine
