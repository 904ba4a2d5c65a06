"""`make bench`: measures speed as ratios, each side by side in one run, and writes the table into bench/README.md.

python -m bench [--sizes 1000,10000,100000] [--times 25] [--no-write]
python -m bench --part finding --data FOLDER: the search of children (see bench/finding.py)
python -m bench --part board [--sizes 100,1000,10000] [--data FOLDER]: a team's board and a case file's page (see bench/board.py)
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import board, finding
from bench.table import growth, table

README = Path(__file__).parent / "README.md"
SIZES = "1000,10000,100000"
BEGINS, ENDS = "<!-- the table begins -->", "<!-- the table ends -->"


def measured(size: int, times: int) -> dict[str, Any]:
    """One size, in a process and a data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="goldenthread-bench-") as home:
        print(f"{size:,} referrals", file=sys.stderr, flush=True)
        done = subprocess.run(
            [sys.executable, "-m", "bench.measure", str(size), str(times)],
            env={
                **os.environ,
                "GOLDENTHREAD_HOME": home,
                "DATABASE_URL": "",
                "GOLDENTHREAD_SECOND_FACTOR": "",
                "GOLDENTHREAD_PAGES_A_MINUTE": "0",
            },
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def machine(sqlite: str, load: float) -> str:
    """What it was measured on, in facts that are not paths."""
    model = next((line.split(":")[1].strip() for line in _cpu() if line.startswith("model name")), platform.machine())
    return (
        f"Measured on {datetime.now(UTC):%-d %B %Y}: {os.cpu_count()} cores ({model}), Python {platform.python_version()}, "
        f"SQLite {sqlite}. One-minute load when it began: {load:.1f}."
    )


def _cpu() -> list[str]:
    file = Path("/proc/cpuinfo")
    return file.read_text().splitlines() if file.exists() else []


def _keep(text: str, begins: str, ends: str) -> None:
    """Put a table in its place in the README."""
    before, _, rest = README.read_text(encoding="utf-8").partition(begins)
    README.write_text(f"{before}{begins}\n{text}\n{ends}{rest.partition(ends)[2]}", encoding="utf-8")


def _finding(given: argparse.Namespace, load: float) -> None:
    """Measure the search of children, print the tables, and keep them."""
    found = finding.measured([int(size) for size in given.sizes.split(",")], given.data, given.times, given.asked)
    text = f"{machine(found[0]['sqlite'], load)}\n\n{finding.table(found)}"
    print(text)
    if not given.no_write:
        _keep(text, finding.BEGINS, finding.ENDS)


def _board(given: argparse.Namespace, load: float) -> None:
    """Measure the team's board and the case file's page, print the table, and keep it."""
    found = board.measured(
        [int(size) for size in (given.sizes or "100,1000,10000").split(",")], given.times, given.data
    )
    text = f"{machine(found[0]['sqlite'], load)}\n\n{board.table(found)}"
    print(text)
    if not given.no_write:
        _keep(text, board.BEGINS, board.ENDS)


def main() -> None:
    """Measure every size, print the table, and keep it."""
    arguments = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    arguments.add_argument(
        "--sizes", help=f"how many referrals (or children, or open cases), separated by commas: {SIZES}"
    )
    arguments.add_argument("--times", type=int, default=25, help="how often each thing is timed")
    arguments.add_argument("--no-write", action="store_true", help="print only")
    arguments.add_argument("--part", choices=["all", "finding", "board"], default="all", help="what to measure")
    arguments.add_argument(
        "--data",
        type=Path,
        help="the search of children: the folder of published names; the board: a folder in which the councils are kept",
    )
    arguments.add_argument("--asked", type=int, default=300, help="how many questions of each kind")
    given = arguments.parse_args()
    load = os.getloadavg()[0]
    if given.part == "board":
        _board(given, load)
        return
    given.sizes = given.sizes or SIZES
    if given.part == "finding":
        if given.data is None:
            arguments.error("--data is needed: see bench/finding.py")
        _finding(given, load)
        return
    found = [measured(int(size), given.times) for size in given.sizes.split(",")]
    text = f"{machine(found[0]['sqlite'], load)}\n\n{table(found)}\n\n{growth(found)}"
    print(text)
    if not given.no_write:
        _keep(text, BEGINS, ENDS)


if __name__ == "__main__":
    main()
