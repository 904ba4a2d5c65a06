"""The team's board and the case file's page, as the council grows: `python -m bench --part board`.

Each size is a process with a database of its own, and all of them are there at the same time. They take turns, page by page, so
that what else the machine does hits all sizes alike; the figure is the median of each, to that of the smallest.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import IO, Any

BEGINS, ENDS = "<!-- the board begins -->", "<!-- the board ends -->"
BAR = 1.5
Found = dict[str, Any]


class Council:
    """One council in its own process, which opens a page when it is told to, and says how long it took."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin
        assert process.stdout
        self._to: IO[str] = process.stdin
        self._back: IO[str] = process.stdout
        self.about: Found = self._heard()

    def _heard(self) -> Any:
        line = self._back.readline()
        if not line:
            raise SystemExit("a council's process ended before it was done")
        return json.loads(line)

    def open(self, page: str) -> float:
        """The seconds that a page took."""
        self._to.write(f"{page}\n")
        self._to.flush()
        return float(self._heard())


@contextmanager
def _council(size: int, keep: Path | None) -> Iterator[Council]:
    with ExitStack() as after:
        if keep is None:
            home = Path(after.enter_context(tempfile.TemporaryDirectory(prefix="goldenthread-bench-")))
        else:
            home = keep / str(size)
            home.mkdir(parents=True, exist_ok=True)
        print(f"a council with {size:,} open cases", file=sys.stderr, flush=True)
        env = {
            **os.environ, "GOLDENTHREAD_HOME": str(home), "DATABASE_URL": "", "GOLDENTHREAD_SECOND_FACTOR": "",
            "GOLDENTHREAD_PAGES_A_MINUTE": "0", "GOLDENTHREAD_PAGES_AN_HOUR": "0",
        }  # fmt: skip
        command = [sys.executable, "-m", "bench.board_measure", str(size)]
        with subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            council = Council(process)
            try:
                yield council
            finally:
                assert process.stdin
                process.stdin.close()


def measured(sizes: list[int], times: int, keep: Path | None) -> list[Found]:
    """Every size: what there is in it, and the median seconds of each page. keep: a folder in which the councils stay for the next
    time."""
    with ExitStack() as councils:
        all_of_them = [councils.enter_context(_council(size, keep)) for size in sizes]
        pages = list(all_of_them[0].about["pages"])
        spent: list[dict[str, list[float]]] = [{page: [] for page in pages} for _ in all_of_them]
        for turn in range(times + 2):
            for page in pages:
                for council, kept in zip(all_of_them, spent, strict=True):
                    seconds = council.open(page)
                    if turn >= 2:  # the first two warm up
                        kept[page].append(seconds)
        return [
            council.about | {"seconds": {page: median(kept[page]) for page in pages}}
            for council, kept in zip(all_of_them, spent, strict=True)
        ]


def table(found: list[Found]) -> str:
    """Each page at each size, and its time to that at the smallest."""
    sizes = [f"{each['open']:,} open cases" for each in found]
    lines = [
        "| " + " | ".join(["page", *sizes, "bar", ""]) + " |",
        "| " + " | ".join(["---", *["---:"] * len(sizes), "---", "---"]) + " |",
    ]
    for page in found[0]["pages"]:
        first = found[0]["seconds"][page]
        cells = []
        for each in found:
            seconds, about = each["seconds"][page], each["pages"][page]
            cells.append(
                f"{seconds / first:.2f} × ({1000 * seconds:.0f} ms, {about['queries']} queries{_of(about['files'])})"
            )
        worst = max(each["seconds"][page] / first for each in found)
        lines.append(f"| {page} | {' | '.join(cells)} | ≤ {BAR} × | {'kept' if worst <= BAR else '**missed**'} |")
    grown = [
        page for page in found[0]["pages"]
        if found[-1]["pages"][page]["queries"] > found[0]["pages"][page]["queries"]
    ]  # fmt: skip
    loaded = ", ".join(
        f"{each['open']:,} open of {each['files']:,} case files ({each['obligations']:,} obligations) in "
        f"{each['loaded_in']:.0f} s"
        for each in found
    )
    return "\n".join(
        [
            *lines,
            "",
            f"Queries that grow from the smallest size to the largest: {', '.join(grown) or 'none'}.",
            "",
            f"Loading: {loaded}.",
        ]
    )


def _of(files: int | None) -> str:
    return "" if files is None else f", team of {files:,}"
