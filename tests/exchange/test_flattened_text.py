"""Flattened text from other councils: other words, other columns, other numbers."""

from datetime import date
from typing import Any

import pytest

from goldenthread.core.errors import BadInput
from goldenthread.exchange.flattened import understand
from goldenthread.exchange.writers import to_json
from goldenthread.plan.content import PlanContent


def read(text: str) -> PlanContent:
    plan = understand(text, "plan.txt", None)
    assert plan.conservation().holds
    return plan


def recs(plan: PlanContent) -> list[dict[str, Any]]:
    return [rec for standard in to_json(plan)["standards"] for rec in standard["recommendations"]]


MODERN = """Multi-agency improvement plan 2025 to 2026

Position as at 30 September 2025

Priority 1: Front door

Recommendation

What will we do?

Who

By when

Update

BRAG

1.1 Ensure thresholds are understood by all partners

Refresh the threshold document

Run six briefing sessions

Head of Front Door

Partnership Manager

30/09/2025

31/12/2025

Threshold document refreshed and approved by the partnership.

Four of six sessions held.

Amber

1.2 Decisions are made within one working day

Weekly performance clinic

Service Manager, MASH

Ongoing

Timeliness was 94% in August.

Green

Priority 2: Leadership

2.1 Strengthen the audit framework

Publish an audit calendar

Quality Assurance Lead

Q3 2025/26

Calendar drafted

Blue
"""


def test_priorities_full_numbers_and_ratings() -> None:
    plan = read(MODERN)
    assert (plan.title, plan.as_at) == ("Multi-agency improvement plan 2025 to 2026", date(2025, 9, 30))
    first, second, third = recs(plan)
    assert [a["due"] for a in first["actions"]] == ["2025-09-30", "2025-12-31"]
    assert [a["leads"] for a in first["actions"]] == [["Head of Front Door"], ["Partnership Manager"]]
    assert first["rating"] == ["Amber"]
    assert second["actions"][0]["timescale"] == "Ongoing"
    assert second["progress"] == ["Timeliness was 94% in August."]
    assert third["number"] == "2.1"


def test_lines_with_no_blank_lines_between() -> None:
    plan = read("\n".join(line for line in MODERN.splitlines() if line))
    assert [rec["number"] for rec in recs(plan)] == ["1.1", "1.2", "2.1"]
    assert len(recs(plan)[0]["actions"]) == 2


def test_windows_line_ends_and_odd_spaces_change_nothing() -> None:
    assert to_json(read(MODERN.replace("\n", "\r\n").replace("Front door", "Front\u00a0 door "))) == to_json(
        read(MODERN)
    )


def test_a_number_left_out_is_not_closed_up() -> None:
    plan = read(
        "Plan\n\nStandard 1 - Referrals\n\n1. To answer on the day\n\nReview the rota\n\nTeam Manager\n\nOct 25\n\nRota was reviewed.\n\n\n"
        "3. To tell the referrer\n\nWrite letters\n\nHead of Service\n\nNov 25\n\nLetters were sent.\n"
    )
    assert [rec["number"] for rec in recs(plan)] == ["1.1", "1.3"]


def test_headings_repeated_at_the_top_of_a_page() -> None:
    heads = "Recommendation\n\nActions\n\nLead officer\n\nTimescale\n\nProgress\n\n"
    plan = read(
        f"Plan\n\nStandard 1 - Referrals\n\n{heads}1. To answer on the day\n\nReview the rota\n\nTeam Manager\n\nOct 25\n\nRota was reviewed.\n\n"
        f"{heads}2. To tell the referrer\n\nWrite letters\n\nHead of Service\n\nNov 25\n\nLetters were sent.\n"
    )
    assert [rec["progress"] for rec in recs(plan)] == [["Rota was reviewed."], ["Letters were sent."]]
    assert len(plan.standards[0].headings) == 10


def test_as_above_in_one_column_stands_for_the_line_above() -> None:
    plan = read(
        "Plan\n\nStandard 1 - Referrals\n\n1. To answer on the day\n\n1. Review the rota\n\n2. Publish the rota\n\nTeam Manager\n\nAs above\n\n"
        "Oct 25\n\nAs above\n\nRota was reviewed.\n\nRota was published.\n"
    )
    second = recs(plan)[0]["actions"][1]
    assert second["stands_for"] == {"actions": [], "leads": ["Team Manager"]}
    assert (second["timescale"], second["due"]) == ("As above", "2025-10-31")


def test_lines_too_many_to_tell_apart_are_kept_and_said() -> None:
    many = "\n\n".join(f"A remark that is number {n} of its kind" for n in range(400))
    plan = read(f"Plan\n\nStandard 1 - Referrals\n\n1. To answer on the day\n\n{many}\n")
    assert len(recs(plan)[0]["progress"]) == 400
    assert any("cannot be told apart" in note for note in plan.notes)


def test_a_plan_of_headings_only_is_none() -> None:
    with pytest.raises(BadInput, match=r"plan\.txt: there are standards but no numbered recommendations"):
        understand("Standard 1 - Referrals\n\nActions\n\nLead officer\n", "plan.txt", None)
