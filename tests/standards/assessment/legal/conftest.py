"""A rota that Farid keeps from Monday 6 October 2003 on, with three solicitors of two councils."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from goldenthread.core.clock import LONDON
from goldenthread.standards.assessment.legal import rota as verbs
from goldenthread.standards.assessment.legal.models import LegalRota, RotaShift, Solicitor
from tests.conftest import Cast
from tests.standards.referrals import conftest as referrals_room
from tests.standards.referrals.conftest import Hands

hands, child, take, referral = (
    referrals_room.hands, referrals_room.child, referrals_room.take, referrals_room.referral,
)  # fmt: skip
On = Callable[..., RotaShift]


def at(day: int, hour: int = 0, minute: int = 0, month: int = 12, year: int = 2003) -> datetime:
    """A time in London, in December 2003 unless told otherwise."""
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


@pytest.fixture
def rota(cast: Cast, hands: Hands) -> LegalRota:
    return verbs.keep_rota(officer=cast.group_manager, by=cast.head).rota


@pytest.fixture
def solicitors(rota: LegalRota, cast: Cast) -> list[Solicitor]:
    """Ines, Jonah and Petra."""
    return [
        verbs.add_solicitor(name=name, council=council, phone=phone, by=cast.group_manager)
        for name, council, phone in (
            ("Ines Calloway", "Northmoor Council", "01632 960101"),
            ("Jonah Threlkeld", "Northmoor council", "01632 960102"),
            ("Petra Osgood", "Estuary Borough", "01632 960103"),
        )
    ]


@pytest.fixture
def on(cast: Cast, hands: Hands, solicitors: list[Solicitor]) -> On:
    """Put a solicitor on call, arranged now, unless told otherwise."""

    def one(starts_at: datetime, ends_at: datetime, who: int = 0, **other: Any) -> RotaShift:
        given: dict[str, Any] = {
            "solicitor": solicitors[who], "starts_at": starts_at, "ends_at": ends_at, "arranged_at": hands.now,
            "by": cast.group_manager,
        }  # fmt: skip
        return verbs.add_shift(**(given | other))

    return one
