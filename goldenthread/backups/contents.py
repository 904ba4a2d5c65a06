"""What a backup holds: a manifest, then the parts that it names, each with its length and SHA-256."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from goldenthread import __version__
from goldenthread.backups.locked_file import unlock
from goldenthread.core.errors import BadInput

LONGEST_MANIFEST = 16 * 1024 * 1024
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Table:
    """One table: how many rows, and one number for all of them, whatever their order."""

    rows: int
    digest: str


@dataclass(frozen=True)
class Part:
    """One file in a backup: its length in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What was backed up. It names no child and no officer but who asked for it, by username."""

    version: str
    engine: str
    taken_at: str
    by: str
    migrations: list[str]
    tables: dict[str, Table]
    trail_entries: int
    trail_head: str
    parts: list[Part]

    def as_bytes(self) -> bytes:
        """As JSON, with its length before it."""
        words = json.dumps(asdict(self), ensure_ascii=False).encode()
        return len(words).to_bytes(4, "big") + words


def part_of(file: Path, name: str) -> Part:
    """A file as a part."""
    found = hashlib.sha256()
    with file.open("rb") as source:
        while piece := source.read(PIECE):
            found.update(piece)
    return Part(name, file.stat().st_size, found.hexdigest())


def pieces(manifest: Manifest, files: dict[str, Path]) -> Iterator[bytes]:
    """A backup's contents in order, to be locked."""
    yield manifest.as_bytes()
    for part in manifest.parts:
        with files[part.name].open("rb") as source:
            while piece := source.read(PIECE):
                yield piece


class _Stream:
    """Reads so many bytes from pieces of any length."""

    def __init__(self, source: Iterator[bytes], file: Path) -> None:
        self.source, self.file, self.held = source, file, b""

    def read(self, size: int) -> Iterator[bytes]:
        while size:
            self.held = self.held or next(self.source, b"")
            if not self.held:
                raise BadInput(f"{self.file}: the backup ends before what it should hold.")
            piece, self.held = self.held[:size], self.held[size:]
            size -= len(piece)
            yield piece


def unpack(file: Path, folder: Path, *, key_file: Path) -> Manifest:
    """Unlock a backup into a folder, every part against its SHA-256. Raises BadInput, naming the file and the cause."""
    source = unlock(file, key_file=key_file)
    stream = _Stream(source, file)
    size = int.from_bytes(b"".join(stream.read(4)), "big")
    if size > LONGEST_MANIFEST:
        raise BadInput(f"{file}: the backup's manifest is damaged.")
    manifest = _manifest(json.loads(b"".join(stream.read(size))), file)
    for part in manifest.parts:
        found = hashlib.sha256()
        with (folder / Path(part.name).name).open("wb") as out:
            for piece in stream.read(part.size):
                found.update(piece)
                out.write(piece)
        if found.hexdigest() != part.sha256:
            raise BadInput(f"{file}: “{part.name}” in the backup is not what was backed up.")
    if stream.held or next(source, b""):
        raise BadInput(f"{file}: the backup holds more than it says.")
    return manifest


def _numbers(version: str) -> list[int]:
    return [int(number) for number in version.split(".") if number.isdigit()]


def _manifest(told: dict[str, Any], file: Path) -> Manifest:
    if _numbers(str(told.get("version", ""))) > _numbers(__version__):
        raise BadInput(
            f"{file}: the backup is from Golden Thread {told['version']}, and this is {__version__}: update the program."
        )
    tables = {name: Table(**table) for name, table in told.pop("tables").items()}
    return Manifest(**{**told, "tables": tables, "parts": [Part(**part) for part in told["parts"]]})
