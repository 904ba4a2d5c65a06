"""Does a backup show every fault? Flips bits, cuts ends and moves chunks, and counts what goes unseen."""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from goldenthread.backups.contents import unpack
from goldenthread.core.errors import BadInput


@dataclass
class Seen:
    """How many faults were planted, and which of them went unseen or were not told plainly."""

    planted: int = 0
    unseen: list[str] = field(default_factory=list)


def reads(file: Path, key_file: Path, folder: Path) -> str:
    """Why the backup is refused; nothing where it reads. Anything but a plain refusal is raised."""
    folder.mkdir()
    try:
        unpack(file, folder, key_file=key_file)
    except BadInput as refused:
        return str(refused)
    finally:
        shutil.rmtree(folder)
    return ""


def damage(
    file: Path, key_file: Path, folder: Path, *, count: int, seed: int = 1, reader: Callable[..., str] = reads
) -> Seen:
    """Plant `count` faults, one at a time: a flipped bit, a cut end, or something added. `folder` is for the copies.

    The first faults are one in each of the file's first bytes, where a reader trusts most.
    """
    whole, chance, seen = file.read_bytes(), random.Random(seed), Seen()
    copy = folder / "damaged.backup"
    for number in range(count):
        kind = "flip" if number < count // 2 else chance.choice(["flip", "flip", "cut", "add"])
        if kind == "flip":
            at = number if number < count // 4 else chance.randrange(len(whole))
            bit = chance.randrange(8)
            what = f"bit {bit} of byte {at}"
            changed = whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :]
        elif kind == "cut":
            at = chance.randrange(len(whole))
            what, changed = f"cut at {at}", whole[:at]
        else:
            what, changed = "something after the end", whole + chance.randbytes(chance.randint(1, 50))
        copy.write_bytes(changed)
        seen.planted += 1
        if str(copy) not in reader(copy, key_file, folder / "out"):
            seen.unseen.append(what)
    return seen
