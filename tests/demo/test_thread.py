"""The golden thread over the demonstration, where Standard 3 is served: each recommendation is alive, met here and late there."""

import json
from collections import defaultdict
from datetime import date

import pytest
from typer.testing import CliRunner

from goldenthread.cli.app import app
from goldenthread.obligations import tally
from goldenthread.obligations.requirement import installed
from tests.demo.conftest import NOW, TODAY

pytestmark = pytest.mark.usefixtures("authority")
SERVED = ("1.5", "2.1", "3.1", "3.3", "3.4", "7.5")
MIDDLE = date(2025, 7, 1)
"""Half of what is recorded fell due before it."""


def test_each_recommendation_is_alive_with_what_is_owed() -> None:
    answer = CliRunner().invoke(app, ["thread", "--json", "--as-at", str(TODAY)])
    assert answer.exit_code == 0, answer.output
    lines = {line["recommendation"]: line for line in json.loads(answer.stdout)}
    for number in SERVED:
        ours = {key for key, one in installed().items() if one.serves == number and key.startswith("allocation.")}
        assert ours <= set(lines[number]["requirements"]), number
        owed = lines[number]["obligations"]
        assert owed["met"] >= 100, (number, owed)
        assert owed["late"] + owed["overdue"] >= 50, (number, owed)
    for key in {key for key in installed() if key.startswith("allocation.")}:
        assert installed()[key].serves in SERVED, key


@pytest.mark.parametrize("number", SERVED)
def test_it_differs_by_team_and_over_time(number: str) -> None:
    ours = sorted(key for key, one in installed().items() if one.serves == number)
    by_team: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    halves: dict[tuple[int, bool], list[int]] = defaultdict(lambda: [0, 0])
    for row in tally.tally(NOW, requirements=ours):
        if row.team_id is not None:
            for line in (by_team[row.team_id], halves[row.team_id, row.month >= MIDDLE]):
                line[0] += row.counts.met
                line[1] += row.counts.judged
    shares = [met / judged for met, judged in by_team.values() if judged >= 10]
    assert len(shares) >= 3, by_team
    assert max(shares) - min(shares) > 0.1, shares
    moved = []
    for team in by_team:
        (met, judged), (then_met, then_judged) = halves[team, False], halves[team, True]
        if judged >= 10 and then_judged >= 10:
            moved.append(then_met / then_judged - met / judged)
    assert max(map(abs, moved), default=0) > 0.08, moved
