"""A case file that came to Asha's team on Wednesday at ten, and has nobody named on it yet."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from goldenthread.cases.models import CaseFile, Child
from goldenthread.obligations.handover import hand_over
from goldenthread.obligations.models import Obligation
from goldenthread.standards.allocation.allocating import actions
from goldenthread.standards.allocation.allocating.choices import Told
from goldenthread.standards.allocation.allocating.models import Allocation
from tests.conftest import Cast
from tests.standards.referrals import conftest as room
from tests.standards.referrals.conftest import Hands, Take

hands, child, take = room.hands, room.child, room.take  # the fixtures
Allocate = Callable[..., Allocation]


@pytest.fixture
def waiting(take: Take, child: Child, cast: Cast, hands: Hands) -> CaseFile:
    """Asha had it for an hour; since then nobody has."""
    file = take(children=[child]).case_file
    hands.on(hours=1)
    hand_over(case_file=file, team=cast.east, worker=None, since_at=hands.now, by=cast.manager)
    file.refresh_from_db()
    return file


@pytest.fixture
def allocate(waiting: CaseFile, cast: Cast, hands: Hands) -> Allocate:
    """Give it to Ben an hour later, unless told otherwise."""

    def one(**other: Any) -> Allocation:
        given: dict[str, Any] = {
            "case_file": waiting, "worker": cast.colleague, "purpose": "Find out whether it is safe for the child at home",
            "expected": "See the child alone this week", "allocated_at": hands.now, "by": cast.manager,
            "others": [(None, "The health visitor", "Weighs the child on Monday"), (cast.senior, "", "Comes along to the first visit")],
        }  # fmt: skip
        return actions.allocate(**(given | other))

    hands.on(hours=1)
    return one


def owed(requirement: str, **where: Any) -> list[Obligation]:
    """What the ledger says is owed under a requirement of this room."""
    return list(Obligation.objects.filter(requirement=f"allocation.{requirement}", **where).order_by("due_at", "pk"))


HOUR = timedelta(hours=1)


def chain(**where: Any) -> list[Obligation]:
    """The steps of the chain that are owed, in its order."""
    return [row for rank in Told.values for row in owed(f"unallocated-{rank}", **where)]
