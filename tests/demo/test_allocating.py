"""Allocation in the demonstration: nothing that the verbs would refuse, the teams differ, and somebody waits."""

from collections import defaultdict

import pytest

from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile, Holding
from goldenthread.core.errors import Refused
from goldenthread.obligations import tally
from goldenthread.people.models import Team
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.allocating import rules
from goldenthread.standards.allocation.allocating.choices import Answer, Told
from goldenthread.standards.allocation.allocating.models import (
    Allocation,
    AllocationAnswer,
    AllocationDiscussed,
    Expectation,
    RefusalRuling,
    WaitCycle,
    WaitHeard,
    WaitReportSent,
    WaitTold,
)
from goldenthread.standards.allocation.allocating.requirements import REQUIREMENTS, begins_a_wait, month_ends, week_ends
from tests.demo.conftest import NOW

# Both databases hold the same rows (test_load), and of these the tests count what they say.
pytestmark = [pytest.mark.usefixtures("authority"), pytest.mark.once]


def lasted() -> dict[int, tuple[object, object]]:
    """From when until when each holding lasted, as far as it is over."""
    found: dict[int, tuple[object, object]] = {}
    for file in CaseFile.objects.prefetch_related("holdings"):
        held = sorted(file.holdings.all(), key=lambda one: (one.since_at, one.pk))
        for place, one in enumerate(held):
            after = held[place + 1].since_at if place + 1 < len(held) else file.closed_at
            found[one.pk] = (one.since_at, min(after, file.closed_at) if after and file.closed_at else after)
    return found


def test_an_allocation_is_of_a_holding_while_it_lasted_and_says_what_for() -> None:
    spans = lasted()
    for made in Allocation.objects.select_related("holding", "worker", "by"):
        since, over = spans[made.holding_id]
        assert made.worker_id == made.holding.worker_id
        assert made.case_file_id == made.holding.case_file_id
        assert since <= made.allocated_at <= made.recorded_at
        assert over is None or made.recorded_at < over
        assert made.by.may(Permission.DECIDE_REFERRALS)
        rules.check_words(made.purpose, "purpose")
        rules.check_words(made.expected, "expected")
    for one in Expectation.objects.select_related("allocation"):
        assert (one.officer_id is None) == bool(one.who)
        assert one.officer_id != one.allocation.worker_id
        rules.check_words(one.what, "what")


def test_answers_rulings_and_supervision_are_what_the_verbs_would_take() -> None:
    spans, refused = lasted(), {}
    for said in AllocationAnswer.objects.select_related("allocation"):
        assert said.by_id == said.allocation.worker_id
        assert said.occurred_at >= said.allocation.allocated_at
        assert said.answer == Answer.ACCEPTED or said.words
        if said.answer == Answer.REFUSED:
            refused[said.allocation_id] = said.occurred_at
    for ruled in RefusalRuling.objects.select_related("allocation"):
        assert ruled.occurred_at >= refused[ruled.allocation_id]
        assert ruled.by_id != ruled.allocation.worker_id
    for model in (AllocationAnswer, RefusalRuling, AllocationDiscussed):
        for fact in model._default_manager.select_related("allocation"):
            over = spans[fact.allocation.holding_id][1]
            assert fact.recorded_at >= fact.allocation.recorded_at
            assert over is None or fact.recorded_at < over
    assert 0.01 < len(refused) / Allocation.objects.count() < 0.12


def test_who_was_told_of_a_wait_has_the_rank_and_was_told_while_it_lasted() -> None:
    for told in WaitTold.objects.select_related("holding__case_file", "to", "by"):
        file = told.holding.case_file
        file_holdings = list(file.holdings.all())
        begins = next(one for one in file_holdings if one.pk == told.holding_id)
        begins.case_file = file
        assert begins_a_wait(begins)
        assert told.to.role == told.rank
        assert told.by.may(Permission.DECIDE_REFERRALS)
        named = [one.since_at for one in file_holdings if one.worker_id and one.since_at > told.holding.since_at]
        over = min([*named, *([file.closed_at] if file.closed_at else [])], default=NOW)
        assert told.holding.since_at <= told.occurred_at <= told.recorded_at < over
    for heard in WaitHeard.objects.select_related("told"):
        assert heard.by_id == heard.told.to_id
        assert heard.told.rank != Told.EXECUTIVE_MEMBER
        assert heard.occurred_at >= heard.told.occurred_at
    assert {told.rank for told in WaitTold.objects.all()} == set(Told.values)


def test_some_wait_now_and_some_of_them_long() -> None:
    waiting = []
    for file in CaseFile.objects.filter(closed_at=None, worker=None).prefetch_related("holdings"):
        waiting.append((NOW - rules.wait_of(file).since_at).days)
    assert len(waiting) >= 3
    assert max(waiting) >= 10
    named = CaseFile.objects.filter(closed_at=None).exclude(worker=None)[0]
    with pytest.raises(Refused):
        rules.wait_of(named)


def test_the_figures_went_out_once_each_to_whom_they_are_for() -> None:
    cycle = WaitCycle.objects.get()
    weeks, months = set(list(week_ends(cycle))[:200]), set(list(month_ends(cycle))[:60])
    sent = standing(WaitReportSent.objects.select_related("to"))
    assert len({(one.fact.period, one.fact.as_at) for one in sent}) == len(sent) > 50
    for one in sent:
        weekly = one.fact.period == "week"
        assert one.fact.as_at in (weeks if weekly else months)
        assert one.fact.to.role == ("head-of-service" if weekly else "executive-member")
        assert one.fact.occurred_at.date() > one.fact.as_at


def test_every_requirement_is_met_and_missed_and_the_teams_differ() -> None:
    totals = tally.totals(tally.tally(NOW))
    for requirement in REQUIREMENTS:
        counts = totals[requirement.key]
        assert counts.met, requirement.key
        assert counts.overdue or counts.late, requirement.key
    by_team: dict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    for row in tally.tally(NOW, requirements=["allocation.purpose-stated"]):
        if row.month.year == 2026:
            by_team[row.team_id][0] += row.counts.met
            by_team[row.team_id][1] += row.counts.judged
    shares = {team: met / judged for team, (met, judged) in by_team.items() if judged}
    east, west = (Team.objects.get(key=key).pk for key in ("ra-east", "ra-west"))
    assert shares[east] - shares[west] > 0.15
    assert Holding.objects.filter(worker=None).count() > 50
