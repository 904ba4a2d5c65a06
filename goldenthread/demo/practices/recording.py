"""How well each team practises here: rows of the table (see `demo.practice`)."""

from goldenthread.demo.paths import Lateness, Path
from goldenthread.demo.paths import level as _level

# Requirement                              ra-east           ra-west           hospital     disabled         fs-north        fs-south
ROWS: dict[str, tuple[Path, ...]] = {
    "assessment.record-made":              (Path(.52, .88),   Path(.84, .60),   _level(.66), Path(.6, .85),   _level(.70),    Path(.75, .6)),
    "assessment.protection-visit-recorded": (Path(.50, .86),  Path(.80, .55),   _level(.62), _level(.75),     Path(.5, .85),  _level(.68)),
}  # fmt: skip

LATENESS: dict[str, Lateness] = {
    "assessment.record-made": Lateness(0.0, 5),
    "assessment.protection-visit-recorded": Lateness(0.05, 3),
}
"""What is never recorded is not there to be seen: of visits, it shows as a visit that is owed."""
