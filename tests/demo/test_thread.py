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
def test_what_serves_it_differs_by_team_and_over_time(number: str) -> None:
    ours = sorted(key for key, one in installed().items() if one.serves == number)
    counts: dict[tuple[str, int, bool], list[int]] = defaultdict(lambda: [0, 0])
    for row in tally.tally(NOW, requirements=ours):
        if row.team_id is not None:
            for key in (row.requirement, "all of them"):
                line = counts[key, row.team_id, row.month >= MIDDLE]
                line[0] += row.counts.met
                line[1] += row.counts.judged
    apart, moved = [], []
    for key in (*ours, "all of them"):
        teams = {team for of, team, _ in counts if of == key}
        halves = {team: (counts[key, team, False], counts[key, team, True]) for team in teams}
        both = {team: (a[0] + b[0], a[1] + b[1]) for team, (a, b) in halves.items()}
        shares = [met / judged for met, judged in both.values() if judged >= 10]
        if len(shares) >= 3:
            apart.append(max(shares) - min(shares))
        moved += [abs(b[0] / b[1] - a[0] / a[1]) for a, b in halves.values() if a[1] >= 10 and b[1] >= 10]
    assert max(apart, default=0) > 0.1, apart
    assert max(moved, default=0) > 0.08, moved
