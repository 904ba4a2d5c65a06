"""The SQL that `make bench` holds the tally against counts the same."""

from bench.tallying import by_hand
from goldenthread.demo.load import DemoSummary
from goldenthread.obligations.tally import tally
from tests.demo.conftest import NOW


def test_sql_written_by_hand_counts_as_the_tally_does(authority: DemoSummary) -> None:
    ours = [
        (row.requirement, row.team_id, str(row.month), c.met, c.late, c.overdue, c.due, c.excused)
        for row in tally(NOW)
        for c in [row.counts]
    ]
    theirs = [(key, team, str(month), *map(int, counts)) for key, team, month, *counts in by_hand(NOW)]
    assert sorted(ours, key=str) == sorted(theirs, key=str)
    assert sum(row[-1] for row in ours) > 0, "nothing is excused, so the rule for excuses was not tried"
