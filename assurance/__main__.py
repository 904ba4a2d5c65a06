"""`make assurance`: tries to see, lose, double, half-write and falsify, many times, and writes docs/assurance.md.

python -m assurance                     everything, with full counts (about half an hour)
python -m assurance --part matrix       one part; may be given several times; docs/assurance.md is left as it is
python -m assurance --share 0.02        a small share of each count
python -m assurance --page              write the page again, with the last full run's figures
"""

import argparse
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "assurance.md"
KEPT = ROOT / "build" / "assurance.json"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: what was tried, how often, what was found, what was wanted, and whether it holds."""

    what: str
    tried: str
    found: str
    wanted: str
    holds: bool


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


class Parts:
    """What is tried. Each returns the rows of its table."""

    def __init__(self, share: float) -> None:
        self.share = share

    def times(self, full: int, least: int = 2) -> int:
        """How often, of a full count."""
        return max(least, math.ceil(full * self.share))

    def matrix(self) -> list[Line]:
        """The access matrix, and the holes that it must see."""
        from django.db import transaction

        from assurance.holes import holes
        from assurance.matrix import matrix
        from assurance.world import build

        every = max(1, round(1 / self.share))
        with transaction.atomic():
            world = build()
            found = matrix(world, keep=lambda number: number % every == 0)
            planted = holes(world)
            transaction.set_rollback(True)
        for name in ("leaks", "wrong", "untold", "unknown"):
            for fault in getattr(found, name)[:10]:
                _say(f"  {name}: {fault}")
        for missed in planted.missed:
            _say(f"  missed: {missed}")
        return [
            Line("Cells of the access matrix: page × method × role × relationship × format", f"{found.cells:,}", f"{len(found.leaks)} leaks", "0 leaks in ≥ 25,000", not found.leaks and (found.cells >= 25_000 or self.share < 1)),
            Line("Answers that the oracle does not expect, pages that it does not know", f"{found.cells:,}", f"{len(found.wrong) + len(found.unknown)}", "0", not found.wrong and not found.unknown),
            Line("Disclosures, and refusals, without a row in the trail", f"{found.disclosures:,} disclosures", f"{len(found.untold)}", "0", not found.untold),
            Line("Holes planted, and caught by the matrix", f"{planted.planted}", f"{planted.caught} caught", "all of ≥ 100", not planted.missed and planted.planted >= 100),
        ]  # fmt: skip

    def _engines(self, run: Callable[[str, str], Line]) -> list[Line]:
        from assurance.postgres import find_postgres, postgres

        lines = [run("SQLite", "")]
        if (binaries := find_postgres()) is None:
            return [*lines, Line("The same on PostgreSQL", "not run: no server is installed", "", "", holds=False)]
        with postgres(binaries) as server:
            return [*lines, run("PostgreSQL", server.url)]

    def kills(self) -> list[Line]:
        """kill -9 under load."""
        from assurance.kills import kills

        def run(engine: str, database: str) -> Line:
            found = kills(self.times(300), database=database)
            _say(f"  {engine}: {found}"[:4000])
            return Line(f"kill -9 under load, {engine}: acknowledged writes lost, doubled or half done; ledger and file whole", f"{found.kills} kills, {found.acked:,} acknowledged", f"{found.faults}", "0 of ≥ 300 kills", not found.faults)  # fmt: skip

        return self._engines(run)

    def conflicts(self) -> list[Line]:
        """Two to eight people edit the same thing."""
        from assurance.conflicts import conflicts

        def run(engine: str, database: str) -> Line:
            found = conflicts(self.times(1000 if engine == "SQLite" else 200), database=database)
            return Line(f"Edits that met somebody else's, {engine}: silent losses", f"{found.conflicts:,} conflicts", f"{found.faults}", "0 of ≥ 1,000" if engine == "SQLite" else "0", not found.faults)  # fmt: skip

        return self._engines(run)

    def doubles(self) -> list[Line]:
        """The same form, two to fifty times at once."""
        from assurance.double_submits import double_submits

        def run(engine: str, database: str) -> Line:
            found = double_submits(self.times(220), database=database)
            return Line(f"The same form sent 2 to 50 times at once, {engine}: more than one effect, or another answer", f"{found.repeats} forms, {found.sends:,} sends", f"{found.faults}", "0", not found.faults)  # fmt: skip

        return self._engines(run)

    def disk(self) -> list[Line]:
        """A disk that fills up."""
        from assurance.disk_full import CannotMount, disk_full

        try:
            found = disk_full(self.times(60))
        except CannotMount as why:
            return [Line("A full disk, SQLite", f"not run: {why}", "", "0", holds=False)]
        return [Line("A disk that fills up, SQLite: partial writes, pages that do not say so, words lost", f"{found.points} points, {found.refused} refused", f"{found.faults}", "0", not found.faults)]  # fmt: skip

    def restarts(self) -> list[Line]:
        """A database server that goes away."""
        from assurance.database_restarts import database_restarts
        from assurance.postgres import find_postgres

        if (binaries := find_postgres()) is None:
            return [Line("Restarts of PostgreSQL", "not run: no server is installed", "", "0", holds=False)]
        found = database_restarts(self.times(40), binaries)
        _say(f"  {found}")
        return [Line("PostgreSQL stopped as by a power cut, or a connection ended: acknowledged writes lost, servers stuck", f"{found.restarts} restarts, {found.ended} ended, {found.writes.acked:,} acknowledged", f"{found.faults}", "0", not found.faults)]  # fmt: skip

    def _tests(self, what: str, path: str, counts: dict[str, int], wanted: str, *, url: str = "") -> Line:
        tried = " + ".join(f"{count:,}" for count in counts.values())
        with tempfile.TemporaryDirectory(prefix="goldenthread-assurance-") as home:
            given = {name: str(count) for name, count in counts.items()}
            ended = subprocess.run(
                [sys.executable, "-m", "pytest", "-q", *path.split()],
                cwd=ROOT, capture_output=True, text=True, check=False,
                env={**os.environ, "GOLDENTHREAD_HOME": home, "DATABASE_URL": url, **given},
            )  # fmt: skip
        if ended.returncode:
            _say(ended.stdout[-3000:])
        return Line(what, tried, "0" if not ended.returncode else "see what was printed", wanted, not ended.returncode)

    def tampers(self) -> list[Line]:
        """Somebody with the database's own shell."""
        return self._engines(
            lambda engine, url: self._tests(
                f"Tampering with the trail by who may alter the database, {engine}: not noticed, or another row named",
                "tests/core/test_trail_tampering.py", {"GOLDENTHREAD_TAMPERS": self.times(300, 20)},
                "0 of ≥ 300", url=url,
            )
        )  # fmt: skip

    def files(self) -> list[Line]:
        """Bad files, and damaged backups."""
        return [
            self._tests("Bad files uploaded: crashes, files stored in part, refusals that do not name file and cause", "tests/assurance/test_uploads.py", {"GOLDENTHREAD_BAD_UPLOADS": self.times(500, 24)}, "0"),
            self._tests("Backups with one bit flipped, cut off or put together otherwise: not noticed", "tests/backups/test_backups.py -k planted", {"GOLDENTHREAD_DAMAGED_BACKUPS": self.times(3000, 20)}, "0"),
        ]  # fmt: skip

    def words(self) -> list[Line]:
        """Words that would like to be something else."""
        return [self._tests("Hostile words in every text field, read back on every output: executed, or not equal", "tests/assurance/test_inert.py tests/assurance/test_inert_boxes.py tests/assurance/test_inert_files.py", {}, "0")]  # fmt: skip


