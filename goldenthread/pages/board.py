"""What stands on a team's board: how many case files it has and who carries them, what waits, what is overdue.

Every figure is one statement of the team's own rows, whatever its size and the council's: nothing here reads a whole council, or
builds a record for each case. What is closed to whoever asks is in none of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sight import Sight
from goldenthread.core.clock import day_of, end_of
from goldenthread.obligations.models import Obligation, ObligationQuerySet, seen_by
from goldenthread.people.models import Officer, Team
from goldenthread.standards.allocation.allocating.caseload import Carried, Caseload, carried, caseload_of, workers_of
from goldenthread.standards.allocation.allocating.figures import waiting_in
from goldenthread.standards.allocation.allocating.waiting import Wait, child_days
from goldenthread.standards.allocation.supervising.figures import Meetings, Now, due_now, meetings, untalked
from goldenthread.standards.allocation.supervising.models import SupervisionPair
from goldenthread.standards.allocation.transferring.choices import Stage
from goldenthread.standards.allocation.transferring.figures import Going, going

SOON = timedelta(days=7)
_MUCH_MORE = 1.25  # times what a worker of the team carries on average


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """One who carries files of the team. elsewhere: how many of their files are other teams'; overdue: what they owe in this team
    and is overdue; meets: their supervision, where the officer may see it and somebody supervises them; left: they do not work in
    the team any more, or in the service, and still hold files; much: they carry far more than the others."""

    load: Caseload
    elsewhere: int
    overdue: int
    meets: Meetings | None
    left: bool
    much: bool


@dataclass(frozen=True, slots=True)
class Capacity:
    """How the weight of the team's work lies on its workers (None: it has none)."""

    workers: int
    weight: int
    average: float
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """The files without a worker, most child-days first."""

    files: list[tuple[CaseFile, Wait]]

    @property
    def child_days(self) -> float:
        """Of all of them, so far."""
        return sum(child_days(wait.child_time) for _, wait in self.files)

    @property
    def longest(self) -> Wait | None:
        """The wait that has lasted longest."""
        return min((wait for _, wait in self.files), key=lambda wait: wait.since, default=None)


@dataclass(frozen=True, slots=True)
class Moves:
    """Transfers one way, longest since the request first."""

    found: list[Going]

    def __len__(self) -> int:
        return len(self.found)

    @property
    def unanswered(self) -> int:
        """How many wait for an answer, or for a ruling."""
        return sum(one.stage in {Stage.ASKED, Stage.DISPUTED} for one in self.found)

    @property
    def held_up(self) -> int:
        """In how many something stands in the way."""
        return sum(one.stage == Stage.HELD_UP for one in self.found)


@dataclass(frozen=True, slots=True)
class Board:
    """A team at an instant. files, children: open files, and the children on them, each once; overdue: what is overdue in the
    team, and overdue_seen what of it the officer may open; others_overdue: what is overdue of those who are in no row."""

    files: int
    children: int
    waiting: Waiting
    out: Moves
    coming: Moves
    overdue: int
    overdue_seen: int
    others_overdue: int
    supervision: Now
    capacity: Capacity | None
    rows: list[WorkerRow]

    @property
    def held(self) -> int:
        """Open files with a worker."""
        return self.files - len(self.waiting.files)

    @property
    def unsupervised(self) -> int:
        """Workers of the team whom nobody supervises: they owe no session, and so are in no figure of what is overdue. Only for
        whoever sees how they are supervised."""
        return sum(row.meets is None and not row.left for row in self.rows)


def overdue_in(team: Team, sight: Sight, at: datetime) -> ObligationQuerySet:
    """What is overdue in a team now, as counts on an officer's pages hold it."""
    open_ones = Obligation.objects.open().filter(team=team, since_at__lte=at, due_at__lt=at)
    return open_ones.counted_for(sight)


def in_line(sight: Sight, team: Team) -> bool:
    """Whether an officer answers for the team, and so sees how its workers are supervised."""
    return sight.teams is None or team.pk in sight.teams


