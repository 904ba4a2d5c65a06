"""The practice table of the assessment room, an alcove a file."""

from goldenthread.demo.paths import Lateness, Path
from goldenthread.demo.practices import (
    assessing,
    hospital,
    household,
    housing,
    interpreting,
    legal,
    protection,
    recording,
    register,
)

_ALCOVES = (household, register, assessing, recording, protection, interpreting, housing, legal, hospital)

ROWS_ELSEWHERE: dict[str, tuple[Path, ...]] = {key: row for alcove in _ALCOVES for key, row in alcove.ROWS.items()}
LATENESS_ELSEWHERE: dict[str, Lateness] = {key: late for alcove in _ALCOVES for key, late in alcove.LATENESS.items()}
