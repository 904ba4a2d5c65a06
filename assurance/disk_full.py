"""The disk fills up: nothing is half written, a plain page says so and holds the words, and it works again after."""

import os
import random
import secrets
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from assurance.council import Council, council, new_key
from assurance.forms import FORMS

SIZE = 24 * 1024 * 1024
_MIX = ("onward", "add an action", "amend")
_LONG = 4000  # characters of a concern: so that some writes do not fit where others do


class CannotMount(Exception):
    """There is no small disk to fill: it takes the right to mount one."""


@dataclass(slots=True)
class DiskFull:
    """What was found. points: fillings of the disk, each to another place; refused: forms that found no room, each
    told so; partial, unsaid, lost: writes of which a part is there, refusals without a plain page or the words, and
    forms that could not be sent again once there was room."""

    points: int = 0
    saved: int = 0
    refused: int = 0
    partial: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def faults(self) -> int:
        """How much is wrong."""
        return len(self.partial) + len(self.unsaid) + len(self.lost)


@contextmanager
def small_disk() -> Iterator[Path]:
    """A disk of a few megabytes, in memory. Raises CannotMount."""
    with tempfile.TemporaryDirectory(prefix="goldenthread-disk-") as folder:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], capture_output=True, text=True
        )
        if mounted.returncode:
            raise CannotMount(mounted.stderr.strip() or "mount failed")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


def _fill(folder: Path, leave: int) -> Path:
    """Fill the disk but for so many bytes. Returns the file that fills it."""
    ballast, state = folder / "ballast", os.statvfs(folder)
    free = state.f_bavail * state.f_frsize
    with ballast.open("wb") as file:
        file.write(b"x" * max(0, free - leave))
    return ballast


def disk_full(points: int, *, fault: str = "", seed: int = 1) -> DiskFull:
    """Fill the disk so many times, and post until there is no more room; then make room. Raises CannotMount."""
    chance, found, began = random.Random(seed), DiskFull(), time.monotonic()
    sent: dict[str, str] = {}
    with small_disk() as folder, council(home=str(folder)) as kept:
        kept.serve(fault)
        for number in range(points):
            ballast = _fill(folder, chance.choice((0, 4096, 8192, 16384, 32768, 65536, chance.randint(0, 131072))))
            held: list[tuple[str, str, dict[str, str], str]] = []
            for turn in range(30):
                _post(kept, found, number + turn, held, sent)
                if len(held) >= 2:
                    break
            ballast.unlink()
            for who, path, fields, mark in held:
                page = kept.send_until_answered(who, path, fields, patience=1 if fault else 30)
                if page.status != 302:
                    found.lost.append(f"{path}: {page.status} once there was room")
                sent[mark] = path
            found.points += 1
        if fault:
            kept.kill()
        there = kept.ask("check")
    found.partial += there["half"] + there["ledger"] + ([] if there["integrity"] == "ok" else [there["integrity"]])
    for mark, path in sent.items():
        if there["found"].get(mark) != 1:
            found.lost.append(f"{path}: {there['found'].get(mark, 0)} times there")
    found.seconds = time.monotonic() - began
    return found


def _post(
    kept: Council, found: DiskFull, n: int, held: list[tuple[str, str, dict[str, str], str]], sent: dict[str, str]
) -> None:
    form = FORMS[_MIX[n % len(_MIX)]]
    who, path = kept.facts[form.who][n % 8], form.path(kept.facts, n)
    mark = f"marked {secrets.token_hex(8)} {'and so on ' * (_LONG // 10)}".strip()
    fields = {"submission": new_key(), **form.fields(kept.facts, n, mark)}
    if form.edit:
        page = kept.send(who, path)  # opening it writes to the trail: where there is no room, nothing is shown
        if page.status == 503:
            found.refused += 1
            if "The disk is full" not in page.text:
                found.unsaid.append(f"{path}: opened, {page.text[:300]}")
            return
        fields["version"] = page.version
    page = kept.send(who, path, fields)
    if page.status == 302:
        found.saved += 1
        sent[mark] = path
        return
    found.refused += 1
    held.append((who, path, fields, mark))
    if page.status != 503 or "The disk is full" not in page.text or escape(mark) not in page.text:
        found.unsaid.append(f"{path}: {page.status} {page.text[:300]}")
