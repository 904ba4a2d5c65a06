"""The practice table of the rooms of assessment and allocation, an alcove a file."""

from goldenthread.demo.paths import Lateness, Path
from goldenthread.demo.practices import (
    allocating,
    assessing,
    chronology,
    closing,
    conferring,
    hospital,
    household,
    housing,
    interpreting,
    legal,
    protection,
    recording,
    register,
    supervising,
    transferring,
)

_ALCOVES = (
    household, register, assessing, recording, protection, interpreting, housing, legal, hospital,
    allocating, transferring, chronology, conferring, supervising, closing,
)  # fmt: skip

ROWS_ELSEWHERE: dict[str, tuple[Path, ...]] = {key: row for alcove in _ALCOVES for key, row in alcove.ROWS.items()}
LATENESS_ELSEWHERE: dict[str, Lateness] = {key: late for alcove in _ALCOVES for key, late in alcove.LATENESS.items()}
