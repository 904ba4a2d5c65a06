"""One council for the measure of the board: loads it, says what there is, then opens a page for each line that it reads and
answers with the seconds that it took."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

MONTHS = 5
CHILDREN_AN_OPEN_FILE = 2.21
"""How many children the demonstration authority makes, in so many months, for each file that is open at their end."""
SAME = 40
"""How many open files the team has that is as large in every council."""
WORKERS, NOBODY, CASE_FILES = 8, 3, 10


def main() -> None:
    """Load, tell, and open pages until nothing more is asked."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("size", type=int)
    given = arguments.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    from django.conf import settings

    from goldenthread.core.database.making import bring_up_to_date

    settings.ALLOWED_HOSTS.append("testserver")
    bring_up_to_date()
    told = sys.stdout
    sys.stdout = sys.stderr
    council = BoardMeasure(given.size)
    print(json.dumps(council.about()), file=told, flush=True)
    for line in sys.stdin:
        print(council.seconds(line.strip()), file=told, flush=True)


class BoardMeasure:
    """A council, and the pages that are opened in it."""

    def __init__(self, size: int) -> None:
        from django.urls import reverse

        from goldenthread.cases.models import CaseFile
        from goldenthread.people.models import Team

        self.loaded = _loaded(size)
        same = Team.objects.filter(key="same-size").first() or _team_of_the_same_size()
        self.open_files = CaseFile.objects.filter(closed_at=None)
        grows = Team.objects.get(key="ra-east")
        self.teams = {
            "Board of a team that grows with the council": grows,
            "Board of a team of the same size": same,
        }
        own = f"manager-{same.key}"
        self.visits: dict[str, list[tuple[str, str]]] = {
            "Board of a team that grows with the council": [("team-manager", reverse("team-board", args=[grows.key]))],
            "Board of a team of the same size": [(own, reverse("team-board", args=[same.key]))],
            f"Case file, {CASE_FILES} from the emptiest to the fullest": [
                ("head-of-service", file.get_absolute_url()) for file in self._files()
            ],
        }
        self.clients = {who: _client(who) for who in ("team-manager", own, "head-of-service")}

    def _files(self) -> list[Any]:
        """Open files from that with the least to that with the most on it, as many apart. Not those that are restricted."""
        from django.db.models import Count

        from goldenthread.cases.sight import sight_of
        from goldenthread.people.models import Officer

        shut = sight_of(Officer.objects.get(username="head-of-service")).shut
        rows = list(self.open_files.exclude(pk__in=shut).annotate(n=Count("obligations")).order_by("n", "pk"))
        return [rows[(2 * place + 1) * len(rows) // (2 * CASE_FILES)] for place in range(CASE_FILES)]

    def about(self) -> dict[str, Any]:
        """What there is in this council."""
        from django.db.backends.sqlite3.base import Database

        from goldenthread.cases.models import CaseFile

        pages = {}
        for page, visits in self.visits.items():
            team = self.teams.get(page)
            files = self.open_files.filter(team=team).count() if team else None
            pages[page] = {"files": files, "queries": max(self._queries(*visit) for visit in visits)}
        return {
            "sqlite": Database.sqlite_version,
            "open": self.open_files.count(),
            "files": CaseFile.objects.count(),
            "pages": pages,
            **self.loaded,
        }

    def _open(self, who: str, address: str) -> None:
        response = self.clients[who].get(address)
        if response.status_code != 200:
            raise AssertionError(f"{address}: {response.status_code}")

    def _queries(self, who: str, address: str) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self._open(who, address)
        with CaptureQueriesContext(connection) as asked:
            self._open(who, address)
        return len(asked)

    def seconds(self, page: str) -> float:
        """One visit, or the mean of several."""
        import gc

        gc.collect(0)
        began = perf_counter()
        for who, address in self.visits[page]:
            self._open(who, address)
        return (perf_counter() - began) / len(self.visits[page])


def _loaded(size: int) -> dict[str, float]:
    """Load the council, unless it was kept from before; how much is owed in it, and how long the loading took."""
    from django.conf import settings

    from bench.measure import Measure
    from goldenthread.demo.load import load

    kept = Path(settings.HOME) / "loaded.json"
    if kept.exists():
        found: dict[str, float] = json.loads(kept.read_text(encoding="utf-8"))
        return found
    began = perf_counter()
    summary = load(children=round(size * CHILDREN_AN_OPEN_FILE), months=MONTHS, progress=Measure.tell)
    found = {"obligations": summary.obligations, "loaded_in": perf_counter() - began}
    kept.write_text(json.dumps(found), encoding="utf-8")
    return found


def _client(username: str) -> Any:
    from django.test import Client

    from goldenthread.people.models import Officer

    client = Client()
    client.force_login(Officer.objects.get(username=username))
    return client


def _team_of_the_same_size() -> Any:
    """One team more, to which files of all others but the one that grows are given, with all that is owed on them. They are
    moved as they stand: for a measure, not for a record."""
    from goldenthread.cases.models import CaseFile
    from goldenthread.obligations.models import Obligation
    from goldenthread.people.models import Officer, Team

    team = Team.objects.create(key="same-size", name="Team of the same size")
    make: Callable[..., Officer] = Officer.objects.create_officer
    manager = make(f"manager-{team.key}", name="Manager of the same size", role="team-manager", team=team)
    workers = [make(f"worker-{n}-{team.key}", name=f"Worker {n}", role="worker", team=team) for n in range(WORKERS)]
    rows = CaseFile.objects.filter(closed_at=None).exclude(team__key="ra-east").order_by("pk")
    chosen = Random(7).sample(list(rows), SAME)
    for place, file in enumerate(chosen):
        worker = None if place < NOBODY else workers[place % WORKERS]
        last = file.holdings.order_by("-since_at", "-pk")[0]
        last.__class__.objects.filter(pk=last.pk).update(team=team, worker=worker)
        CaseFile.objects.filter(pk=file.pk).update(team=team, worker=worker)
        owed = Obligation.objects.open().filter(case_file=file)
        owed.filter(owner=file.worker).update(owner=worker)
        owed.filter(team=file.team).update(team=team)
        file.transfers.under_way().filter(from_team=file.team).update(from_team=team)
    _supervised(team, manager, workers)
    return team


def _supervised(team: Any, manager: Any, workers: list[Any]) -> None:
    from datetime import timedelta

    from goldenthread.core.clock import now
    from goldenthread.standards.allocation.supervising.models import SupervisionPair, SupervisionSession

    at = now()
    for worker in workers:
        began = at - timedelta(weeks=40)
        pair = SupervisionPair.objects.create(
            worker=worker, supervisor=manager, team=team, since_at=began, recorded_at=began, by=manager
        )
        for weeks in range(36, 0, -4):
            met = at - timedelta(weeks=weeks)
            SupervisionSession.objects.create(
                pair=pair, occurred_at=met, recorded_at=met, by=manager, next_at=met + timedelta(weeks=4)
            )


if __name__ == "__main__":
    main()
