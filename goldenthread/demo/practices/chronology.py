"""How well each team practises here: rows of the table (see `demo.practice`)."""

from goldenthread.demo.paths import Lateness, Path
from goldenthread.demo.paths import level as _level

# Requirement                          ra-east             ra-west           hospital     disabled         fs-north         fs-south
ROWS: dict[str, tuple[Path, ...]] = {
    "allocation.chronology-event":       (Path(.55, .88),    Path(.82, .62),   _level(.68), Path(.6, .85),   _level(.72),     Path(.78, .6)),
    "allocation.chronology-begun":       (Path(.35, .86, .5), Path(.72, .50),  _level(.48), Path(.5, .8),    Path(.45, .8),   _level(.60)),
    "allocation.chronology-reviewed":    (Path(.30, .80, .55), Path(.68, .42), _level(.45), Path(.55, .85),  Path(.4, .78),   Path(.7, .5)),
    "allocation.chronology-after-event": (Path(.40, .82),    Path(.70, .48),   _level(.52), _level(.70),     Path(.5, .8),    _level(.58)),
    "allocation.chronology-seen":        (Path(.25, .84, .6), Path(.66, .45),  _level(.40), Path(.45, .8),   Path(.35, .75),  _level(.50)),
}  # fmt: skip

LATENESS: dict[str, Lateness] = {
    "allocation.chronology-event": Lateness(0.0, 9),
    "allocation.chronology-begun": Lateness(0.35, 12),
    "allocation.chronology-reviewed": Lateness(0.3, 20),
    "allocation.chronology-after-event": Lateness(0.4, 8),
    "allocation.chronology-seen": Lateness(0.45, 9),
}
"""What is never put in is not there to be seen: it shows only where somebody reads the whole file."""
