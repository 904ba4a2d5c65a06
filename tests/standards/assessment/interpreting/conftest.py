"""A request for an interpreter on Asha's case file, for a visit on Friday afternoon."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from goldenthread.cases.models import CaseFile
from goldenthread.standards.assessment.interpreting import actions
from goldenthread.standards.assessment.interpreting.models import InterpreterRequest
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.referrals import conftest as room
from tests.standards.referrals.conftest import Hands

hands, child, take, referral = room.hands, room.child, room.take, room.referral  # the fixtures
Ask = Callable[..., InterpreterRequest]


@pytest.fixture
def case_file(referral: Referral) -> CaseFile:
    """Asha's, opened at ten on Wednesday 1 October 2003."""
    return referral.case_file


@pytest.fixture
def needed_at(hands: Hands) -> datetime:
    """Two o'clock on Friday."""
    return hands.now + timedelta(days=2, hours=4)


@pytest.fixture
def ask(cast: Cast, hands: Hands, case_file: CaseFile, needed_at: datetime) -> Ask:
    """Ask for an interpreter: for a parent who speaks Somali, unless told otherwise."""

    def ask_one(**other: Any) -> InterpreterRequest:
        given: dict[str, Any] = {
            "case_file": case_file, "for_whom": "parent", "language": "somali", "mode": "in-person", "purpose": "visit",
            "about": "An hour at home, a woman if there is one", "needed_at": needed_at, "asked_at": hands.now,
            "by": cast.worker,
        }  # fmt: skip
        return actions.ask_for_interpreter(**(given | other))

    return ask_one


@pytest.fixture
def asked(ask: Ask) -> InterpreterRequest:
    """Asked for on Wednesday."""
    return ask()
