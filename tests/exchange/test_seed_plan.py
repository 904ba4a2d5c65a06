"""The real plan, read by hand once: the reader must come to the same."""

from datetime import date
from pathlib import Path

import pytest

from goldenthread.exchange.readers import read_plan
from goldenthread.plan.content import PlanContent, RecommendationContent

# actions, lead lines and timescales; then progress lines and next steps
TRUE_READING = {
    "1.1": (2, 2, 2, 2, 2), "1.2": (2, 2, 2, 2, 1), "1.3": (1, 1, 1, 1, 0), "1.4": (3, 3, 3, 3, 1), "1.5": (1, 1, 0, 1, 1),
    "2.1": (2, 2, 2, 2, 1), "2.2": (0, 2, 1, 1, 1), "2.3": (3, 3, 3, 3, 0), "2.4": (1, 1, 1, 3, 0), "2.5": (1, 1, 1, 2, 0),
    "2.6": (2, 2, 2, 2, 1), "2.7": (2, 2, 2, 2, 1), "2.8": (1, 1, 1, 1, 1), "2.9": (1, 1, 1, 1, 1), "3.1": (3, 3, 3, 3, 0),
    "3.2": (1, 2, 1, 1, 1), "3.3": (2, 3, 2, 2, 0), "3.4": (2, 2, 2, 2, 1), "4.1": (1, 1, 1, 2, 1), "4.2": (1, 1, 1, 1, 1),
    "5.1": (3, 3, 3, 2, 1), "5.2": (2, 2, 2, 2, 0), "6.1": (1, 1, 1, 1, 1), "7.1": (4, 4, 4, 4, 0), "7.2": (1, 1, 1, 1, 0),
    "7.3": (2, 2, 2, 1, 1), "7.4": (2, 2, 2, 1, 0), "7.5": (2, 2, 2, 2, 0),
}  # fmt: skip


@pytest.fixture
def plan(seed_text: Path) -> PlanContent:
    return read_plan(seed_text)


def rec(plan: PlanContent, number: str) -> RecommendationContent:
    return next(r for r in plan.recommendations() if r.number == number)


def counts(r: RecommendationContent) -> tuple[int, int, int, int, int]:
    return (
        len(r.actions),
        sum(len(a.leads) for a in r.actions) + len(r.leads),
        sum(a.timescale is not None for a in r.actions) + len(r.timescales),
        len(r.progress),
        len(r.next_steps),
    )


def test_every_recommendation_is_read_as_by_hand(plan: PlanContent) -> None:
    assert {r.number: counts(r) for r in plan.recommendations()} == TRUE_READING
    assert [s.title.text for s in plan.standards][:3] == [
        "Referrals",
        "Assessment",
        "Allocation, Service Provision and Closure",
    ]
    assert (plan.title, plan.as_at) == ("IMPROVEMENT PLAN", date(2003, 10, 31))


def test_no_line_is_lost_or_used_twice(plan: PlanContent, seed_text: Path) -> None:
    held = plan.conservation()
    lines = [line for line in seed_text.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert held.holds
    assert held.lines == held.placed == len(lines)


def test_all_forty_eight_dates_are_worked_out(plan: PlanContent) -> None:
    times = [a.timescale for r in plan.recommendations() for a in r.actions if a.timescale]
    times += [t for r in plan.recommendations() for t in r.timescales]
    assert sum(t.words.text != "As above" for t in times) == 48
    assert all(t.due for t in times)
    first = rec(plan, "1.1")
    assert [a.timescale and a.timescale.words.text for a in first.actions] == ["End Oct 03", "From Oct 03"]
    assert first.actions[0].timescale
    assert first.actions[0].timescale.due == date(2003, 10, 31)
    assert first.actions[1].timescale
    assert first.actions[1].timescale.starts == date(2003, 10, 1)
    assert "when it starts" in first.to_settle[0]


def test_what_the_rows_do_not_pair_is_kept_and_asked_about(plan: PlanContent) -> None:
    wrapped = rec(plan, "3.3")
    assert [w.text for w in wrapped.leads] == ["Liz Price, Chair, Sub Committee", "Liz Price, Chair", "Sub Committee"]
    assert "The last two lines may be one lead" in wrapped.to_settle[0]
    assert all(a.timescale for a in wrapped.actions)
    bare = rec(plan, "2.2")
    assert [w.text for w in bare.leads] == ["All Social Workers", "All Team Managers"]
    assert [t.words.text for t in bare.timescales] == ["Oct 03"]
    assert any("No action" in remark for remark in bare.to_settle)
    assert rec(plan, "1.5").actions[0].timescale is None
    assert [w.text for w in rec(plan, "3.2").actions[0].leads] == ["Group Managers.", "Head of Service"]


def test_as_above_stands_for_the_recommendation_before(plan: PlanContent) -> None:
    action = rec(plan, "7.2").actions[0]
    assert action.stands_for == [a.text.text for a in rec(plan, "7.1").actions]
    assert action.leads_stand_for == ["Maurice Lindsay, Head of Service", "Head of Service & Director"]
    assert action.timescale
    assert action.timescale.due == date(2003, 10, 31)
    assert "several dates" in rec(plan, "7.2").to_settle[0]


def test_hard_places_are_read_right(plan: PlanContent) -> None:
    assert rec(plan, "4.2").actions[0].text.text == "All Team Managers to ensure this action"
    assert [w.text for w in rec(plan, "4.1").next_steps] == ["Senior Practitioner"]
    assert [w.text for w in rec(plan, "3.4").next_steps] == ["Group Manager to continue work with all teams."]
    assert any("Group Manager to continue work" in note and note.startswith("line ") for note in plan.notes)
    assert rec(plan, "5.1").next_steps[0].text.startswith("Systematic evaluation")
    assert rec(plan, "1.1").actions[1].text.text == "Include in reports to Chief Executive and Executive Member."


def test_a_date_that_is_asked_for_wins(seed_text: Path) -> None:
    assert read_plan(seed_text, date(2003, 11, 5)).as_at == date(2003, 11, 5)
