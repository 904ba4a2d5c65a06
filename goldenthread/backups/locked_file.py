"""A locked file: chunks under AES-256-GCM, each bound to the file's head, its own number and whether it is the last.

So a changed bit, a chunk left out, put elsewhere or taken from another file, and a cut end are all found.
"""

import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from goldenthread.backups.keys import key_for
from goldenthread.core.errors import BadInput

MAGIC = b"Golden Thread backup 1\n"
FAMILY = b"Golden Thread backup "
CHUNK = 1024 * 1024
TAG = 16
LONGEST_HEAD = 1000


def _bound(head: bytes, number: int, last: bool) -> bytes:
    return head + number.to_bytes(8, "big") + bytes([last])


def lock(plain: Iterator[bytes], file: Path, *, locked: str, key_file: Path) -> None:
    """Write pieces of any length, locked, and make sure that they are on the disk. Raises BadInput for a bad key."""
    salt = secrets.token_bytes(32)
    words = json.dumps({"locked": locked, "salt": salt.hex()}).encode()
    head = MAGIC + len(words).to_bytes(4, "big") + words
    box = AESGCM(key_for(locked, salt, key_file))
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        out.write(head)
        number, held = 0, b""
        for piece in plain:
            held += piece
            while len(held) > CHUNK:
                _write(out, box, head, number, held[:CHUNK], last=False)
                number, held = number + 1, held[CHUNK:]
        _write(out, box, head, number, held, last=True)
        out.flush()
        os.fsync(out.fileno())


def _write(out: BinaryIO, box: AESGCM, head: bytes, number: int, chunk: bytes, *, last: bool) -> None:
    # Each file has a key of its own (a fresh salt), so the chunk's number never repeats as a nonce.
    sealed = box.encrypt(number.to_bytes(12, "big"), chunk, _bound(head, number, last))
    out.write(bytes([last]) + len(sealed).to_bytes(4, "big") + sealed)


def unlock(file: Path, *, key_file: Path) -> Iterator[bytes]:
    """The pieces, each proved before it is given. Raises BadInput, naming the file and what is wrong with it."""
    try:
        with file.open("rb") as source:
            yield from _chunks(source, file, key_file)
    except OSError as fault:
        raise BadInput(f"{file}: cannot be read ({fault.strerror}).") from None


def _chunks(source: BinaryIO, file: Path, key_file: Path) -> Iterator[bytes]:
    magic = source.read(len(MAGIC))
    if not magic.startswith(FAMILY):
        raise BadInput(f"{file}: this is not a Golden Thread backup.")
    if magic != MAGIC:
        raise BadInput(f"{file}: this backup is damaged, or was made by a later version of Golden Thread.")
    length = source.read(4)
    words = source.read(min(int.from_bytes(length, "big"), LONGEST_HEAD))
    try:
        told = json.loads(words)
        locked, salt = str(told["locked"]), bytes.fromhex(told["salt"])
    except (ValueError, KeyError, TypeError):
        raise BadInput(f"{file}: the backup is damaged in its first lines.") from None
    if locked not in {"file", "passphrase"}:
        raise BadInput(f"{file}: the backup is damaged in its first lines.")
    head = magic + length + words
    box = AESGCM(key_for(locked, salt, key_file))
    number, last = 0, False
    while not last:
        front = source.read(5)
        size = int.from_bytes(front[1:], "big")
        if len(front) < 5 or front[0] > 1 or not TAG <= size <= CHUNK + TAG:
            raise BadInput(f"{file}: the backup is cut short or damaged, at its chunk {number + 1}.")
        last = bool(front[0])
        sealed = source.read(size)
        if len(sealed) < size:
            raise BadInput(f"{file}: the backup is cut short, at its chunk {number + 1}.")
        try:
            chunk = box.decrypt(number.to_bytes(12, "big"), sealed, _bound(head, number, last))
        except InvalidTag:
            why = "the key is not this backup's, or the backup is damaged" if not number else "the backup is damaged"
            raise BadInput(f"{file}: {why}, at its chunk {number + 1}.") from None
        yield chunk
        number += 1
    if source.read(1):
        raise BadInput(f"{file}: the backup is damaged: something follows its end.")