PARTS = ("matrix", "tampers", "kills", "conflicts", "doubles", "disk", "restarts", "files", "words")


def set_up(home: Path) -> None:
    """A database of this process's own."""
    os.environ |= {
        "GOLDENTHREAD_HOME": str(home), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings",
        "GOLDENTHREAD_SECOND_FACTOR": "", "GOLDENTHREAD_PAGES_A_MINUTE": "0",
    }  # fmt: skip
    import logging

    import django

    from goldenthread.core.database.making import bring_up_to_date

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")
    settings.TRAIL_ANCHORS = None
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    logging.getLogger("goldenthread.people.access").setLevel(logging.CRITICAL)
    bring_up_to_date()


def table(lines: list[Line]) -> str:
    """The rows as a table."""
    rows = ["| what was tried | how often | found | wanted | |", "|---|---:|---:|---|---|"]
    rows += [
        f"| {x.what} | {x.tried} | {x.found} | {x.wanted} | {'holds' if x.holds else '**missed**'} |" for x in lines
    ]
    return "\n".join(rows)


def main(arguments: list[str]) -> int:
    """Try, print, keep what each part found in full, and write the page where each part was. Ends with 1 where something
    does not hold."""
    asked = argparse.ArgumentParser(prog="python -m assurance")
    asked.add_argument("--part", action="append", choices=PARTS)
    asked.add_argument("--share", type=float, default=1.0)
    asked.add_argument("--page", action="store_true", help="only write the page again, from what was kept")
    given = asked.parse_args(arguments)
    if given.page:
        write_page()
        return 0
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="goldenthread-assurance-") as home:
        set_up(Path(home))
        parts = Parts(given.share)
        for name in given.part or PARTS:
            _say(f"{name}: {getattr(parts, name).__doc__}")
            started = time.monotonic()
            found = getattr(parts, name)()
            lines += found
            seconds = time.monotonic() - started
            _say(f"  {seconds:.0f} s\n{table(found)}")
            if given.share >= 1:
                keep(name, found, seconds)
    print(table(lines))
    if set(kept()) == set(PARTS):
        write_page()
    return 0 if all(line.holds for line in lines) else 1


