"""Asha is supervised by Dev since Wednesday at ten, and holds a case file since then."""

from collections.abc import Callable
from typing import Any

import pytest

from goldenthread.cases.models import CaseFile, Child
from goldenthread.obligations.models import Obligation
from goldenthread.standards.allocation.supervising import actions, pairs
from goldenthread.standards.allocation.supervising.choices import Question
from goldenthread.standards.allocation.supervising.models import CaseSupervision, SupervisionPair
from tests.conftest import Cast
from tests.standards.referrals import conftest as room
from tests.standards.referrals.conftest import Hands, Take

hands, child, take = room.hands, room.child, room.take  # the fixtures
Discuss = Callable[..., CaseSupervision]
ANSWERS = {question.value: ("yes", "Said so herself") for question in Question}


@pytest.fixture
def file(take: Take, child: Child) -> CaseFile:
    return take(children=[child]).case_file


@pytest.fixture
def pair(cast: Cast, hands: Hands) -> SupervisionPair:
    return pairs.pair_up(worker=cast.worker, supervisor=cast.manager, since_at=hands.now, by=cast.manager)


@pytest.fixture
def discuss(file: CaseFile, cast: Cast, hands: Hands) -> Discuss:
    """Dev talks it over with Asha now, unless told otherwise."""

    def one(**other: Any) -> CaseSupervision:
        given: dict[str, Any] = {
            "case_file": file, "discussed": "Whether the bruises go on", "decisions": "She is seen alone at school",
            "answers": ANSWERS, "occurred_at": hands.now, "by": cast.manager,
        }  # fmt: skip
        return actions.discuss_case(**(given | other))

    return one


def owed(requirement: str, **where: Any) -> list[Obligation]:
    """What the ledger says is owed under a requirement of this room, of what has begun by the last of it that was done."""
    return list(Obligation.objects.filter(requirement=f"allocation.{requirement}", **where).order_by("since_at", "pk"))
