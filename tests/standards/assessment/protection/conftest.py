"""An open file with two children, and each step of the procedures on it, as short calls."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from goldenthread.cases.models import CaseFile, Child
from goldenthread.standards.assessment.protection import actions, plans
from goldenthread.standards.assessment.protection.models import ConferenceDate, ProtectionPlan, StrategyDiscussion
from goldenthread.standards.assessment.recording.actions import record_contact
from goldenthread.standards.assessment.recording.models import CaseRecord
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.assessment.recording.conftest import FACTS, NEXT, VIEW, at
from tests.standards.referrals import conftest as referrals_room
from tests.standards.referrals.conftest import Hands

hands, child, take, referral = (
    referrals_room.hands,
    referrals_room.child,
    referrals_room.take,
    referrals_room.referral,
)  # the fixtures
__all__ = ["at"]
Discuss = Callable[..., StrategyDiscussion]
ALL_THREE = {"social-care": "Asha Verma", "police": "DS Ferris", "health": "Dr Aziz, paediatrician"}
KNOWN = "The school saw a burn on her arm; her mother gives two accounts of it"
WHY = "The injury does not fit either account"
FOUND = "The burn was made by an iron, and nobody at home can say when"


class Steps:
    """The procedures on one file, step by step; each at the time that the clock shows unless told otherwise."""

    def __init__(self, cast: Cast, hands: Hands, case_file: CaseFile, child: Child) -> None:
        self.cast, self.hands, self.file, self.child = cast, hands, case_file, child
        self.sibling = Child.objects.create(given_names="Otis", family_name="Aldergate", date_of_birth=date(2002, 9, 1))
        case_file.children.add(self.sibling)

    def discuss(self, **other: Any) -> StrategyDiscussion:
        given: dict[str, Any] = {
            "case_file": self.file, "children": [self.child], "who": ALL_THREE, "known": KNOWN, "why": WHY,
            "decision": "joint-enquiry", "occurred_at": self.hands.now, "by": self.cast.worker,
            "purpose": "Whether she was hurt on purpose, and by whom", "expectations": "Asha sees her today with the police",
        }  # fmt: skip
        return actions.hold_strategy_discussion(**(given | other))

    def outcome(self, discussion: StrategyDiscussion, **other: Any) -> Any:
        given: dict[str, Any] = {
            "discussion": discussion, "outcome": "conference", "why": FOUND, "occurred_at": self.hands.now,
            "by": self.cast.manager,
        }  # fmt: skip
        return actions.record_outcome(**(given | other))

    def confer(self, discussion: StrategyDiscussion, **other: Any) -> ConferenceDate:
        given: dict[str, Any] = {
            "discussion": discussion, "plan_for": {self.child.pk: "physical"}, "words": "She is safe only if her uncle stays away",
            "occurred_at": self.hands.now, "by": self.cast.worker,
        }  # fmt: skip
        return actions.hold_conference(**(given | other))

    def plan(self, **other: Any) -> ProtectionPlan:
        """A plan that begins now, all its steps taken now."""
        discussion = self.discuss()
        self.outcome(discussion)
        self.confer(discussion, **other)
        return ProtectionPlan.objects.get(child=self.child)

    def meet(self, *of: ProtectionPlan, **other: Any) -> Any:
        given: dict[str, Any] = {
            "plans": of, "words": "The uncle has moved out; school sees her daily", "occurred_at": self.hands.now,
            "by": self.cast.worker,
        }  # fmt: skip
        return plans.record_core_group(**(given | other))

    def review(self, *of: ProtectionPlan, **other: Any) -> Any:
        given: dict[str, Any] = {
            "plans": of, "words": "The plan goes on: she is not yet safe", "occurred_at": self.hands.now,
            "by": self.cast.worker,
        }  # fmt: skip
        return plans.record_review(**(given | other))

    def end(self, plan: ProtectionPlan, **other: Any) -> Any:
        given: dict[str, Any] = {
            "plan": plan, "reason": "safer", "words": "All at the conference agreed that she is safe now",
            "occurred_at": self.hands.now, "by": self.cast.worker,
        }  # fmt: skip
        return plans.end_plan(**(given | other))

    def visit(self, **other: Any) -> CaseRecord:
        given: dict[str, Any] = {
            "case_file": self.file, "kind": "protection-visit", "seen": {self.child.pk: "alone"}, "facts": FACTS,
            "view": VIEW, "next_steps": NEXT, "where": "At home", "occurred_at": self.hands.now, "by": self.cast.worker,
        }  # fmt: skip
        return record_contact(**(given | other))


@pytest.fixture
def steps(cast: Cast, hands: Hands, referral: Referral, child: Child) -> Steps:
    """On Asha's file on Juno and her baby brother, opened at ten on Wednesday 1 October 2003; it is eleven."""
    hands.on(hours=1)
    return Steps(cast, hands, referral.case_file, child)
