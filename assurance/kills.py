"""kill -9 under load: what was acknowledged is there, whole and once."""

import random
import time
from dataclasses import dataclass, field

from assurance.clients import CLIENTS, Clients, Sent
from assurance.council import Council, council

_CHECKED_EVERY = 50


@dataclass(slots=True)
class Kills:
    """What was found. acked: acknowledged writes; again: sends that got no answer and were sent again under their key;
    lost: acknowledged and not there; doubled: there more than once; half: writes of which a part is there; ledger, integrity
    and odd: what else is wrong."""

    engine: str
    kills: int = 0
    clients: int = CLIENTS
    acked: int = 0
    again: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    ledger: list[str] = field(default_factory=list)
    integrity: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def faults(self) -> int:
        """How much is wrong."""
        return sum(len(many) for many in (self.lost, self.doubled, self.half, self.ledger, self.integrity, self.odd))


def judge(council: Council, sent: Sent, found: Kills) -> None:
    """Hold what is in the database to what the clients were told."""
    there = council.ask("check")
    found.acked, found.again = len(sent.acked), sent.again
    found.odd = sent.odd + [str(council.ask("explain", **each)) for each in sent.unsettled]
    found.lost = sorted(sent.acked - there["found"].keys())
    found.doubled = sorted(mark for mark, times in there["found"].items() if times > 1)
    found.half, found.ledger = there["half"], there["ledger"]
    found.integrity = [] if there["integrity"] == "ok" else [there["integrity"]]


_BETWEEN_KILLS = CLIENTS // 2
_PATIENCE = 30.0  # seconds


def _let_work(clients: Clients) -> None:
    """Wait until the server that was started last is at work: on a busy machine it would be killed before it took anything,
    and nothing would be tried."""
    enough, until = len(clients.sent.acked) + _BETWEEN_KILLS, time.monotonic() + _PATIENCE
    while len(clients.sent.acked) < enough and time.monotonic() < until:
        time.sleep(0.01)


def kills(times: int, *, database: str = "", fault: str = "", seed: int = 1) -> Kills:
    """Kill the server so many times at moments that chance chooses, while eight clients post to it. database: a
    DATABASE_URL, or SQLite; fault: one to plant, to see that this harness sees it."""
    chance = random.Random(seed)
    found = Kills("PostgreSQL" if database else "SQLite")
    began = time.monotonic()
    with council(database) as kept:
        kept.serve(fault)
        with Clients(kept) as clients:
            for number in range(times):
                _let_work(clients)
                time.sleep(chance.uniform(0.02, 0.45))
                kept.kill()
                found.kills += 1
                if number % _CHECKED_EVERY == _CHECKED_EVERY - 1:
                    there = kept.ask("check")
                    found.half, found.ledger = there["half"], there["ledger"]
                    if found.half or found.ledger or there["integrity"] != "ok":
                        break
                kept.serve(fault)
            if not kept.server:
                kept.serve(fault)
        if fault:
            kept.kill()  # what a planted fault still holds back dies with it
        judge(kept, clients.sent, found)
    found.seconds = time.monotonic() - began
    return found
