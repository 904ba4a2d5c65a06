"""Two children of Asha's case file, moved to a hostel on Wednesday morning."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from goldenthread.cases.models import CaseFile, Child
from goldenthread.standards.assessment.housing import actions
from goldenthread.standards.assessment.housing.choices import Heading
from goldenthread.standards.assessment.housing.models import Suitability, TemporaryMove
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.referrals import conftest as room
from tests.standards.referrals.conftest import Hands, Take

hands, child, take = room.hands, room.child, room.take  # the fixtures
Move = Callable[..., TemporaryMove]
Assess = Callable[..., Suitability]
ALL_WELL = {heading.value: ("suitable", "") for heading in Heading}
NO_LOCK = ALL_WELL | {"safety": ("shortfall", "The front door does not lock")}
FOR_NOW: dict[str, Any] = {
    "judged": NO_LOCK,
    "overall": "for-now",
    "change_what": "A lock on the front door",
    "change_who": "The hostel's manager",
}


@pytest.fixture
def sibling(cast: Cast) -> Child:
    """A brother."""
    return Child.objects.create(given_names="Otis", family_name="Aldergate")


@pytest.fixture
def referral(take: Take, child: Child, sibling: Child) -> Referral:
    """Of both children, received at ten on Wednesday."""
    return take(children=[child, sibling])


@pytest.fixture
def case_file(referral: Referral) -> CaseFile:
    """Asha's."""
    return referral.case_file


@pytest.fixture
def record(cast: Cast, hands: Hands, case_file: CaseFile, child: Child, sibling: Child) -> Move:
    """Record a move: of both children to a hostel, unless told otherwise."""

    def one(**other: Any) -> TemporaryMove:
        given: dict[str, Any] = {
            "case_file": case_file, "children": [child, sibling], "kind": "hostel", "place": "The hostel in Harbour Street",
            "authority": "Wexcombe housing", "told_by": "housing", "moved_at": hands.now - timedelta(hours=1),
            "told_at": hands.now, "by": cast.worker,
        }  # fmt: skip
        return actions.record_move(**(given | other))

    return one


@pytest.fixture
def move(record: Move) -> TemporaryMove:
    """Recorded on Wednesday at ten."""
    return record()


@pytest.fixture
def assess(cast: Cast, hands: Hands, move: TemporaryMove, child: Child) -> Assess:
    """Assess the place for a child: suitable, with Housing, unless told otherwise."""

    def one(**other: Any) -> Suitability:
        given: dict[str, Any] = {
            "move": move, "child": child, "judged": ALL_WELL, "overall": "suitable", "with_housing": "P Lunt, housing officer",
            "occurred_at": hands.now, "by": cast.worker,
        }  # fmt: skip
        if other.get("overall") == "for-now":
            given["change_by"] = hands.now.date()
        return actions.assess_suitability(**(given | other))

    return one
