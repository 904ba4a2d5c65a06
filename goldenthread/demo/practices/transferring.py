"""How well each team practises transfers: rows of the table (see `demo.practice`). Of answers, the receiving team's."""

from goldenthread.demo.paths import Lateness, Path
from goldenthread.demo.paths import level as _level

# Requirement                          ra-east          ra-west          hospital     disabled     fs-north         fs-south
ROWS: dict[str, tuple[Path, ...]] = {
    "allocation.transfer-answered":    (_level(.80),    _level(.75),     _level(.70), _level(.85), Path(.55, .92),  Path(.85, .60)),
    "allocation.transfer-obstacle":    (Path(.45, .85), Path(.75, .50),  _level(.60), _level(.80), Path(.55, .80),  _level(.65)),
    "allocation.transfer-ruled":       (Path(.50, .85), _level(.60),     _level(.60), _level(.70), _level(.65),     _level(.65)),
    "allocation.transfer-handover":    (Path(.50, .92), Path(.85, .60),  _level(.68), _level(.85), _level(.75),     _level(.75)),
    "allocation.transfer-joint-visit": (Path(.35, .85), Path(.70, .45),  _level(.50), _level(.75), _level(.65),     _level(.60)),
    "allocation.transfer-completed":   (Path(.45, .88), Path(.80, .50),  _level(.62), _level(.80), _level(.70),     _level(.70)),
}  # fmt: skip

LATENESS: dict[str, Lateness] = {
    "allocation.transfer-answered": Lateness(0.1, 6),
    "allocation.transfer-obstacle": Lateness(0.15, 9),
    "allocation.transfer-ruled": Lateness(0.05, 6),
    "allocation.transfer-handover": Lateness(0.05, 5),
    "allocation.transfer-joint-visit": Lateness(0.45, 9, 0.4),
    "allocation.transfer-completed": Lateness(0.1, 10),
}
