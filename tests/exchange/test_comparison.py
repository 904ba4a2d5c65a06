"""Two versions of a plan: what was added, changed and dropped."""

import copy
from pathlib import Path

from hypothesis import given, settings

from goldenthread.exchange.comparison import Change, compare
from goldenthread.exchange.flattened import understand
from goldenthread.exchange.readers import read_plan
from goldenthread.plan.content import PlanContent
from tests.exchange.plans import believable

EARLIER = """Improvement plan - Progress as at 31 July 2025

Standard 1 - Referrals

1. To answer every contact on the day it comes

1. Review the duty rota and publish it each month.

2. Audit twenty files in each team

Amina Yusuf, Head of Service

All Team Managers

End Sept 25

Dec 2025

Rota was reviewed in June.

Twelve files have been audited.

Continue to audit until December

2. To tell the referrer what was decided

Produce a letter for referrers

Joan Field, Group Manager

Oct 2025

Letter was drafted and sent to legal services.


"""
LATER = """Improvement plan - Progress as at 31 October 2025

Standard 1 - Referrals

1. To answer every contact on the day it comes in

1. Review the duty rota and publish it each week.

2. Report the results to the board

Amina Yusuf, Head of Service

Ann Lowe, Quality Assurance Manager

End Nov 25

Dec 2025

Rota was reviewed in June.

Board report was sent in October.


Standard 2 - Assessment

1. To finish assessments in 45 working days

Train every team in the new form

Workforce Development Team

Jan 2026

Training was held for four teams.


"""


def plan(text: str) -> PlanContent:
    return understand(text, "plan.txt", None)


def test_additions_changes_and_losses_are_told_apart() -> None:
    found = compare(plan(EARLIER), plan(LATER))
    one = "Recommendation 1.1"
    for expected in (
        Change("changed", "The plan", "as-at date", "2025-07-31", "2025-10-31"),
        Change("added", "Standard 2", "standard", new="Assessment"),
        Change("added", "Recommendation 2.1", "recommendation", new="To finish assessments in 45 working days"),
        Change("dropped", "Recommendation 1.2", "recommendation", old="To tell the referrer what was decided"),
        Change("changed", f"{one}, action 1", "timescale", "End Sept 25", "End Nov 25"),
        Change("added", one, "action", new="Report the results to the board"),
        Change("dropped", one, "action", old="Audit twenty files in each team"),
        Change("added", one, "progress", new="Board report was sent in October."),
        Change("dropped", one, "next step", old="Continue to audit until December"),
    ):
        assert expected in found.changes
    words = found.in_words()
    assert "Recommendation 1.1, action 1: timescale changed from “End Sept 25” to “End Nov 25”" in words
    assert words.startswith(f"{len(found.of('added'))} added, ")


def test_a_recommendation_that_moved_is_not_added_and_dropped() -> None:
    moved = plan(
        EARLIER.replace(
            "Standard 1 - Referrals", "Standard 1 - Duty\n\n1. To have a duty team\n\nStandard 2 - Referrals"
        )
    )
    found = compare(plan(EARLIER), moved)
    assert Change("changed", "Recommendation 2.1", "number", "1.1", "2.1") in found.changes
    assert not [c for c in found.of("dropped") if c.part == "recommendation"]


def test_the_same_plan_does_not_differ(seed_text: Path) -> None:
    seed = read_plan(seed_text)
    assert compare(seed, copy.deepcopy(seed)).in_words() == "Nothing changed."


@settings(max_examples=25, deadline=None)
@given(believable())
def test_a_plan_never_differs_from_itself_and_always_from_one_with_a_line_more(content: PlanContent) -> None:
    assert compare(content, copy.deepcopy(content)).same
    shorter = copy.deepcopy(content)
    lost = shorter.standards[-1].recommendations.pop()
    dropped = compare(content, shorter).of("dropped")
    assert any(change.part == "recommendation" and change.old == lost.title.text for change in dropped)
