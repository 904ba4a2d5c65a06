"""Whatever a case file lives through: at no instant while it is open has it no team, and the child-days for which it had no worker
are those of a walk through its minutes.

GOLDENTHREAD_HISTORIES sets how many files (20 unless told otherwise, 8 on PostgreSQL; 200 for the whole proof), and GOLDENTHREAD_RANDOM_SEED the seed.
"""

import os
import random
from datetime import timedelta

import pytest
from django.db import connection

from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import month_of
from goldenthread.standards.allocation.allocating.figures import by_month, open_files, waiting_at
from tests.conftest import Cast
from tests.standards.allocation.histories import Diary, Lives, walk
from tests.standards.referrals import conftest as room
from tests.standards.referrals.conftest import Hands
from tests.standards.referrals.test_random_verbs import SEED

hands = room.hands  # the fixture
FILES = int(os.environ.get("GOLDENTHREAD_HISTORIES", "8" if connection.vendor == "postgresql" else "20"))
DEEDS, PROBES = 9, 6


def check_teams(lives: Lives, one: Diary) -> None:
    """At every border of a file, and one minute to either side: one team, the right one, and one holding."""
    file = CaseFile.objects.prefetch_related("holdings").get(pk=one.file.pk)
    borders = {one.opened, lives.now, *(at for at, *_ in one.holds), *(at for shut in one.shut for at in shut if at)}
    for minute in {near for at in borders for near in (at - 1, at, at + 1) if one.opened <= near <= lives.now}:
        holds = max((at, place) for place, (at, *_) in enumerate(one.holds) if at <= minute)[1]
        held = file.holding_at(lives.instant(minute))
        assert held is not None, (file, minute)
        assert (held.team_id, held.worker_id) == one.holds[holds][1:3], (file, minute)
    assert (file.team_id, file.worker_id) == one.holds[-1][1:3]
    assert (file.closed_at is not None) == one.is_shut


def check_waits(lives: Lives, end: int, known: int) -> None:
    """What waits at the end of a minute, its child-days, and those of each team, as known then or later."""
    at, knew = lives.instant(end), lives.instant(known)
    walked = walk(lives, end, known)
    found = {
        wait.case_file_id: (wait.team_id, lives.minute(wait.since), wait.child_time / timedelta(minutes=1))
        for wait in waiting_at(at, known_at=knew)
    }
    assert found == walked.waiting, (end, known)
    months = by_month(month_of(lives.first), at, known_at=knew)
    teams = {team: month.child_time / timedelta(minutes=1) for (_, team), month in months.items()}
    assert teams == +walked.teams, (end, known)
    assert set().union(*(month.files for month in months.values())) == walked.files
    assert open_files(at, known_at=knew) == walked.open, (end, known)


@pytest.mark.django_db
def test_no_open_file_is_without_a_team_and_child_days_are_those_of_a_walk_through_the_minutes(
    cast: Cast, hands: Hands
) -> None:
    lives = Lives(cast, hands, random.Random(SEED))
    lives.live(FILES, DEEDS)
    for one in lives.diaries:
        check_teams(lives, one)
    last = lives.now
    assert month_of(hands.now) == month_of(lives.first)
    check_waits(lives, last, last)
    borders = [at for one in lives.diaries for at, *_ in one.holds] + [
        at for d in lives.diaries for s in d.shut for at in s if at
    ]
    for _ in range(PROBES):
        end = min(last, max(0, lives.chance.choice(borders) + lives.chance.choice([-1, 0, 1, 17])))
        check_waits(lives, end, lives.chance.choice([end, end, last, lives.chance.randint(end, last)]))
    never = {verb.__name__ for _, verb in lives.deeds} - set(lives.done)
    assert FILES < 40 or not never, f"never done: {sorted(never)}; done: {lives.done}; refused: {lives.refused}"
