"""From what people call a record (“CF000123”) to its case file. Each room says how its own references are read."""

import re
from collections.abc import Callable

from goldenthread.cases.models import CaseFile

_READERS: dict[str, Callable[[int], CaseFile | None]] = {}


def read_as(prefix: str, reader: Callable[[int], CaseFile | None]) -> None:
    """References that begin so are read by this: it takes the number, and returns the case file or None."""
    _READERS[prefix] = reader


def case_file_called(reference: str) -> CaseFile | None:
    """The case file that a reference leads to; None for none, or what is no reference. Asks nothing of access."""
    found = re.fullmatch(r"([A-Z]{1,3})0*(\d{1,12})", reference.strip().upper().replace(" ", ""))
    reader = _READERS.get(found[1]) if found else None
    return reader(int(found[2])) if found and reader else None


read_as("CF", lambda number: CaseFile.objects.filter(reference=f"CF{number:06d}").first())
