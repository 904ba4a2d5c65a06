"""How well each team practises here: rows of the table (see `demo.practice`)."""

from goldenthread.demo.paths import Lateness, Path
from goldenthread.demo.paths import level as _level

# Requirement                          ra-east          ra-west          hospital         disabled     fs-north         fs-south
ROWS: dict[str, tuple[Path, ...]] = {
    "allocation.worker-supervised":      (Path(.55, .92), Path(.90, .60), _level(.72),     _level(.85), Path(.60, .85),  _level(.75)),
    "allocation.case-discussed":         (Path(.45, .88), Path(.82, .50), _level(.65),     _level(.78), Path(.50, .80),  _level(.68)),
    "allocation.supervision-action-done": (Path(.50, .85), Path(.78, .55), _level(.62),    _level(.75), Path(.55, .78),  _level(.66)),
}  # fmt: skip

LATENESS: dict[str, Lateness] = {
    "allocation.worker-supervised": Lateness(0.10, 9),
    "allocation.case-discussed": Lateness(0.15, 16),
    "allocation.supervision-action-done": Lateness(0.20, 8, 0.2),
}
