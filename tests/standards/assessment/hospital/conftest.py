"""A child on a ward, about whom it is not known whether somebody harmed them."""

from collections.abc import Callable
from typing import Any

import pytest

from goldenthread.cases.models import Child
from goldenthread.standards.assessment.hospital import actions
from goldenthread.standards.assessment.hospital.models import HospitalNotification
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.referrals import conftest as referrals_room
from tests.standards.referrals.conftest import Hands, Take

hands, child, take = referrals_room.hands, referrals_room.child, referrals_room.take
Tell = Callable[..., HospitalNotification]


@pytest.fixture
def referral(take: Take) -> Referral:
    """From the health service, received at ten on Wednesday."""
    return take(agency_kind="health", agency_name="Elmbridge General", referrer_name="Sister Okonjo")


@pytest.fixture
def tell(referral: Referral, child: Child, cast: Cast, hands: Hands) -> Tell:
    """The ward tells us now, unless told otherwise."""

    def one(**other: Any) -> HospitalNotification:
        given: dict[str, Any] = {
            "case_file": referral.case_file, "children": [child], "told": "ward", "hospital": "Elmbridge General",
            "ward": "Kestrel", "told_by": "Sister Okonjo", "concern": "A broken arm that nobody explains",
            "harm": "not-known", "admitted_at": hands.now, "received_at": hands.now, "by": cast.worker,
        }  # fmt: skip
        return actions.take_notification(**(given | other))

    return one


@pytest.fixture
def told(tell: Tell) -> HospitalNotification:
    return tell()


@pytest.fixture
def plan(told: HospitalNotification, cast: Cast, hands: Hands) -> Callable[..., Any]:
    """Agree a plan now, unless told otherwise."""

    def one(**other: Any) -> Any:
        given: dict[str, Any] = {
            "notification": told, "where_to": "Her grandmother's", "with_whom": "Her grandmother",
            "visits": "Asha, the next morning at nine", "consultant": "Dr Imrie", "worker": cast.worker,
            "manager": cast.manager, "occurred_at": hands.now, "by": cast.worker,
        }  # fmt: skip
        return actions.agree_discharge_plan(**(given | other))

    return one
