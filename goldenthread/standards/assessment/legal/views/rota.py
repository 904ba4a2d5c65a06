"""The rota's page: who is on call now, where nobody is, and the weeks ahead."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.core import trail
from goldenthread.core.clock import day_of, now, start_of
from goldenthread.core.templatetags.words import hour
from goldenthread.people.access import officer_of
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.legal.choices import Call
from goldenthread.standards.assessment.legal.coverage import Span, gaps, span, week_of, within
from goldenthread.standards.assessment.legal.models import (
    CoverWeek,
    LegalRota,
    RotaShift,
    Solicitor,
)
from goldenthread.standards.assessment.legal.shifts import ends_of

WEEKS_SHOWN = 9
"""This week and the eight after it: every week of which cover is owed by now."""


def _short(instant: datetime) -> str:
    return f"{day_of(instant):%a} {day_of(instant).day}, {hour(instant)}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a week: somebody on call (shift), or nobody."""

    starts_at: datetime
    ends_at: datetime
    shift: RotaShift | None = None

    @property
    def hours(self) -> str:
        """How long, in words: “16 hours”, “3 days 4 hours”."""
        minutes = int((self.ends_at - self.starts_at) / timedelta(minutes=1))
        days, rest = divmod(minutes, 1440) if minutes >= 2880 else (0, minutes)
        parts = ((days, "day"), (rest // 60, "hour"), (rest % 60 if not days else 0, "minute"))
        return " ".join(f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts if number)

    @property
    def begins(self) -> str:
        """Its beginning: “Mon 5, 9am”."""
        return _short(self.starts_at)

    @property
    def ends(self) -> str:
        """Its end."""
        return _short(self.ends_at)

    @property
    def days_until(self) -> int:
        """How many days from today."""
        return (day_of(self.starts_at) - day_of(now())).days

    @property
    def query(self) -> str:
        """The gap in the address of the form that fills it."""
        return f"from={self.starts_at:%Y-%m-%dT%H:%M}&until={self.ends_at:%Y-%m-%dT%H:%M}"


@dataclass(slots=True)
class Week:
    """One week ahead. gaps: how many; shown: its lines are on the page (this week's, those with gaps, and the one asked for)."""

    starts_at: datetime
    ends_at: datetime
    key: int
    lines: list[Line] = field(default_factory=list)
    gaps: int = 0
    shown: bool = False

    @property
    def day(self) -> str:
        """Its first day, for an address."""
        return day_of(self.starts_at).isoformat()


def _whole_minutes(instant: datetime) -> datetime:
    floor = instant.replace(second=0, microsecond=0)
    return floor if floor == instant else floor + timedelta(minutes=1)


def _first_calls(kept: Sequence[tuple[RotaShift, datetime]]) -> list[Span]:
    return [span(shift.starts_at, until) for shift, until in kept if shift.call == Call.FIRST]


def _weeks(rota: LegalRota, kept: Sequence[tuple[RotaShift, datetime]], at: datetime) -> list[Week]:
    """The weeks ahead, each with who is on call in it and where nobody is."""
    monday = start_of(week_of(day_of(at)))
    keys = dict(CoverWeek.objects.filter(ends_at__gt=at)[:WEEKS_SHOWN].values_list("starts_at", "pk"))
    covered = _first_calls(kept)
    found = []
    for number in range(WEEKS_SHOWN):
        begins = start_of(day_of(monday) + timedelta(days=7 * number))
        ends = start_of(day_of(monday) + timedelta(days=7 * (number + 1)))
        lines = [
            Line(max(shift.starts_at, begins), min(until, ends), shift)
            for shift, until in kept
            if shift.starts_at < ends and until > begins and until > at
        ]
        whole = span(max(begins, _whole_minutes(at), rota.started_at), ends)
        open_ = [Line(gap.starts_at, gap.ends_at) for gap in gaps(whole, covered)]
        found.append(
            Week(begins, ends, keys.get(begins, 0), sorted([*lines, *open_], key=lambda one: one.starts_at), len(open_))
        )
    return found


@require_safe
def legal_rota(request: HttpRequest) -> HttpResponse:
    """Who is on call now with their number, the gaps of this week and the next eight, and the weeks. No child's record is on it."""
    officer, at = officer_of(request), now()
    trail.nothing_shown()
    rota = LegalRota.objects.prefetch_related("keepers__officer", "test_calls").first()
    may_keep = officer.may(Permission.KEEP_LEGAL_ROTA)
    context: dict[str, Any] = {
        "rota": rota,
        "may_keep": may_keep,
        "solicitors": Solicitor.objects.select_related("council"),
        "now": at,
    }
    if rota:
        until = start_of(week_of(day_of(at)) + timedelta(days=7 * WEEKS_SHOWN))
        rows = RotaShift.objects.filter(starts_at__lt=until, ends_at__gt=at)
        shifts = list(rows.select_related("solicitor__council").prefetch_related("ends"))
        kept = [(shift, end) for shift, end in ends_of(shifts) if end > shift.starts_at]
        whole = span(max(_whole_minutes(at), rota.started_at), until)
        keeper = rota.keeper_at(None)
        weeks = _weeks(rota, kept, at)
        for week in weeks:
            week.shown = week is weeks[0] or week.gaps > 0 or week.day == request.GET.get("week")
        context |= {
            "keeper": keeper.officer if keeper else None,
            "on_call": [(shift, end) for shift, end in kept if shift.starts_at <= at < end],
            "gaps": [Line(gap.starts_at, gap.ends_at) for gap in gaps(whole, _first_calls(kept))],
            "weeks": weeks,
            "covered": sum(one.minutes for one in within(whole, _first_calls(kept))) * 100 // whole.minutes,
            "tests": [call for call in rota.test_calls.all() if not call.withdrawn][-3:][::-1],
        }
    return render(request, "legal/rota.html", context)
