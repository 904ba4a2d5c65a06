"""How well each team practises here: rows of the table (see `demo.practice`)."""

from goldenthread.demo.paths import Lateness, Path
from goldenthread.demo.paths import level as _level

# Requirement                        ra-east          ra-west          hospital     disabled     fs-north         fs-south
ROWS: dict[str, tuple[Path, ...]] = {
    "allocation.closure-answered":      (Path(.55, .92), Path(.88, .62), _level(.72), _level(.80), Path(.60, .88),  _level(.75)),
    "allocation.closure-family-told":   (Path(.70, .95), Path(.92, .75), _level(.82), _level(.90), Path(.75, .92),  _level(.84)),
    "allocation.closure-agencies-told": (Path(.50, .90), Path(.84, .58), _level(.66), _level(.80), Path(.55, .84),  _level(.70)),
}  # fmt: skip

LATENESS: dict[str, Lateness] = {
    "allocation.closure-answered": Lateness(0.0, 5),
    "allocation.closure-family-told": Lateness(0.0, 4),
    "allocation.closure-agencies-told": Lateness(0.0, 6),
}
