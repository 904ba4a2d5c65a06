"""What an address asks of the figures: which period, as at when, on what was known when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest
from django.utils.http import urlencode

from goldenthread.core.clock import end_of, now, today
from goldenthread.core.timescales import add_months
from goldenthread.obligations.verdicts import Verdict
from goldenthread.people.models import Team

NO_TEAM = "none"
MONTHS_SHOWN = 12


def day_asked(request: HttpRequest, name: str) -> date | None:
    """A day in the address (2003-10-31). Raises Http404 for something that is no day."""
    return _parsed(request.GET.get(name, ""), "%Y-%m-%d")


def month_asked(request: HttpRequest, name: str) -> date | None:
    """A month in the address (2003-10), as its first day. Raises Http404 for something that is no month."""
    typed = request.GET.get(name, "")
    return _parsed(typed[:7], "%Y-%m") if len(typed) in {0, 7} else _parsed(typed, "%Y-%m-%d")


def _parsed(typed: str, form: str) -> date | None:
    if not typed:
        return None
    try:
        return datetime.strptime(typed, form).date()  # noqa: DTZ007  (only its date is kept)
    except ValueError:
        raise Http404(f"{typed} is not a date") from None


def instant(day: date | None) -> datetime:
    """As at a day is at its end; as at today, or no day, is now."""
    return min(end_of(day), now()) if day else now()


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure, or the records behind it."""

    as_at: date | None
    known_at: date | None
    first: date
    last: date
    team: Team | None = None
    without_team: bool = False
    verdict: Verdict | None = None

    @property
    def at(self) -> datetime:
        """The instant of “as at”."""
        return instant(self.as_at)

    @property
    def known(self) -> datetime:
        """The instant of “as known at”; left out, the same as “as at”."""
        return instant(self.known_at) if self.known_at else self.at

    def query(self, **other: str) -> str:
        """The address's query that asks the same, with other values."""
        values = {
            "from": f"{self.first:%Y-%m}",
            "to": f"{self.last:%Y-%m}",
            "as_at": self.as_at.isoformat() if self.as_at else "",
            "known_at": self.known_at.isoformat() if self.known_at else "",
        } | other
        return urlencode({name: value for name, value in values.items() if value})


def asked(request: HttpRequest) -> Asked:
    """Read an address: from, to or month, as_at, known_at, team, verdict. Raises Http404 for what is none of them.

    Left out, the period is the twelve months that end with the month of “as at”.
    """
    as_at, known_at = day_asked(request, "as_at"), day_asked(request, "known_at")
    one = month_asked(request, "month")
    last = one or month_asked(request, "to") or (as_at or today()).replace(day=1)
    first = one or month_asked(request, "from") or add_months(last.replace(day=1), 1 - MONTHS_SHOWN)
    if first > last:
        first, last = last, first
    team_key, verdict = request.GET.get("team", ""), request.GET.get("verdict", "")
    team = None
    if team_key and team_key != NO_TEAM and (team := Team.objects.filter(key=team_key).first()) is None:
        raise Http404("no such team")
    if verdict and verdict not in set(Verdict):
        raise Http404("no such verdict")
    return Asked(
        as_at=as_at,
        known_at=known_at,
        first=first.replace(day=1),
        last=last.replace(day=1),
        team=team,
        without_team=team_key == NO_TEAM,
        verdict=Verdict(verdict) if verdict else None,
    )
