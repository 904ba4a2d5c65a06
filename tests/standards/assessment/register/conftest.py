"""A register to work on: a child who is on it, under another name, and a referral of the same child."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from goldenthread.cases.actions import record_address
from goldenthread.cases.models import CaseFile, Child, OtherName
from goldenthread.core.clock import now
from goldenthread.standards.assessment.register.actions import enter_on_register
from goldenthread.standards.assessment.register.checking import Ask, ask_register
from goldenthread.standards.assessment.register.models import RegisterCheck, RegisterEntry
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.referrals import conftest as referrals_room

hands, child, take, referral = (
    referrals_room.hands,
    referrals_room.child,
    referrals_room.take,
    referrals_room.referral,
)  # the fixtures
Hands, Take = referrals_room.Hands, referrals_room.Take
Check = Callable[..., RegisterCheck]


@pytest.fixture
def known(cast: Cast, take: Take) -> Child:
    """A child whom the service knows by another first name and family name; born the day that Juno says she was."""
    made = Child.objects.create(given_names="Anna", family_name="Kouassi", date_of_birth=date(1998, 5, 4))
    file = take(children=[made]).case_file
    record_address(
        case_file=file, child=made, lines="12 Nicoll Row", postcode="N17 0AB", since=date(2003, 1, 1), by=cast.worker
    )
    return made


@pytest.fixture
def known_file(known: Child) -> CaseFile:
    """The file of that child."""
    return known.case_files.get()


@pytest.fixture
def entry(cast: Cast, hands: Hands, known: Child, known_file: CaseFile) -> RegisterEntry:
    """That child is on the register since yesterday, for neglect."""
    return enter_on_register(
        case_file=known_file,
        child=known,
        categories=["neglect"],
        occurred_at=hands.now - timedelta(days=1),
        officer=cast.worker,
        by=cast.manager,
    )


def ask_of(referral: Referral, **more: Any) -> list[Ask]:
    """The question about each child of a referral, as its record has it."""
    return [
        Ask(
            child=child,
            **(
                {
                    "given_names": child.given_names,
                    "family_name": child.family_name,
                    "date_of_birth": child.date_of_birth,
                }
                | more
            ),
        )
        for child in referral.children.all()
    ]


@pytest.fixture
def check(cast: Cast, referral: Referral) -> Check:
    """Search the register for the referral, with more words where they are given."""

    def search(**more: Any) -> RegisterCheck:
        by = more.pop("by", cast.worker)
        return ask_register(asks=ask_of(referral, **more), referral=referral, by=by)

    return search


def another_name(child: Child, cast: Cast, given: str = "", family: str = "") -> OtherName:
    """Another name of a child."""
    return OtherName.objects.create(
        child=child, kind="known-as", given_names=given, family_name=family, recorded_at=now(), by=cast.worker
    )
