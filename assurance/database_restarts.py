"""The database goes away under load and comes back: nothing that was acknowledged is lost, and pages say what happens."""

import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from assurance.clients import Clients
from assurance.council import council
from assurance.kills import Kills, judge
from assurance.postgres import postgres

PLAIN = ("The database cannot be reached",)
_TERMINATE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"


@dataclass(slots=True)
class Restarts:
    """What was found. restarts: stops in the midst, and starts; ended: how often all its connections were ended
    instead; apart: how many pages said plainly that the database was away; slowest: the longest, in seconds, until something
    was recorded again; stuck: how often nothing was within a minute; writes: what was found of the writes."""

    restarts: int = 0
    ended: int = 0
    apart: int = 0
    slowest: float = 0.0
    stuck: int = 0
    writes: Kills = field(default_factory=lambda: Kills("PostgreSQL"))
    seconds: float = 0.0

    @property
    def faults(self) -> int:
        """How much is wrong."""
        return self.writes.faults + self.stuck


def database_restarts(times: int, binaries: Path, *, fault: str = "", seed: int = 1) -> Restarts:
    """Stop the database at once and start it again, or end all its connections, by turns, so many times, while eight
    clients post."""
    chance, found, began = random.Random(seed), Restarts(), time.monotonic()
    with postgres(binaries) as server, council(server.url) as kept:
        kept.serve(fault)
        with Clients(kept, PLAIN) as clients:
            for number in range(times):
                time.sleep(chance.uniform(0.3, 0.8))
                if number % 2 == 0:
                    server.stop()
                    time.sleep(chance.uniform(0.0, 0.3))
                    server.start()
                    found.restarts += 1
                else:
                    kept.ask("sql", statements=[_TERMINATE])
                    found.ended += 1
                _recovered(clients, found)
        if fault:
            kept.kill()
        judge(kept, clients.sent, found.writes)
        found.apart = clients.sent.apart
    found.seconds = time.monotonic() - began
    return found


def _recovered(clients: Clients, found: Restarts) -> None:
    """Wait until something is recorded again."""
    before, began = len(clients.sent.acked), time.monotonic()
    while len(clients.sent.acked) == before:
        if time.monotonic() - began > 60:
            found.stuck += 1
            return
        time.sleep(0.01)
    found.slowest = max(found.slowest, time.monotonic() - began)