def board_of(team: Team, sight: Sight, at: datetime) -> Board:
    """How a team stands now. Twenty statements, and one more where records of children who wait were merged."""
    members = workers_of(team)
    # Asked in two: of either, the database looks at what it asks for; of both at once, at every open file of the council.
    carrying = carried(Q(team=team), at, without=sight.shut)
    elsewhere = Q(worker__in=[one.pk for one in members] or [0]) & ~Q(team=team)
    carrying += carried(elsewhere, at, without=sight.shut)
    moves = going(team, sight.shut, seen=sight.filter("case_file__"))
    by_owner, seen = _overdue(team, sight, at)
    rows = _rows(team, members, carrying, by_owner, _meetings(team, sight, at))
    return Board(
        files=sum(one.files for one in carrying if one.team_id == team.pk),
        children=_children(team, sight, at),
        waiting=Waiting(waiting_in(team, at, without=sight.shut)),
        out=Moves([one for one in moves if one.from_team_id == team.pk]),
        coming=Moves([one for one in moves if one.to_team_id == team.pk]),
        overdue=sum(by_owner.values()),
        overdue_seen=seen,
        others_overdue=sum(by_owner.values()) - sum(row.overdue for row in rows),
        supervision=due_now(team, at, end_of(day_of(at) + SOON), without=sight.shut),
        capacity=_capacity([row.load.weight for row in rows if not row.left]),
        rows=rows,
    )


def _children(team: Team, sight: Sight, at: datetime) -> int:
    rows = CaseFile.objects.filter(team=team, closed_at__isnull=True, opened_at__lte=at)
    return int(rows.exclude(pk__in=sorted(sight.shut)).aggregate(n=Count("children", distinct=True))["n"])


def _overdue(team: Team, sight: Sight, at: datetime) -> tuple[dict[int | None, int], int]:
    """How much is overdue, by owner; and how much of it the officer may open."""
    rows = overdue_in(team, sight, at).order_by().values_list("owner").annotate(number=Count("pk"))
    seen = seen_by(sight)
    if seen is None:
        found = dict(rows)
        return found, sum(found.values())
    told = list(rows.annotate(seen=Count("pk", filter=seen)))
    return {owner: number for owner, number, _ in told}, sum(one[2] for one in told)


def _meetings(team: Team, sight: Sight, at: datetime) -> dict[int, Meetings]:
    if not in_line(sight, team):
        return {}
    pairs = SupervisionPair.objects.running_at(at).filter(worker__team=team).order_by("since_at", "pk")
    return {one.pair.worker_id: one for one in meetings(pairs, at)}


def _rows(
    team: Team,
    members: list[Officer],
    carrying: list[Carried],
    overdue: dict[int | None, int],
    met: dict[int, Meetings],
) -> list[WorkerRow]:
    """The team's workers, who carries most first; then whoever else still holds files of the team."""
    theirs = {one.pk for one in members}
    holders = {one.worker_id for one in carrying if one.team_id == team.pk and one.worker_id} - theirs
    loads = [(caseload_of(one, carrying), False) for one in members]
    # One statement, also where nobody else does: the page's number of statements is always the same.
    others = Officer.objects.filter(pk__in=sorted(holders) or [0]).order_by("name", "pk")
    loads += [(caseload_of(one, [each for each in carrying if each.team_id == team.pk]), True) for one in others]
    capacity = _capacity([load.weight for load, left in loads if not left])
    found = []
    for load, left in sorted(loads, key=lambda one: (one[1], -one[0].weight, one[0].worker.name)):
        pk = load.worker.pk
        elsewhere = sum(one.files for one in carrying if one.worker_id == pk and one.team_id != team.pk)
        much = capacity is not None and not left and load.weight > _MUCH_MORE * capacity.average
        found.append(WorkerRow(load, 0 if left else elsewhere, overdue.get(pk, 0), met.get(pk), left, much))
    return found


def _capacity(weights: Iterable[int]) -> Capacity | None:
    found = list(weights)
    if not found:
        return None
    return Capacity(len(found), sum(found), sum(found) / len(found), min(found), max(found))


def not_talked_over(team: Team, sight: Sight, at: datetime) -> list[tuple[int, datetime]]:
    """The cases of a team that have not been talked over in time, of those that the officer may open: one statement."""
    return untalked(team, at, seen=sight.filter("case_file__"), without=sight.shut)
