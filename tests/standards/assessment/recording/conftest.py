"""An open file, and a contact to record on it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from goldenthread.cases.models import CaseFile, Child
from goldenthread.standards.assessment.recording.actions import record_contact
from goldenthread.standards.assessment.recording.models import CaseRecord
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.referrals import conftest as referrals_room
from tests.standards.referrals.conftest import Hands

hands, child, take, referral = (
    referrals_room.hands,
    referrals_room.child,
    referrals_room.take,
    referrals_room.referral,
)  # the fixtures
Contact = Callable[..., CaseRecord]
FACTS = "She opened the door herself and showed me her drawings. “Mum sleeps a lot”, she said"
VIEW = "She is on her own for much of the day; I have seen nothing that says who feeds her"
NEXT = "I visit again on Friday, and ring the school today"


@pytest.fixture
def case_file(referral: Referral) -> CaseFile:
    """Asha's file on Juno, opened at ten on Wednesday 1 October 2003."""
    return referral.case_file


@pytest.fixture
def contact(case_file: CaseFile, child: Child, cast: Cast, hands: Hands) -> Contact:
    """Record a contact: a home visit an hour ago at which Juno was seen alone, unless told otherwise."""

    def one(**other: Any) -> CaseRecord:
        given: dict[str, Any] = {
            "case_file": case_file, "kind": "home-visit", "seen": {child.pk: "alone"}, "facts": FACTS, "view": VIEW,
            "next_steps": NEXT, "where": "At home", "occurred_at": hands.now - timedelta(hours=1), "by": cast.worker,
        }  # fmt: skip
        return record_contact(**(given | other))

    return one


def at(day: int, hour: int = 10) -> datetime:
    """An hour of a day of October 2003."""
    return referrals_room.WEDNESDAY.replace(day=day, hour=hour)