def kept() -> dict[str, dict[str, Any]]:
    """What the last full run of each part found."""
    return json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {}


def keep(name: str, lines: list[Line], seconds: float) -> None:
    """Keep what a part found in full."""
    found = {"on": f"{date.today():%-d %B %Y}", "seconds": seconds, "lines": [asdict(line) for line in lines]}  # noqa: DTZ011
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(kept() | {name: found}), encoding="utf-8")


def write_page() -> None:
    """docs/assurance.md: what the last full run of each part found, and the security requirements with how and by which
    test each is met."""
    from assurance.asvs import security_table

    found = kept()
    days = sorted({part["on"] for part in found.values()})
    told = (
        f"Tried in full on {' and '.join(days)}, {os.cpu_count()} cores, Python {platform.python_version()}, in "
        f"{sum(part['seconds'] for part in found.values()) / 60:.0f} minutes. `make assurance` writes this page; `make test` "
        "tries smaller counts of the same."
    )
    lines = [Line(**line) for name in PARTS for line in found[name]["lines"]]
    PAGE.write_text(
        "# Assurance\n\nWhat was tried against the product, how often, and what came of it.\n\n"
        f"{told}\n\n{table(lines)}\n\n{_NOTES}\n{security_table()}",
        encoding="utf-8",
    )


_NOTES = """\
## How to read it

- *Access matrix* ([matrix.py](../assurance/matrix.py)): each protected word of each record is a canary. What comes back,
  in every format, is searched for the canaries of records that the officer may not open. What is expected stands in
  [oracle.py](../assurance/oracle.py), apart from the product's own tables. A page that is not there fails the build.
- *Holes* ([holes.py](../assurance/holes.py)): each guard is taken away in turn, and the matrix must see it. Where a page
  has two guards, both are taken away.
- *Kills, restarts, disk* : clients post to a real server process; what was acknowledged is compared with what is there
  afterwards, with its trail and its obligations. Each harness has a test that it sees a planted fault. The kill of a
  process cannot show what a power cut would lose: that `synchronous=FULL` is set is held by a test of settings.
- *The same form, edits at once*: of every page that writes, by its recipe ([recipes](../assurance/recipes/__init__.py)). The effect of
  many sends is compared with the effect of one, table by table and deed by deed. `make test` sends every form twice, and every edit
  by two officers, one after the other.
- *Tampering*: by SQL, with the database's own guards taken down first.
- Not tried: power cuts by replaying the disk's writes, system calls that fail one by one, hours of load, migrations from
  every released version (there is none yet).
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
