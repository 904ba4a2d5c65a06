"""Who may open which case file: the one choke point. A record opens only through a current relationship to its file.

What opens a file: holding it, being a co-worker, its conference chair or the auditor of a sample that it is in, the line
of management of those who hold it, being on duty for its team (or out of hours, for all), and breaking the glass. A file
that another team is asked to take on is opened to those who answer for that team, for reading only. A role alone opens
nothing. What closes it again: a restriction that does not name the officer (break-glass opens a restricted
file, never a sealed one), and a conflict that the officer declared, which beats everything.

What is the officer's own is read in one statement, each time that it is asked: a change counts from the next request,
and a verb that asks again under lock sees it sooner. It is short, so it goes into filters as plain numbers.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from goldenthread.core.clock import now
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission

if TYPE_CHECKING:
    from goldenthread.cases.models import BreakGlass, CaseFile

_AUDITOR = "auditor"
RECEIVING = "receiving team"
"""Why those who answer for the team that is asked to take a file on may read it, and only that."""
_RESTRICTED = "restricted"

# One row for each thing that the officer has: what it is, the number of a file or a team, and a word more. The clock's
# own instants are given as values, never asked of the database: tests and demonstrations stand at another time.
_SQL = """
SELECT 'tie', case_file_id, kind FROM cases_involvement
 WHERE officer_id = %(me)s AND since_at <= %(at)s AND (until_at IS NULL OR until_at > %(at)s)
UNION ALL
SELECT 'glass', case_file_id, '' FROM cases_breakglass
 WHERE officer_id = %(me)s AND opened_at <= %(at)s AND expires_at > %(at)s
UNION ALL
SELECT 'duty', COALESCE(team_id, 0), '' FROM cases_dutyshift
 WHERE officer_id = %(me)s AND starts_at <= %(at)s AND ends_at > %(at)s
UNION ALL
SELECT 'conflict', held.casefile_id, '' FROM cases_conflict AS c
  JOIN cases_conflict_children AS known ON known.conflict_id = c.id
  JOIN cases_casefile_children AS held ON held.child_id = known.child_id
 WHERE c.officer_id = %(me)s AND c.withdrawn_at IS NULL
UNION ALL
SELECT 'closed', held.casefile_id, r.level FROM cases_restriction AS r
  JOIN cases_casefile_children AS held ON held.child_id = r.child_id
 WHERE r.lifted_at IS NULL AND NOT EXISTS
   (SELECT 1 FROM cases_restriction_named AS n WHERE n.restriction_id = r.id AND n.officer_id = %(me)s)
"""
# What a manager's own officers do for files of other teams is theirs to answer for.
_LINE = """
UNION ALL
SELECT 'line', i.case_file_id, '' FROM cases_involvement AS i JOIN people_officer AS o ON o.id = i.officer_id
 WHERE i.kind = 'co-worker' AND i.since_at <= %(at)s AND (i.until_at IS NULL OR i.until_at > %(at)s)
   AND o.team_id IN ({teams})
