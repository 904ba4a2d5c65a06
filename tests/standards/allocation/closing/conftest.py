"""A case file that Asha holds since Wednesday at ten, with all that a referral owes done, and a closure of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from goldenthread.cases.models import AgencyInvolved, CaseFile, Child
from goldenthread.obligations.actions import excuse
from goldenthread.obligations.models import Obligation
from goldenthread.standards.allocation.closing import actions, signing
from goldenthread.standards.allocation.closing.models import Closure, ClosureAnswer
from tests.conftest import Cast
from tests.standards.referrals import conftest as room
from tests.standards.referrals.conftest import Hands, Take

hands, child, take = room.hands, room.child, room.take  # the fixtures
Ask = Callable[..., Closure]
Sign = Callable[..., ClosureAnswer]


@pytest.fixture
def file(take: Take, child: Child, cast: Cast, hands: Hands) -> CaseFile:
    """The file, a month later, with a school that has to do with the child."""
    made = take(children=[child]).case_file
    AgencyInvolved.objects.create(
        child=child, kind="school", name="Elmbridge Primary", what_for="Her class", occurred_at=hands.now,
        recorded_at=hands.now, by=cast.worker,
    )  # fmt: skip
    hands.on(days=30)
    return made


@pytest.fixture
def ask(file: CaseFile, cast: Cast, hands: Hands) -> Ask:
    """Asha asks now, unless told otherwise."""

    def one(**other: Any) -> Closure:
        given: dict[str, Any] = {
            "case_file": file, "reason": "no-longer-in-need", "changed": "She sleeps at home again, and says so herself",
            "support": "Her grandmother and the school nurse", "asked_at": hands.now, "by": cast.worker,
        }  # fmt: skip
        return actions.ask_to_close(**(given | other))

    return one


@pytest.fixture
def closure(ask: Ask) -> Closure:
    return ask()


def tell_everybody(closure: Closure, cast: Cast, hands: Hands) -> None:
    """The family, each agency, and the chronology."""
    actions.tell_family(
        closure=closure, how="visit", words="They know whom to ring", occurred_at=hands.now, by=cast.worker
    )
    for agency in closure.agencies.all():
        actions.tell_agency(
            closure=closure, agency=agency.involved, how="letter", words="It goes on seeing her", occurred_at=hands.now,
            by=cast.worker,
        )  # fmt: skip
    actions.look_at_chronology(
        closure=closure, words="Two quiet months after a bad winter", occurred_at=hands.now, by=cast.worker
    )


def excuse_all(closure: Closure, cast: Cast) -> None:
    """What is owed on the file, one by one, but for the manager's answer."""
    for row in Obligation.objects.open().filter(case_file=closure.case_file_id).order_by("pk"):
        if row.requirement != "allocation.closure-answered":
            excuse(obligation=row, reason="The work ends, and nothing depends on it any more", by=cast.manager)


@pytest.fixture
def ready(closure: Closure, cast: Cast, hands: Hands) -> Closure:
    """Everybody is told and nothing is owed."""
    tell_everybody(closure, cast, hands)
    excuse_all(closure, cast)
    hands.on(hours=1)
    return closure


@pytest.fixture
def sign(cast: Cast, hands: Hands) -> Sign:
    """Dev signs off now, unless told otherwise."""

    def one(closure: Closure, **other: Any) -> ClosureAnswer:
        given: dict[str, Any] = {
            "words": "I read the file and rang the school", "occurred_at": hands.now, "by": cast.manager,
        }  # fmt: skip
        return signing.sign_off_closure(closure=closure, **(given | other))

    return one


def owed(requirement: str, **where: Any) -> list[Obligation]:
    """What the ledger says is owed under a requirement of this room."""
    return list(Obligation.objects.filter(requirement=f"allocation.{requirement}", **where).order_by("due_at", "pk"))


HOUR = timedelta(hours=1)
