"""A file with a chronology: one child, a referral at ten on Wednesday, and what Asha puts in."""

from collections.abc import Callable
from typing import Any

import pytest

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.clock import day_of
from goldenthread.standards.allocation.chronology import actions
from goldenthread.standards.allocation.chronology.models import ChronologyReview, SignificantEvent
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.referrals import conftest as referrals_room
from tests.standards.referrals.conftest import Hands

hands, child, take, referral = (
    referrals_room.hands,
    referrals_room.child,
    referrals_room.take,
    referrals_room.referral,
)
Add = Callable[..., SignificantEvent]
Review = Callable[..., ChronologyReview]
TELLS = "Three moves in a year, and each time she was the one who packed"


@pytest.fixture
def file(referral: Referral, hands: Hands) -> CaseFile:
    """Opened at ten on Wednesday, Asha's; it is eleven now."""
    hands.on(hours=1)
    return referral.case_file


@pytest.fixture
def add(file: CaseFile, child: Child, cast: Cast, hands: Hands) -> Add:
    """Put in an event of now, unless told otherwise."""

    def one(**other: Any) -> SignificantEvent:
        given: dict[str, Any] = {
            "case_file": file, "children": [child], "what": "Her father left the home", "why": "He was the one who read to her",
            "significance": "significant", "source": "education", "told_by": "Rosa Whitcombe, her teacher",
            "occurred_at": hands.now, "learnt_on": day_of(hands.now), "by": cast.worker,
        }  # fmt: skip
        return actions.add_event(**(given | other))

    return one


@pytest.fixture
def review(file: CaseFile, cast: Cast, hands: Hands) -> Review:
    """Go through it now, unless told otherwise."""

    def one(**other: Any) -> ChronologyReview:
        given: dict[str, Any] = {"case_file": file, "words": TELLS, "occurred_at": hands.now, "by": cast.worker}
        return actions.review_chronology(**(given | other))

    return one
