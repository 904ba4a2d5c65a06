"""Files made bad by changing good ones, uploaded as an officer would: each becomes a plan to look at, or a plain refusal."""

import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

NAMES = (
    "plan", "../../../etc/passwd", "..\\..\\windows\\plan", "/etc/cron.d/plan", "p\u202excod", "a" * 400, "\u0141" * 200,
    "plan\x07", "<img src=x onerror=alert(1)>", "'; DROP TABLE plan_plan; --", "con", ".hidden", "plan.docx.exe", " ",
)  # fmt: skip
"""What a file may be called; its ending comes after."""


@dataclass
class Tried:
    """How many files were tried; which of them did something other than be read or be plainly refused."""

    count: int = 0
    read: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)


def _bytes_changed(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def _middle_gone(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 2000) :] or b"x"


def _spliced(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + chance.randbytes(chance.randint(1, 300)) + data[start:]


def _part_changed(data: bytes, chance: random.Random) -> bytes:
    """One part of the package changed inside, and packed again as it should be: past the checksums, to the parsers."""
    if not data.startswith(b"PK"):
        return _bytes_changed(data, chance)
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = chance.choice([name for name, part in parts.items() if part])
    how = chance.choice([_bytes_changed, _cut, _middle_gone, _spliced])
    parts[name] = how(parts[name], chance)
    if chance.random() < 0.1:
        parts.pop(chance.choice(list(parts)))
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for part, content in parts.items():
            made.writestr(part, content)
    return held.getvalue()


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _bytes_changed, _cut, _middle_gone, _spliced, _part_changed, _part_changed, _part_changed,
)  # fmt: skip


def bad_files(good: dict[str, bytes], count: int, *, seed: int = 1) -> list[tuple[str, bytes]]:
    """So many names and contents. `good`: an ending (".docx") and a file that is read without complaint."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        ending = chance.choice(list(good))
        data = chance.choice(CHANGES)(good[ending], chance)
        if chance.random() < 0.05:
            ending = chance.choice([".exe", ".docm", "", ".doc\u202ex", *good])
        made.append((chance.choice(NAMES) + ending, data))
    return made


def try_all(
    files: list[tuple[str, bytes]], upload: Callable[[str, bytes], tuple[str, str]], stored: Callable[[], object]
) -> Tried:
    """Upload each. `upload` answers “read” or “refused”, and the words shown; `stored` says what is kept, and must not change."""
    tried, before = Tried(), stored()
    for name, data in files:
        tried.count += 1
        try:
            ended, words = upload(name, data)
        except Exception as fault:  # a crash is what is looked for
            tried.faults.append(f"{name[:40]!r}: {type(fault).__name__}: {str(fault)[:100]}")
            continue
        if ended == "read":
            tried.read += 1
        elif ended == "refused" and words.strip():
            tried.refused += 1
        else:
            tried.faults.append(f"{name[:40]!r}: {ended}, {words[:100]!r}")
        if stored() != before:
            tried.faults.append(f"{name[:40]!r}: something was stored")
            before = stored()
    return tried
