"""A referral to work on, and the time of day on which it all happens."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from goldenthread.cases.models import Child
from goldenthread.core import clock
from goldenthread.core.clock import LONDON
from goldenthread.standards.referrals import actions
from goldenthread.standards.referrals.models import Decision, Referral
from tests.conftest import Cast

WEDNESDAY = datetime(2003, 10, 1, 10, 0, tzinfo=LONDON)
Take = Callable[..., Referral]


class Hands:
    """The hands of the clock: `now` is what the system's clock says."""

    now = WEDNESDAY

    def on(self, **later: float) -> datetime:
        """Move on by so much (hours=3, days=1) and return the new time."""
        self.now += timedelta(**later)
        return self.now


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """A clock that stands at ten on Wednesday 1 October 2003 until it is moved."""
    return set_hands(monkeypatch)


def set_hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """The same, for what is made once for many tests."""
    hands = Hands()
    hands.now = WEDNESDAY
    monkeypatch.setattr(clock.timezone, "now", lambda: hands.now)
    return hands


@pytest.fixture
def child(cast: Cast) -> Child:
    """A child with a made-up name."""
    return Child.objects.create(given_names="Juno", family_name="Aldergate", date_of_birth=datetime(1998, 5, 4).date())  # noqa: DTZ001


@pytest.fixture
def take(cast: Cast, hands: Hands, child: Child) -> Take:
    """Take a referral: a phoned one from a school now, unless told otherwise."""

    def take_one(**other: Any) -> Referral:
        given: dict[str, Any] = {
            "agency_kind": "school",
            "agency_name": "Elmbridge Primary",
            "referrer_name": "Rosa Whitcombe",
            "route": "phone",
            "children": [child],
            "concern": "Bruises on both arms, and a story that changes",
            "received_at": hands.now,
            "by": cast.worker,
            "worker": cast.worker,
        }
        return actions.take_referral(**(given | other))

    return take_one


@pytest.fixture
def referral(take: Take) -> Referral:
    """A phoned referral, received at ten on Wednesday."""
    return take()


@pytest.fixture
def decision(referral: Referral, cast: Cast, hands: Hands) -> Decision:
    """The first decision on it, made at once by the team manager."""
    return actions.decide(
        referral=referral,
        what="assessment",
        reason="An injury that nobody has explained",
        occurred_at=hands.now,
        by=cast.manager,
    )