"""


@dataclass(frozen=True, slots=True)
class Sight:
    """What opens and what closes case files to one officer at one instant.

    teams: those whose work they answer for (None: all). ties: files by what ties the officer to them. glass: files
    opened in an emergency. shut: files closed to them, whatever would open them; counts that they see leave these out.
    """

    officer_id: int
    reads: bool
    teams: tuple[int, ...] | None = ()
    duty_teams: frozenset[int] = frozenset()
    out_of_hours: bool = False
    ties: tuple[tuple[int, str], ...] = ()
    co_worked: frozenset[int] = frozenset()
    glass: frozenset[int] = frozenset()
    shut: frozenset[int] = frozenset()

    def filter(self, path: str = "", *, writing: bool = False) -> Q | None:
        """The filter for the case files that they may open; None: all of them.

        path: how the case file is reached from what is filtered (“case_file__”). writing: only those that they may
        write to as well. Written so, and not as a list of files, the database looks at the files of what it found.
        """
        if not self.reads:
            return Q(**{f"{path}pk__in": []})
        if self.teams is None:
            return ~Q(**{f"{path}pk__in": sorted(self.shut)}) if self.shut else None
        tied = {pk for pk, kind in self.ties if not (writing and kind == _AUDITOR)} | self.co_worked | self.glass
        opened = Q(**{f"{path}worker": self.officer_id})
        if tied:
            opened |= Q(**{f"{path}pk__in": sorted(tied)})
        if self.teams:
            opened |= Q(**{f"{path}team__in": list(self.teams)})
            if not writing:
                opened |= Q(**{f"{path}offered_to__in": list(self.teams)})
        if self.out_of_hours:
            opened |= Q(**{f"{path}closed_at__isnull": True})
        elif self.duty_teams:
            opened |= Q(**{f"{path}team__in": sorted(self.duty_teams), f"{path}closed_at__isnull": True})
        return opened & ~Q(**{f"{path}pk__in": sorted(self.shut)}) if self.shut else opened

    def why(self, case_file: "CaseFile") -> str:
        """Why the officer may open a file, for the trail: the nearest relationship; nothing where they may not."""
        if not self.reads or case_file.pk in self.shut:
            return ""
        if case_file.worker_id == self.officer_id:
            return "allocated worker"
        if tie := next((kind for pk, kind in self.ties if pk == case_file.pk), ""):
            return tie
        if self.teams is None or case_file.team_id in self.teams or case_file.pk in self.co_worked:
            return "line manager"
        if case_file.closed_at is None and case_file.team_id in self.duty_teams:
            return "on duty"
        if case_file.closed_at is None and self.out_of_hours:
            return "out-of-hours duty"
        if case_file.pk in self.glass:
            return "break-glass"
        return RECEIVING if case_file.offered_to_id in (self.teams or ()) else ""

    def may_write(self, case_file: "CaseFile") -> bool:
        """Whether the officer may write to a file, and not only read it, as its auditor and the receiving team do."""
        others = tuple(tie for tie in self.ties if tie != (case_file.pk, _AUDITOR))
        return replace(self, ties=others).why(case_file) not in {"", RECEIVING}

    def by_emergency(self, case_file: "CaseFile") -> bool:
        """Whether only the broken glass opens this file."""
        return self.why(case_file) == "break-glass"


def sight_of(officer: Officer, at: datetime | None = None) -> Sight:
    """What opens and closes case files to an officer, at an instant (left out: now). One statement."""
    reads = officer.may(Permission.READ_RECORDS)
    if not reads:
        return Sight(officer.pk, reads=False)
    teams = officer.line_team_ids()
    sql = _SQL + (_LINE.format(teams=", ".join(map(str, teams))) if teams else "")
    with connection.cursor() as cursor:
        cursor.execute(sql, {"me": officer.pk, "at": connection.ops.adapt_datetimefield_value(at or now())})
        rows = cursor.fetchall()
    ties: list[tuple[int, str]] = []
    closed: dict[int, str] = {}
    glass, duty, conflicts, co_worked = set[int](), set[int](), set[int](), set[int]()
    for what, number, word in rows:
        match what:
            case "tie":
                ties.append((number, word))
            case "glass":
                glass.add(number)
            case "duty":
                duty.add(number)
            case "conflict":
                conflicts.add(number)
            case "line":
                co_worked.add(number)
            case _:
                closed[number] = max(word, closed.get(number, ""))  # “sealed” is the greater of the two words
    glass -= conflicts
    shut = conflicts | {number for number, level in closed.items() if level != _RESTRICTED or number not in glass}
    return Sight(
        officer.pk,
        reads=True,
        teams=None if teams is None else tuple(teams),
        duty_teams=frozenset(duty - {0}),
        out_of_hours=0 in duty,
        ties=tuple(ties),
        co_worked=frozenset(co_worked),
        glass=frozenset(glass - shut),
        shut=frozenset(shut),
    )


def seen_by(officer: Officer, path: str = "", *, writing: bool = False) -> Q | None:
    """The filter for the case files that an officer may open; None: all of them. See `Sight.filter`."""
    return sight_of(officer).filter(path, writing=writing)


def emergency_of(officer: Officer, case_file: "CaseFile", sight: Sight | None = None) -> "BreakGlass | None":
    """The emergency in which the officer has this file open, where nothing else opens it: for the banner on its pages. sight: the
    officer's, where it has been asked."""
    if not (sight or sight_of(officer)).by_emergency(case_file):
        return None
    return case_file.glass_broken.filter(officer=officer, expires_at__gt=now()).order_by("-expires_at").first()


def closed_children(officer: Officer) -> tuple[dict[int, "Officer"], set[int]]:
    """The children whose records are closed to an officer: those restricted to others, each with whom to phone instead;
    and those about whom the officer declared a conflict, of whom they are told nothing."""
    from goldenthread.cases.models import Conflict, Restriction  # those models ask this module who may open what

    conflicts = Conflict.objects.filter(officer=officer, withdrawn_at=None)
    known = set(conflicts.exclude(children=None).values_list("children", flat=True))
    rows = Restriction.objects.filter(lifted_at=None).exclude(named=officer).select_related("contact")
    return {row.child_id: row.contact for row in rows if row.child_id not in known}, known
