"""One size measured, in a process and a database of its own. Prints what it found as JSON."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

REFERRALS_A_CHILD = 0.9
"""How many referrals the demonstration authority makes of a child."""


def main() -> None:
    """Set up a database of this size, measure, and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("size", type=int)
    arguments.add_argument("times", type=int)
    given = arguments.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    from django.conf import settings

    from goldenthread.core.database.making import bring_up_to_date

    settings.ALLOWED_HOSTS.append("testserver")
    bring_up_to_date()
    json.dump(Measure(given.size, given.times).all(), sys.stdout)


class Measure:
    """What is measured on one database."""

    def __init__(self, size: int, times: int) -> None:
        from goldenthread.demo.load import load

        began = perf_counter()
        self.summary = load(children=round(size / REFERRALS_A_CHILD), progress=self.tell)
        self.loaded_in = perf_counter() - began
        self.times = times

    @staticmethod
    def tell(done: int, of: int) -> None:
        """How far the loading is, on a terminal."""
        if sys.stderr.isatty():
            print(f"\r  loading {100 * done // of} %", end="\n" if done == of else "", file=sys.stderr, flush=True)

    def all(self) -> dict[str, Any]:
        """Everything."""
        from django.db.backends.sqlite3.base import Database

        found: dict[str, Any] = {
            "sqlite": Database.sqlite_version,
            "referrals": self.summary.referrals,
            "obligations": self.summary.obligations,
            "loaded_in": self.loaded_in,
            "tally": self.tally(),
            "pages": self.pages(),
            "list": self.fifty_rows(),
            "write": self.write(),
            "trail": self.trail(),
        }
        found |= self.sizes_and_queries()
        found["report"] = self.report()
        return found

    # Each measurement

    def tally(self) -> dict[str, float]:
        """All requirements' figures, and the same counts in SQL by hand."""
        from bench.tallying import by_hand
        from goldenthread.core.clock import now
        from goldenthread.obligations.tally import tally

        at = now()
        ours = [(r.requirement, r.team_id, str(r.month), *self._numbers(r.counts)) for r in tally(at)]
        theirs = [(key, team, str(month), *numbers) for key, team, month, *numbers in by_hand(at)]
        if sorted(ours, key=str) != sorted(theirs, key=str):
            raise AssertionError("the two queries count differently")
        return side("ours", lambda: tally(at), "raw", lambda: by_hand(at), self.times)

    @staticmethod
    def _numbers(counts: Any) -> tuple[int, ...]:
        return (counts.met, counts.late, counts.overdue, counts.due, counts.excused)

    def client(self, username: str) -> Any:
        """A browser, signed in, through all of the product's own middleware."""
        from django.test import Client

        from goldenthread.people.models import Officer

        client = Client()
        client.force_login(Officer.objects.get(username=username))
        return client

    def getter(self, username: str, address: str) -> Callable[[], Any]:
        """Opens a page; anything but the page itself is a fault of the benchmark."""
        client = self.client(username)

        def get() -> Any:
            response = client.get(address)
            if response.status_code != 200:
                raise AssertionError(f"{address}: {response.status_code}")
            return response

        return get

    def pages(self) -> dict[str, float]:
        """Work list and drill-down, beside our own page with nothing in it."""
        from bench.addresses import addresses
        from bench.timing import side_by_side

        found = addresses()
        compared = ("work list", "drill-down, one figure", "drill-down, everything")
        deeds = {name: self.getter(*found[name]) for name in compared}
        deeds["empty"] = self.getter(found["work list"][0], "/bench/empty/")
        return side_by_side(deeds, times=self.times)

    def fifty_rows(self) -> dict[str, float]:
        """Our list of 50 referrals, and a bare Django page with the same rows."""
        from django.test import Client
        from django.test.utils import override_settings

        from bench.addresses import addresses

        with override_settings(MIDDLEWARE=[]):
            bare = Client()
            bare.get("/bench/bare/")  # it takes its middleware with the first page: none
        return side(
            "ours", self.getter(*addresses()["list of referrals"]), "bare", lambda: bare.get("/bench/bare/"), self.times
        )

    def write(self) -> dict[str, float]:
        """A written confirmation with its trail and obligations, and one synced transaction of one row."""
        import sqlite3  # only now: the product may have put a sounder one in its place

        from django.conf import settings
        from django.db import connection

        from goldenthread.cases.sight import sight_of
        from goldenthread.core.clock import now
        from goldenthread.obligations.models import Obligation
        from goldenthread.standards.referrals.actions import confirm_in_writing
        from goldenthread.standards.referrals.models import Referral

        owed = Obligation.objects.open().filter(requirement="referrals.written-confirmation", owner__isnull=False)
        found = Referral.objects.filter(pk__in=owed.values("subject_id")).select_related("case_file__worker")
        # Of a restricted child, the worker of a file that is closed need not be on the list.
        chosen = (one for one in found.iterator() if sight_of(one.case_file.worker).may_write(one.case_file))
        plain = sqlite3.connect(Path(settings.HOME) / "plain.sqlite3", isolation_level=None)
        plain.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (pk INTEGER PRIMARY KEY, at TEXT, words TEXT)"
        )

        def ours() -> None:
            referral = next(chosen)
            confirm_in_writing(referral=referral, how="letter", received_at=now(), by=referral.case_file.worker)

        def one_row() -> None:
            plain.execute("BEGIN IMMEDIATE")
            plain.execute("INSERT INTO row (at, words) VALUES (?, ?)", ("2003-10-31 12:00:00", "a letter came"))
            plain.execute("COMMIT")

        connection.ensure_connection()
        spent = side("ours", ours, "one row", one_row, self.times)
        plain.close()
        return spent

    def trail(self) -> dict[str, float]:
        """A referral's page and the work list (our quickest page) as they are, and the same pages that tell no trail: no
        entry, no seal, nobody who asks for one."""
        from unittest.mock import patch

        from bench.addresses import addresses
        from bench.timing import side_by_side
        from goldenthread.core import trail
        from goldenthread.people import access

        def untold(get: Callable[[], Any]) -> Callable[[], Any]:
            def one() -> Any:
                with patch.object(trail, "write"), patch.object(access, "SHOW_RECORDS", frozenset()):
                    return get()

            return one

        record, listed = (self.getter(*addresses()[name]) for name in ("one referral", "work list"))
        deeds = {"record": record, "record untold": untold(record), "list": listed, "list untold": untold(listed)}
        return side_by_side(deeds, times=4 * self.times)

    def sizes_and_queries(self) -> dict[str, Any]:
        """How long each page is, how many queries it asks, and how long it takes."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from bench.addresses import addresses
        from bench.timing import side_by_side

        sizes, queries, spent = {}, {}, {}
        for name, (username, address) in addresses().items():
            get = self.getter(username, address)
            get()
            with CaptureQueriesContext(connection) as asked:
                sizes[name] = len(get().content)
            queries[name] = len(asked)
            spent[name] = side_by_side({name: get}, times=5, warm_up=0)[name]
        return {"page_bytes": sizes, "page_queries": queries, "page_seconds": spent}

    def report(self) -> dict[str, float]:
        """The progress report on a plan of a thousand actions, as PDF."""
        from bench.long_plan import hold_long_plan
        from goldenthread.core.clock import today
        from goldenthread.people.models import Officer
        from goldenthread.plan.models import Action
        from goldenthread.reports.formats import render
        from goldenthread.reports.progress import progress_report

        plan = hold_long_plan(today(), Officer.objects.get(username="quality-officer"))
        spent = []
        for _ in range(3):
            began = perf_counter()
            render(progress_report(plan, today()), "pdf")
            spent.append(perf_counter() - began)
        return {
            "seconds": sorted(spent)[1],
            "actions": Action.objects.filter(recommendation__standard__plan=plan).count(),
        }


def side(
    ours: str, one: Callable[[], object], theirs: str, other: Callable[[], object], times: int
) -> dict[str, float]:
    """Two deeds side by side."""
    from bench.timing import side_by_side

    return side_by_side({ours: one, theirs: other}, times=times)


if __name__ == "__main__":
    main()
