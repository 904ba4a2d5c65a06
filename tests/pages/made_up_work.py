"""Referrals for page tests: taken some days apart, some decided, all of made-up children."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from goldenthread.cases.models import Child
from goldenthread.core import clock
from goldenthread.core.clock import LONDON
from goldenthread.people.models import Officer
from goldenthread.standards.referrals import actions
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast

TODAY = datetime(2003, 10, 15, 11, 0, tzinfo=LONDON)
NAMES = ("Juno Aldergate", "Milo Brackenbury", "Petra Coldharbour", "Otis Dunmore", "Wren Eastlake")


class Clock:
    """The system's clock, set by hand."""

    now = TODAY


def set_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Make the system's clock show eleven on Wednesday 15 October 2003 until it is moved."""
    hand = Clock()
    monkeypatch.setattr(clock.timezone, "now", lambda: hand.now)
    return hand


def take(
    hand: Clock, cast: Cast, *, worker: Officer | None = None, before: timedelta = timedelta(), nth: int = 0
) -> Referral:
    """One phoned referral, so long before now, of a child of its own."""
    given, family = NAMES[nth % len(NAMES)].split()
    child = Child.objects.create(given_names=given, family_name=f"{family}-{nth}")
    kept, hand.now = hand.now, hand.now - before
    try:
        return actions.take_referral(
            agency_kind="school",
            agency_name="Elmbridge Primary",
            referrer_name="Rosa Whitcombe",
            route="phone",
            children=[child],
            concern="Came to school hungry, three days running",
            received_at=hand.now,
            by=worker or cast.worker,
            worker=worker or cast.worker,
        )
    finally:
        hand.now = kept


def many(hand: Clock, cast: Cast, number: int, *, decided: Callable[[int], bool] = lambda n: False) -> list[Referral]:
    """So many referrals, a few hours to some weeks old; those that `decided` names were decided within the hour."""
    made = []
    for nth in range(number):
        before = timedelta(hours=2 + 31 * nth)
        referral = take(hand, cast, before=before, nth=nth)
        if decided(nth):
            kept, hand.now = hand.now, hand.now - before + timedelta(hours=1)
            actions.decide(
                referral=referral,
                what="assessment",
                reason="Hunger that nobody has explained",
                occurred_at=hand.now,
                by=cast.manager,
            )
            hand.now = kept
        made.append(referral)
    return made
