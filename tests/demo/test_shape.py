"""That the demonstration is shaped by England's figures, and that its charts have something true to show."""

import csv
from collections import defaultdict
from datetime import date, timedelta
from math import sqrt
from pathlib import Path

import pytest

from goldenthread.core.statistics import RunChart, run_chart
from goldenthread.demo.arrivals import KINDS
from goldenthread.demo.load import DemoSummary
from goldenthread.demo.national import national
from goldenthread.demo.practice import DRIFTS, FLAT, IMPROVES, TABLE
from goldenthread.obligations import tally
from goldenthread.people.models import Team
from goldenthread.standards.referrals.models import Decision, Referral
from tests.demo.conftest import NOW, TODAY

DECISION = "referrals.decision"


def chart(requirement: str, team: str) -> RunChart:
    """The run chart of the share met in time, of the months that were whole when it was loaded."""
    pk = Team.objects.get(key=team).pk
    months: dict[date, tuple[int, int]] = {}
    for row in tally.tally(NOW, requirements=[requirement]):
        if row.team_id == pk and row.counts.judged:
            months[row.month] = (row.counts.met, row.counts.judged)
    return run_chart([met / judged for _, (met, judged) in sorted(months.items())])


@pytest.mark.usefixtures("authority")
@pytest.mark.parametrize(
    "requirement",
    [DECISION, "referrals.acknowledgement", "referrals.offence-considered", "referrals.unmet-need-recorded"],
)
def test_the_team_that_improves_shows_a_shift_upwards_and_the_one_that_drifts_one_downwards(requirement: str) -> None:
    assert [shift for shift in chart(requirement, IMPROVES).shifts if shift.upwards and shift.last >= 20]
    assert [shift for shift in chart(requirement, DRIFTS).shifts if not shift.upwards and shift.last >= 20]


@pytest.mark.usefixtures("authority")
def test_the_flat_team_shows_no_more_than_chance() -> None:
    assert chart(DECISION, FLAT).signals == ()


def test_the_table_says_what_the_three_teams_do() -> None:
    for path in (TABLE[DECISION][IMPROVES], TABLE["referrals.acknowledgement"][IMPROVES]):
        assert path.share(0) < path.share(0.6) < path.share(1)
    assert TABLE[DECISION][DRIFTS].share(0) > TABLE[DECISION][DRIFTS].share(1)
    assert TABLE[DECISION][FLAT].share(0) == TABLE[DECISION][FLAT].share(1)
    assert all(0 <= path.share(at / 10) <= 1 for row in TABLE.values() for path in row.values() for at in range(11))


@pytest.mark.usefixtures("authority")
def test_sources_and_decisions_are_near_the_national_shares() -> None:
    # Within three and a half standard errors of a sample of this size: chance seldom goes further, for any seed. Sources
    # are drawn before their day, and one that comes again may wait for a school day, so nothing is bent on the way.
    figures, counted = national(), defaultdict(int)
    kinds = {kind: source for source, split in KINDS.items() for kind in split}
    for kind in Referral.objects.values_list("agency_kind", flat=True):
        counted[kinds[kind]] += 1
    all_referrals, all_sources = Referral.objects.count(), sum(figures.sources.values())
    for source, number in figures.sources.items():
        share = number / all_sources
        assert abs(counted[source] / all_referrals - share) < 3.5 * sqrt(share * (1 - share) / all_referrals), source
    decisions = Decision.objects.count()
    none = Decision.objects.filter(what="no-further-action").count() / decisions
    share = figures.no_further_action
    assert abs(none - share) < 3.5 * sqrt(share * (1 - share) / decisions)


@pytest.mark.usefixtures("authority")
def test_as_many_come_again_within_a_year_as_nationally() -> None:
    # Only the second year: a referral of the first has less than a year before it to look back on. Six points of
    # room: in a thousand children the second year has about 600 referrals of children, so the standard error is under two
    # points, and siblings who come together make it larger.
    came: dict[int, list] = defaultdict(list)
    for received, child in Referral.objects.order_by("received_at").values_list("received_at", "children"):
        came[child].append(received)
    year = NOW - timedelta(days=365)
    again = total = 0
    for times in came.values():
        for place, at in enumerate(times):
            if at >= year:
                total += 1
                again += place > 0 and at - times[place - 1] <= timedelta(days=365)
    assert abs(again / total - national().re_referral) < 0.06


@pytest.mark.usefixtures("authority")
def test_schools_refer_in_term_and_hours_and_the_police_at_any_time() -> None:
    from goldenthread.core.clock import LONDON

    schools = [r.received_at.astimezone(LONDON) for r in Referral.objects.filter(agency_kind="school")]
    police = [r.received_at.astimezone(LONDON) for r in Referral.objects.filter(agency_kind="police")]
    assert not [at for at in schools if at.weekday() > 4]
    assert len([at for at in schools if at.month == 8]) / len(schools) < 0.03
    assert len([at for at in police if at.weekday() > 4 or at.hour >= 18 or at.hour < 8]) / len(police) > 0.3


@pytest.mark.shared
def test_the_figures_are_those_that_were_published(shared: Path) -> None:
    figures = national()

    def england(name: str) -> dict[str, str]:
        with next((shared / "data" / "dfe_stats").glob(f"{name}_*.csv")).open(encoding="utf-8-sig") as file:
            rows = [row for row in csv.DictReader(file) if row["geographic_level"] == "National"]
        return next(row for row in rows if row["time_period"] == str(figures.year) and "z" not in row.values())

    told = england("c1")
    referrals = int(told["Referrals"])
    assert figures.re_referral == int(told["Re_referrals"]) / referrals
    assert figures.no_further_action == int(told["No_Further_Action"]) / referrals
    assert figures.not_in_need == int(told["Not_in_Need"]) / referrals
    sources = england("c5")
    published = ("Individual", "Schools", "Education_Services", "Health_Services", "Housing", "LA_Services", "Police",
                 "Other_legal_agency", "Other", "Anonymous", "Unknown")  # fmt: skip
    assert list(figures.sources.values()) == [int(sources[name]) for name in published]
    needs = england("b3")
    assert list(figures.needs.values()) == [int(number) for name, number in needs.items() if name.startswith("N")]
    days = england("c2")
    assert [number for _, number in figures.assessment_bands] == [
        int(number)
        for name, number in days.items()
        if name == "Same_day" or (name.endswith("_days") and name[0].isdigit() and "Percentile" not in name)
    ]
    assert figures.strategy == int(england("c4")["Section47"]) / referrals


def test_all_of_it_is_said_to_be_made_up(authority: DemoSummary) -> None:
    assert authority.council == "Wexcombe Council"
    assert authority.last == TODAY - timedelta(days=1)
