"""A few children of the made-up council of whom two records were made: merged, and one of them taken back."""

from datetime import timedelta
from random import Random

from goldenthread.cases.models import CaseFile
from goldenthread.core import clock
from goldenthread.demo.council import Council
from goldenthread.demo.diary import Diary
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.household.actions import involve_agency
from goldenthread.standards.assessment.household.merging import merge
from goldenthread.standards.assessment.household.unmerging import take_merge_back
from goldenthread.standards.referrals.actions import record_child

_SMALLEST = 6  # case files that will do: below that, nothing is merged
_WHY = ("The same mother, and the hospital's number is the same", "The school has one child of this name and birthday", "The grandmother confirmed it on a visit")  # fmt: skip


def merge_some(chance: Random, diary: Diary, council: Council) -> None:
    """By the verbs themselves, at times before now: three merges, one of which was wrong."""
    held = list(
        CaseFile.objects.filter(
            closed_at=None, worker__isnull=False, opened_at__lt=diary.now - timedelta(days=60),
            children__restrictions=None, children__conflicts=None, glass_broken=None,
        )
        .select_related("team", "worker__team")
        .order_by("pk")
        .distinct()[:200]
    )  # fmt: skip
    if len(held) < _SMALLEST:
        return
    chance.shuffle(held)
    for number, why in enumerate(_WHY):
        file = held.pop()
        manager, worker = council.managers[file.team.key], file.worker
        if worker is not None:
            _one(file, worker, manager, why, diary, number)


def _one(file: CaseFile, worker: Officer, manager: Officer, why: str, diary: Diary, number: int) -> None:
    child = file.children.order_by("pk")[0]
    days = 30 - 8 * number
    with clock.standing_at(diary.now - timedelta(days=days)):
        double = record_child(
            given_names=child.given_names[:-1], family_name=child.family_name, date_of_birth=child.date_of_birth,
            sex=child.sex, by=worker,
        )  # fmt: skip
        file.children.add(double)
        involve_agency(
            case_file=file, child=double, kind="hospital", name="Wexcombe General Hospital, emergency department",
            what_for="Seen after a fall; the letter names the child so", occurred_at=clock.now(), by=worker,
        )  # fmt: skip
    with clock.standing_at(diary.now - timedelta(days=days - 3)):
        made = merge(kept=child, merged=double, why=why, by=manager)
    if number == 2:
        with clock.standing_at(diary.now - timedelta(days=days - 6)):
            take_merge_back(
                merge=made, reason="Two cousins with nearly one name: both were seen at the visit", by=manager
            )
