"""A child on a file of Asha's, a second record of the same child on a file of Ben's, and the clock."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from goldenthread.cases.models import CaseFile, Child
from goldenthread.people.models import Officer
from goldenthread.standards.referrals import actions
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.referrals import conftest as referrals_room
from tests.standards.referrals.conftest import Hands

hands = referrals_room.hands  # the fixture
Take = Callable[..., Referral]


def made_child(given: str, family: str, born: date | None = None) -> Child:
    return Child.objects.create(given_names=given, family_name=family, date_of_birth=born)


def take_for(cast: Cast, at: datetime, *children: Child, **other: Any) -> Referral:
    given: dict[str, Any] = {
        "agency_kind": "school", "agency_name": "Elmbridge Primary", "referrer_name": "Rosa Whitcombe", "route": "form",
        "concern": "Came to school hungry, three days running", "received_at": at, "by": cast.worker, "worker": cast.worker,
    }  # fmt: skip
    return actions.take_referral(children=list(children), **(given | other))


@pytest.fixture
def child(cast: Cast) -> Child:
    return made_child("Quillon", "Marchbanks", date(1997, 2, 3))


@pytest.fixture
def referral(cast: Cast, hands: Hands, child: Child) -> Referral:
    """Of the child, on a file that Asha holds."""
    return take_for(cast, hands.now, child)


@pytest.fixture
def case_file(referral: Referral) -> CaseFile:
    return referral.case_file


@pytest.fixture
def double(cast: Cast) -> Child:
    return made_child("Quill", "Marchbank", date(1997, 2, 3))


@pytest.fixture
def second(cast: Cast, hands: Hands, double: Child) -> Referral:
    """Of the second record, on a file that Ben holds."""
    return take_for(cast, hands.now, double, by=cast.colleague, worker=cast.colleague)


def page_as(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def at(name: str, instant: datetime) -> dict[str, str]:
    """An instant as the boxes of a form."""
    from goldenthread.core.clock import LONDON

    local = instant.astimezone(LONDON)
    return {
        f"{name}_day": str(local.day), f"{name}_month": str(local.month), f"{name}_year": str(local.year),
        f"{name}_time": f"{local:%H:%M}",
    }  # fmt: skip


def on(name: str, day: date) -> dict[str, str]:
    """A day as the boxes of a form."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def opened(cast: Cast) -> dict[str, set[int]]:
    return {o.username: set(CaseFile.objects.visible_to(o).values_list("pk", flat=True)) for o in Officer.objects.all()}
