"""Who is on duty in the made-up council, and the few records that were restricted, known to an officer, or opened in an emergency."""

from datetime import datetime, time, timedelta
from random import Random

from goldenthread.cases.actions import record_address
from goldenthread.cases.models import CaseFile, Child, DutyShift
from goldenthread.core import clock
from goldenthread.core.clock import LONDON
from goldenthread.demo.council import Council
from goldenthread.demo.diary import Diary
from goldenthread.demo.writer import Writer
from goldenthread.oversight.conflicts import declare_conflict, review_conflict
from goldenthread.oversight.emergency import break_glass, review_break_glass
from goldenthread.oversight.relationships import involve
from goldenthread.oversight.restrictions import restrict, review_restriction
from goldenthread.people.home_address import hold_home_address
from goldenthread.people.models import Officer

_BEHIND, _AHEAD = 30, 365  # days of rota
_DAY, _NIGHT = time(8), time(18)
_SMALLEST = 20  # case files: below that, nothing is restricted


def keep_rota(diary: Diary, council: Council, writer: Writer) -> None:
    """By day a worker and a decider of each team that takes referrals; by night one officer for every team."""
    by_night = council.workers["hospital"]
    teams = [key for key, team in council.teams.items() if team.takes_referrals]
    for number in range(-_BEHIND, _AHEAD):
        day = diary.today + timedelta(days=number)
        at = datetime.combine(day, _DAY, LONDON)
        ends = datetime.combine(day, _NIGHT, LONDON)
        for key in teams:
            workers, deciders = council.workers[key], council.deciders[key]
            pair = (workers[number % len(workers)], deciders[number % len(deciders)])
            for officer in pair:
                _shift(writer, diary.now, officer, council.managers[key], council.teams[key].pk, at, ends)
        morning = datetime.combine(day + timedelta(days=1), _DAY, LONDON)
        _shift(writer, diary.now, by_night[number % len(by_night)], council.managers["hospital"], None, ends, morning)


def _shift(
    writer: Writer, now: datetime, officer: Officer, by: Officer, team: int | None, at: datetime, ends: datetime
) -> None:
    writer.add(
        DutyShift,
        officer=officer,
        team_id=team,
        starts_at=at,
        ends_at=ends,
        recorded_at=min(at - timedelta(days=40), now),
        by=by,
    )


def guard_some(chance: Random, diary: Diary, council: Council) -> None:
    """By the verbs themselves, at times before now: co-workers, an audit, a restriction, a conflict, two emergencies."""
    held = list(
        CaseFile.objects.filter(closed_at=None, worker__isnull=False)
        .select_related("team", "worker__team")
        .order_by("pk")[:400]
    )
    if len(held) < _SMALLEST:
        return
    chance.shuffle(held)
    head, auditor = council.holder("Head of Service"), council.holder("Planning Manager")
    with clock.standing_at(diary.now - timedelta(days=100)):
        file = held.pop()
        child = _only_child(file)
        manager = council.managers[file.team.key]
        holders = set(Officer.objects.filter(case_files__children=child, case_files__closed_at=None))
        named = sorted({*holders, head, manager}, key=lambda officer: officer.pk)
        restriction = restrict(
            child=child,
            level="restricted",
            reason="The carer works for the council",
            named=named,
            contact=head,
            by=head,
        )
    with clock.standing_at(diary.now - timedelta(days=12)):
        review_restriction(
            restriction=restriction, finding="The carer still works here", named=named, contact=head, by=head
        )
    with clock.standing_at(diary.now - timedelta(days=9)):
        for _ in range(6):
            file = held.pop()
            others = [worker for worker in council.workers[file.team.key] if worker.pk != file.worker_id]
            helper = others[int(chance.random() * len(others))]
            involve(
                case_file=file, officer=helper, kind="co-worker", reason="Joint visits until the assessment is done",
                by=council.managers[file.team.key],
            )  # fmt: skip
        for _ in range(4):
            file = held.pop()
            involve(
                case_file=file, officer=auditor, kind="auditor", reason="In the sample drawn at random this month",
                by=council.managers[file.team.key], until_at=diary.now + timedelta(days=30),
            )  # fmt: skip
    other = council.workers["fs-south"][0]
    own = set(other.case_files.values_list("children", flat=True))
    of_others = (file for file in held if not own & set(file.children.values_list("pk", flat=True)))
    known = _only_child(next(of_others))
    with clock.standing_at(diary.now - timedelta(days=6)):
        conflict = declare_conflict(
            kind="known",
            given_names=known.given_names,
            family_name=known.family_name,
            date_of_birth=known.date_of_birth,
            by=other,
        )
    with clock.standing_at(diary.now - timedelta(days=6, hours=-3)):
        review_conflict(
            conflict=conflict,
            outcome="nothing",
            words="Nothing of this family is held by this team",
            by=council.managers["fs-south"],
        )
    reasons = (
        "The school phoned and could not reach the worker",
        "The hospital asked who holds parental responsibility",
    )
    for days, reason in zip((20, 1), reasons, strict=True):
        file = held.pop()
        stranger = next(w for key in ("fs-north", "ra-west") for w in council.workers[key] if key != file.team.key)
        if days > 2:
            _lives_next_door(file, stranger, diary, council)
        with clock.standing_at(diary.now - timedelta(days=days)):
            opened = break_glass(case_file=file, category="call", reason=reason, by=stranger)
        if days > 2 and opened.manager:
            with clock.standing_at(diary.now - timedelta(days=days - 1)):
                review_break_glass(opened=opened, finding="right", words="The child was at the door", by=opened.manager)


def _lives_next_door(file: CaseFile, stranger: Officer, diary: Diary, council: Council) -> None:
    """The first of the two emergencies is one to ask about: the child moved to where the officer lives."""
    administrator = council.holder("System Administrator")
    with clock.standing_at(diary.now - timedelta(days=60)):
        for officer, number in ((stranger, "14"), (council.deciders["ra-east"][0], "3")):
            hold_home_address(officer=officer, postcode="WX9 7QD", number=number, by=administrator)
    moved = diary.now - timedelta(days=30)
    if file.worker:
        with clock.standing_at(moved):
            record_address(
                case_file=file, child=_only_child(file), lines="14 Tannery Row", postcode="WX9 7QD", since=moved.date(),
                confidential=False, by=file.worker,
            )  # fmt: skip


def _only_child(file: CaseFile) -> Child:
    return file.children.order_by("pk")[0]
