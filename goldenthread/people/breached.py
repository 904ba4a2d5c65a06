"""Passwords known from breaches, looked up in a file that the council keeps: nothing is asked of anybody over the network.

The file (GOLDENTHREAD_BREACHED_PASSWORDS) has one SHA-1 hash in hexadecimal digits on each line, in order, and after it
whatever begins with a colon: the form in which lists of breached passwords are given out. It may be far larger than the
memory: a look-up reads a few dozen lines of it.
"""

import hashlib
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError

_LONGEST = 200  # bytes of a line


def is_breached(password: str, file: Path) -> bool:
    """Whether the file holds the password's hash. Raises OSError where it cannot be read."""
    sought = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as lines:
        low, high = 0, lines.seek(0, 2)
        while low < high:  # the line sought, if there is one, begins at or after low, and before high
            middle = (low + high) // 2
            begins, line = _line_from(lines, middle, high)
            if not line or _hash(line) >= sought:
                if line and _hash(line) == sought:
                    return True
                high = middle
            else:
                low = begins + len(line)
        return False


def _line_from(lines: BinaryIO, at: int, end: int) -> tuple[int, bytes]:
    """Where the first line begins that begins at or after a place, and the line; nothing where that is the end or beyond."""
    lines.seek(max(at - 1, 0))
    if at:
        lines.readline(_LONGEST)  # the rest of the line before
    begins = lines.tell()
    return (begins, lines.readline(_LONGEST)) if begins < end else (begins, b"")


def _hash(line: bytes) -> bytes:
    return line.partition(b":")[0].strip().upper()


class BreachedValidator:
    """Refuses a password that the council's list of breached ones holds. Without a list, it refuses none."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError; also where there should be a list and it cannot be read."""
        if not settings.BREACHED_PASSWORDS:
            return
        try:
            found = is_breached(password, Path(settings.BREACHED_PASSWORDS))
        except OSError:
            raise ValidationError(
                "No password can be set now: the list of breached passwords cannot be read. Tell whoever hosts this service",
                code="no-list",
            ) from None
        if found:
            raise ValidationError(
                "Enter another password: this one is known from a breach of some other service", code="breached"
            )

    def get_help_text(self) -> str:
        """What a person is told."""
        return "Not one that is known from a breach"
