"""The report on case files without a worker: no small number can be worked out from what is printed beside it."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from goldenthread.core.clock import end_of
from goldenthread.people.models import Team
from goldenthread.reports import unallocated
from goldenthread.reports.tree import SummaryList, Table
from goldenthread.standards.allocation.allocating.waiting import Stretch, Wait
from tests.conftest import Cast

DAY = date(2003, 10, 31)
AT: datetime = end_of(DAY)


def waits(team: Team, *days: float) -> list[Wait]:
    return [
        Wait(team.pk * 1000 + n, 1, (Stretch(team.pk, AT - timedelta(days=long), AT),), ended=False)
        for n, long in enumerate(days)
    ]


class Printed:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.patch = monkeypatch

    def of(self, waiting: list[Wait], held: dict[int, int]) -> tuple[dict[str, str], dict[str, list[str]], list[str]]:
        """What is said of all, of each team and of each length."""
        self.patch.setattr(unallocated, "waiting_at", lambda *_: waiting)
        self.patch.setattr(unallocated, "open_files", lambda *_: Counter(held))
        self.patch.setattr(unallocated, "by_month", lambda *_: {})
        document = unallocated.unallocated_report(DAY)
        tables: dict[str, Any] = {one.caption: one for one in document.blocks if isinstance(one, Table)}
        lines = {
            caption: [["".join(map(str, cell.content)) for cell in line] for group in table.groups for line in group]
            for caption, table in tables.items()
        }
        whole = next(dict(one.rows) for one in document.blocks if isinstance(one, SummaryList))
        teams = {line[0]: line[1:] for line in lines["Case files without a worker, by team"]}
        return whole, teams, [line[1] for line in lines.get("Case files without a worker, by how long", [])]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    return Printed(monkeypatch)


def test_one_team_with_few_files_is_not_what_the_total_leaves(cast: Cast, printed: Printed) -> None:
    whole, teams, _ = printed.of([], {cast.east.pk: 20, cast.west.pk: 3})
    assert teams[cast.west.name][0] == "fewer than 5"
    assert whole["Open case files"] == unallocated.WHY_NOT
    whole, _, _ = printed.of([], {cast.east.pk: 20, cast.west.pk: 30})
    assert whole["Open case files"] == "50"


def test_a_few_that_have_a_worker_are_not_what_those_without_leave(cast: Cast, printed: Printed) -> None:
    held = {cast.east.pk: 9, cast.west.pk: 40}
    whole, teams, lengths = printed.of(waits(cast.east, *[2] * 6), held)
    assert teams[cast.east.name] == ["not printed", "6", "12.0"]
    assert teams[cast.west.name] == ["40", "0", "0.0"]
    assert whole == {"Open case files": unallocated.WHY_NOT, "Without a worker": "6", "Child-days so far": "12.0"}
    assert lengths == ["0", "6", "0", "0", "0"]
    _, teams, _ = printed.of(waits(cast.east, *[2] * 6) + waits(cast.west, *[2] * 39), held)
    assert [line[0] for line in teams.values()] == ["not printed", "not printed"]


def test_how_long_they_waited_is_not_a_total_that_gives_a_team_away(cast: Cast, printed: Printed) -> None:
    waiting = waits(cast.east, *[2] * 6) + waits(cast.west, 2, 2)
    whole, teams, lengths = printed.of(waiting, {cast.east.pk: 60, cast.west.pk: 70})
    assert [line[1:] for line in teams.values()] == [["fewer than 5", "not printed"], ["6", "12.0"]]
    assert whole["Without a worker"] == unallocated.WHY_NOT
    assert "Child-days so far" not in whole
    assert lengths == []
