"""A referral on a case file that Asha holds, and two officers who are nothing to it."""

from datetime import datetime, timedelta

import pytest

from goldenthread.cases.models import CaseFile, Child
from goldenthread.people.models import Officer
from goldenthread.standards.referrals import actions
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.pages.made_up_work import Clock, set_clock


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock, at eleven on Wednesday 15 October 2003 until it is moved."""
    return set_clock(monkeypatch)


@pytest.fixture
def child(cast: Cast) -> Child:
    """A child whose name stands nowhere else, so that any leak of it is seen."""
    return Child.objects.create(
        given_names="Quillon",
        family_name="Marchbanks",
        date_of_birth=datetime(1997, 2, 3).date(),  # noqa: DTZ001
    )


@pytest.fixture
def referral(cast: Cast, hand: Clock, child: Child) -> Referral:
    """A phoned referral, taken an hour ago, on a new file that Asha holds."""
    kept, hand.now = hand.now, hand.now - timedelta(hours=1)
    made = actions.take_referral(
        agency_kind="school", agency_name="Elmbridge Primary", referrer_name="Rosa Whitcombe", route="phone",
        children=[child], concern="Came to school hungry, three days running", received_at=hand.now,
        by=cast.worker, worker=cast.worker,
    )  # fmt: skip
    hand.now = kept
    return made


@pytest.fixture
def case_file(referral: Referral) -> CaseFile:
    """Its file."""
    return referral.case_file


@pytest.fixture
def neighbour(cast: Cast) -> Officer:
    """Lena, social worker in the same team as Asha, and not on duty."""
    return Officer.objects.create_officer(
        "lena", name="Lena Cartmell", role="worker", team=cast.east, password="golden-thread-demo"
    )
