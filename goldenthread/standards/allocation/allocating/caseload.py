"""How much each worker of a team carries, so that whoever allocates sees it first.

The weight is a rough measure, and said to be one: a child counts one, a child on the register two more, and a file that was
opened in the last four weeks one more, since the first weeks take most of the time. It is the council's own rule.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from goldenthread.cases.models import CaseFile
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.register.choices import State
from goldenthread.standards.assessment.register.states import states_of

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


def caseloads(workers: Iterable[Officer], at: datetime, *, without: Collection[int] = ()) -> list[Caseload]:
    """What each of them carries now, lightest first: a fixed number of queries. A child on two files of one worker is two
    pieces of work, and counted as two. without: case files that are closed to whoever asks."""
    carried = {officer.pk: officer for officer in workers}
    rows = CaseFile.objects.open_at(at).filter(worker__in=carried).prefetch_related("children").order_by("pk")
    files = list(rows.exclude(pk__in=sorted(without)) if without else rows)
    states = states_of({child.pk for file in files for child in file.children.all()}, at)
    on_register = {child for child, (state, _) in states.items() if state == State.ON}
    found = []
    for officer in carried.values():
        theirs = [file for file in files if file.worker_id == officer.pk]
        children = [child.pk for file in theirs for child in file.children.all()]
        found.append(
            Caseload(
                officer, len(theirs), len(children), sum(pk in on_register for pk in children),
                sum(file.opened_at > at - NEW for file in theirs),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.weight, one.files, one.worker.name))
