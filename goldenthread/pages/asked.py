"""What an address asks of the figures: which period, as at when, on what was known when."""

import contextlib
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest
from django.utils.http import urlencode

from goldenthread.core.clock import end_of, now, today
from goldenthread.core.errors import BadInput
from goldenthread.core.timescales import add_months
from goldenthread.obligations.verdicts import Verdict
from goldenthread.people.models import Team

NO_TEAM = "none"
MONTHS_SHOWN = 12


def day_asked(request: HttpRequest, name: str) -> date | None:
    """A day in the address (2003-10-31). Raises BadInput for something that is no day."""
    return _parsed(
        request.GET.get(name, "").strip(), ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"), "a day: write it like 2003-10-31"
    )


def month_asked(request: HttpRequest, name: str) -> date | None:
    """A month in the address (2003-10, October 2003), as its first day. Raises BadInput for something that is no month."""
    typed = request.GET.get(name, "").strip()
    return _parsed(typed, ("%Y-%m", "%m/%Y", "%m %Y", "%b %Y", "%B %Y", "%Y-%m-%d"), "a month: write it like 2003-10")


def _parsed(typed: str, forms: tuple[str, ...], what: str) -> date | None:
    for form in forms if typed else ():
        with contextlib.suppress(ValueError):
            return datetime.strptime(typed, form).date()  # noqa: DTZ007  (only its date is kept)
    if typed:
        raise BadInput(f"“{typed[:40]}” is not {what}.")
    return None


def instant(day: date | None) -> datetime:
    """As at a day is at its end; as at today, or no day, is now."""
    return min(end_of(day), now()) if day else now()


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure, or the records behind it. teams: all that there are, read once for the page."""

    as_at: date | None
    known_at: date | None
    first: date
    last: date
    team: Team | None = None
    without_team: bool = False
    verdict: Verdict | None = None
    teams: tuple[Team, ...] = ()

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
    """Read an address: from, to or month, as_at, known_at, team, verdict. Raises BadInput for a date that is none,
    Http404 for a team or verdict that is none.

    Left out, the period is the twelve months that end with the month of “as at”.
    """
    as_at, known_at = day_asked(request, "as_at"), day_asked(request, "known_at")
    one = month_asked(request, "month")
    last = one or month_asked(request, "to") or (as_at or today()).replace(day=1)
    first = one or month_asked(request, "from") or add_months(last.replace(day=1), 1 - MONTHS_SHOWN)
    if first > last:
        first, last = last, first
    team_key, verdict = request.GET.get("team", ""), request.GET.get("verdict", "")
    teams = tuple(Team.objects.all())
    team = next((team for team in teams if team.key == team_key), None)
    if team_key and team_key != NO_TEAM and team is None:
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
        teams=teams,
    )
