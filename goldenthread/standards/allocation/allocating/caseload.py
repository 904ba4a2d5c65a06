"""How much each worker of a team carries, so that whoever allocates sees it first.

The weight is a rough measure, and said to be one: a child counts one, a child on the register two more, and a file that was
opened in the last four weeks one more, since the first weeks take most of the time. It is the council's own rule.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from goldenthread.cases.models import CaseFile
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.register.models import RegisterEntry
from goldenthread.standards.assessment.register.states import on_register

ABOUT = (
    "The weight is a rough measure: 1 for each child, 2 more for a child on the register, and 1 more for a case file that was "
    "opened in the last four weeks. It does not know how far the family lives, who is on leave, or what a case takes: ask."
)
FOR_A_CHILD, FOR_THE_REGISTER, FOR_A_NEW_FILE = 1, 2, 1
NEW = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Caseload:
    """What one worker carries at an instant: open files, the children on them, those of them on the register, files opened in
    the last four weeks."""

    worker: Officer
    files: int = 0
    children: int = 0
    registered: int = 0
    new: int = 0

    @property
    def weight(self) -> int:
        """All of it in one figure."""
        return FOR_A_CHILD * self.children + FOR_THE_REGISTER * self.registered + FOR_A_NEW_FILE * self.new

    @property
    def words(self) -> str:
        """“12 case files, 19 children, 2 on the register, 3 new: weight 26”."""
        files = f"{self.files} case file{'' if self.files == 1 else 's'}"
        children = f"{self.children} child{'' if self.children == 1 else 'ren'}"
        register = f", {self.registered} on the register" if self.registered else ""
        new = f", {self.new} new" if self.new else ""
        return f"{files}, {children}{register}{new}: weight {self.weight}"


def workers_of(team: Team) -> list[Officer]:
    """Those of a team to whom a file can be given, by name."""
    found = Officer.objects.filter(team=team, is_active=True).order_by("name", "pk")
    return [officer for officer in found if officer.may(Permission.RECORD_REFERRALS) and not officer.role_data.line]


@dataclass(frozen=True, slots=True)
class Carried:
    """What one worker (None: nobody) carries of one team's open files. A child on two of the files is two pieces of work, and
    counted as two."""

    team_id: int
    worker_id: int | None
    files: int
    new: int
    children: int = 0
    registered: int = 0


def carried(which: Q, at: datetime, *, without: Collection[int] = ()) -> list[Carried]:
    """What is carried now, by team and worker, of the open files that `which` finds: two queries, however many there are.
    without: case files that are closed to whoever asks."""
    found: dict[tuple[int, int | None], Carried] = {}
    rows = CaseFile.objects.filter(which, closed_at__isnull=True, opened_at__lte=at).exclude(pk__in=sorted(without))
    counted = rows.order_by().values_list("team", "worker")
    for team, worker, files, new in counted.annotate(
        files=Count("pk"), new=Count("pk", filter=Q(opened_at__gt=at - NEW))
    ):
        found[team, worker] = Carried(team, worker, files, new)
    entries = RegisterEntry.objects.filter(on_register(at, at), council="", child=OuterRef("children"))
    by_child = counted.filter(children__isnull=False)
    for team, worker, children, registered in by_child.annotate(
        all=Count("children"), on=Count("children", filter=Exists(entries))
    ):
        found[team, worker] = replace(found[team, worker], children=children, registered=registered)
    return list(found.values())


def caseload_of(worker: Officer, rows: Iterable[Carried]) -> Caseload:
    """All that these rows say of one worker, in whichever teams' files."""
    mine = [one for one in rows if one.worker_id == worker.pk]
    return Caseload(
        worker,
        sum(one.files for one in mine),
        sum(one.children for one in mine),
        sum(one.registered for one in mine),
        sum(one.new for one in mine),
    )


def caseloads(workers: Iterable[Officer], at: datetime, *, without: Collection[int] = ()) -> list[Caseload]:
    """What each of them carries now, lightest first: two queries. without: case files that are closed to whoever asks."""
    asked = list(workers)
    rows = carried(Q(worker__in=[one.pk for one in asked]), at, without=without)
    found = [caseload_of(one, rows) for one in asked]
    return sorted(found, key=lambda one: (one.weight, one.files, one.worker.name))
