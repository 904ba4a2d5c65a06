"""A case of Asha's, which her team asks Family support west to take on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import day_of
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.transferring import actions, handing, obstacles
from goldenthread.standards.allocation.transferring.models import Transfer, TransferObstacle
from tests.conftest import Cast
from tests.standards.referrals import conftest as room
from tests.standards.referrals.conftest import Hands, Take

hands, child, take = room.hands, room.child, room.take  # the fixtures
Do = Callable[..., Any]
DAY = timedelta(days=1)


def make_receiver(cast: Cast) -> Officer:
    """Petra, team manager of Family support west."""
    return Officer.objects.create_officer("petra", name="Petra Holm", role="team-manager", team=cast.west)


@pytest.fixture
def receiver(cast: Cast) -> Officer:
    return make_receiver(cast)


@pytest.fixture
def case_file(take: Take, receiver: Officer) -> CaseFile:
    """Asha's since Wednesday at ten."""
    return take().case_file


@pytest.fixture
def ask(case_file: CaseFile, cast: Cast, hands: Hands) -> Do:
    """Ask for the transfer now, unless told otherwise."""

    def one(**other: Any) -> Transfer:
        given: dict[str, Any] = {
            "case_file": case_file, "to_team": cast.west, "why": "The assessment is done and the family needs support",
            "asked": "Weekly visits, and a review in three months", "asked_at": hands.now, "by": cast.manager,
        }  # fmt: skip
        return actions.request_transfer(**(given | other))

    return one


@pytest.fixture
def transfer(ask: Do) -> Transfer:
    return ask()  # type: ignore[no-any-return]


class Deeds:
    """What is done on a transfer, now and as it should be, unless told otherwise."""

    def __init__(self, transfer: Transfer, cast: Cast, hands: Hands, receiver: Officer) -> None:
        self.transfer, self.cast, self.hands, self.receiver = transfer, cast, hands, receiver

    def _do(self, verb: Do, by: Officer, given: dict[str, Any], other: dict[str, Any]) -> Any:
        known = {} if "obstacle" in given else {"transfer": self.transfer}
        return verb(**({**known, "occurred_at": self.hands.now, "by": by} | given | other))

    def accept(self, **other: Any) -> Any:
        given = {"starts_on": day_of(self.hands.now), "worker": self.cast.stranger}
        return self._do(actions.accept_transfer, self.receiver, given, other)

    def disagree(self, **other: Any) -> Any:
        given = {"words": "The plan has not been reviewed, and it is not ours"}
        return self._do(actions.disagree_with_transfer, self.receiver, given, other)

    def rule(self, verdict: str = "goes", **other: Any) -> Any:
        given = {"verdict": verdict, "words": "The child lives in the west now"}
        return self._do(actions.rule_on_transfer, self.cast.head, given, other)

    def obstacle(self, **other: Any) -> TransferObstacle:
        given = {
            "side": "receiving", "kind": "plan", "what": "The review has no date", "owner": self.cast.manager,
            "due": day_of(self.hands.now + 5 * DAY),
        }  # fmt: skip
        found: TransferObstacle = self._do(obstacles.name_obstacle, self.receiver, given, other)
        return found

    def move(self, obstacle: TransferObstacle, **other: Any) -> Any:
        given = {
            "obstacle": obstacle, "owner": self.cast.manager, "due": day_of(self.hands.now + 9 * DAY),
            "why": "The chair is ill",
        }  # fmt: skip
        return self._do(obstacles.move_obstacle, self.cast.manager, given, other)

    def clear(self, obstacle: TransferObstacle, **other: Any) -> Any:
        given = {"obstacle": obstacle, "how": "The review is on Monday, Petra comes"}
        return self._do(obstacles.clear_obstacle, self.cast.manager, given, other)

    def handover(self, **other: Any) -> Any:
        given = {
            "where": "Assessed; a plan is agreed", "risks": "The mother's partner comes back at nights",
            "told": "Juno knows that Efua comes from Monday on",
        }  # fmt: skip
        return self._do(handing.record_handover, self.cast.worker, given, other)

    def visit(self, **other: Any) -> Any:
        given = {
            "sender": self.cast.worker, "receiver": self.cast.stranger,
            "children": list(self.transfer.case_file.children.all()), "words": "Juno showed Efua her room",
        }  # fmt: skip
        return self._do(handing.record_joint_visit, self.cast.worker, given, other)

    def complete(self, **other: Any) -> Any:
        return self._do(actions.complete_transfer, self.cast.manager, {"worker": self.cast.stranger}, other)

    def withdraw(self, **other: Any) -> Any:
        given = {"words": "The family moves away next week"}
        return self._do(actions.withdraw_transfer, self.cast.manager, given, other)

    def ready(self) -> None:
        """All but that it goes over."""
        self.accept()
        self.handover()
        self.visit()


@pytest.fixture
def deeds(transfer: Transfer, cast: Cast, hands: Hands, receiver: Officer) -> Deeds:
    return Deeds(transfer, cast, hands, receiver)


def owed(requirement: str, **where: Any) -> list[Obligation]:
    """What the ledger says is owed under a requirement of this room."""
    return list(Obligation.objects.filter(requirement=f"allocation.transfer-{requirement}", **where).order_by("pk"))
