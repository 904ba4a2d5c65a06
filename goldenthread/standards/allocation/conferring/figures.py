"""Figures about who comes to child protection conferences, as at one instant and on what was known by another: by agency, how
often it was asked, came, sent apologies, sent its report in time, and did neither. Counted from the meetings themselves.

`start` and `end` are days of London, both included: when the conference was held. `without`: case files that are closed to
whoever asks. An agency counts once at a conference, however many of it were asked.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from goldenthread.core.clock import end_of, start_of
from goldenthread.standards.allocation.conferring.choices import AGENCIES, CONFERENCES, NOT_AGENCIES, Move, WhyMoved
from goldenthread.standards.allocation.conferring.course import (
    apologised,
    held_at,
    invited,
    invitees,
    presence,
    quorate,
    report,
    reports_due,
    stood,
)
from goldenthread.standards.allocation.conferring.models import Meeting, MeetingMove

_READ = ("invitees", "invitations", "replies", "reports", "presences", "helds")
NAMES = {key: name for key, name in AGENCIES if key not in NOT_AGENCIES}


@dataclass(slots=True)
class AtOne:
    """How one agency was at one conference. came: None where nobody has said so of any of theirs."""

    came: bool | None = None
    apologised: bool = False
    asked_report: bool = False
    reported: bool = False
    in_time: bool = False

    @property
    def neither(self) -> bool:
        """It is known that nobody of it came, and no report of theirs is."""
        return self.came is False and not self.reported


@dataclass(frozen=True, slots=True)
class Conference:
    """One conference that was held, with each agency that was asked to it."""

    meeting: Meeting
    quorate: bool
    agencies: dict[str, AtOne]


@dataclass(slots=True)
class Line:
    """The figures of one agency. unknown: nobody has said whether it came; absent: it did not; of_reports: asked for a
    report."""

    key: str
    name: str
    asked: int = 0
    came: int = 0
    absent: int = 0
    unknown: int = 0
    apologies: int = 0
    of_reports: int = 0
    in_time: int = 0
    neither: int = 0

    @property
    def told(self) -> int:
        """How often it is known whether it came."""
        return self.asked - self.unknown

    def add(self, one: AtOne) -> None:
        """Count it at one conference."""
        self.asked += 1
        self.came += one.came is True
        self.absent += one.came is False
        self.unknown += one.came is None
        self.apologies += one.came is False and one.apologised
        self.of_reports += one.asked_report
        self.in_time += one.asked_report and one.in_time
        self.neither += one.neither

    def take(self, other: "Line") -> None:
        """Count all of another line here."""
        for name in ("asked", "came", "absent", "unknown", "apologies", "of_reports", "in_time", "neither"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def conferences(
    start: date,
    end: date,
    *,
    as_at: datetime | None = None,
    known_at: datetime | None = None,
    team_ids: Collection[int] | None = None,
    without: Collection[int] = (),
) -> list[Conference]:
    """Every initial and review conference that was held between two days: eight queries. as_at left out is the end of `end`;
    known_at left out is as_at; team_ids None is all teams."""
    as_at = as_at or end_of(end)
    known = known_at or as_at
    first, last = start_of(start), min(end_of(end), as_at)
    rows = Meeting.objects.filter(
        kind__in=sorted(CONFERENCES), recorded_at__lte=known, helds__occurred_at__range=(first, last)
    ).distinct()
    if team_ids is not None:
        rows = rows.filter(case_file__team__in=team_ids)
    if without:
        rows = rows.exclude(case_file__in=sorted(without))
    found = []
    for meeting in rows.select_related("case_file").prefetch_related(*_READ, "invitations__invitee"):
        held = held_at(meeting, as_at, known)
        if held is not None and first <= held.moment.occurred_at <= last:
            found.append(
                (held.moment.occurred_at, meeting.pk, Conference(meeting, quorate(meeting, as_at, known) is not None, _agencies(meeting, held.moment.occurred_at, as_at, known)))
            )  # fmt: skip
    return [one for _, _, one in sorted(found, key=lambda each: each[:2], reverse=True)]


def _agencies(meeting: Meeting, at: datetime, as_at: datetime, known: datetime) -> dict[str, AtOne]:
    found: dict[str, AtOne] = {}
    due = reports_due(meeting, at)
    for one in invitees(meeting, as_at, known):
        number, agency = one.first.pk, one.fact.agency
        if agency not in NAMES or invited(meeting, number, as_at, known) is None:
            continue
        its = found.setdefault(agency, AtOne())
        there = presence(meeting, number, as_at, known)
        if there is not None:
            its.came = bool(its.came) or there.fact.was_there
        its.apologised = its.apologised or apologised(meeting, number, as_at, known)
        sent = report(meeting, number, as_at, known)
        its.asked_report = its.asked_report or one.fact.reports
        its.reported = its.reported or sent is not None
        its.in_time = its.in_time or (sent is not None and due is not None and sent.occurred_at <= due)
    return found


def by_agency(found: Iterable[Conference], kind: str | None = None) -> list[Line]:
    """The agencies, those asked most often first. kind: at conferences of this kind only."""
    lines: dict[str, Line] = {}
    for one in found:
        if kind is None or one.meeting.kind == kind:
            for agency, its in one.agencies.items():
                lines.setdefault(agency, Line(agency, NAMES[agency])).add(its)
    return sorted(lines.values(), key=lambda line: (-line.asked, line.name))


def put_off(
    start: date,
    end: date,
    *,
    as_at: datetime | None = None,
    known_at: datetime | None = None,
    team_ids: Collection[int] | None = None,
    without: Collection[int] = (),
) -> int:
    """How many conferences were put off between two days because too few agencies came: one query."""
    as_at = as_at or end_of(end)
    known = known_at or as_at
    rows = MeetingMove.objects.filter(meeting__kind__in=sorted(CONFERENCES), recorded_at__lte=known)
    if team_ids is not None:
        rows = rows.filter(meeting__case_file__team__in=team_ids)
    if without:
        rows = rows.exclude(meeting__case_file__in=sorted(without))
    first, last = start_of(start), min(end_of(end), as_at)
    return sum(
        s.fact.what == Move.PUT_OFF and s.fact.why == WhyMoved.NOT_QUORATE and first <= s.moment.occurred_at <= last
        for s in stood(rows, as_at, known)
    )
