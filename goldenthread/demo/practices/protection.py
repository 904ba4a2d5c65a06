"""How well each team practises here: rows of the table (see `demo.practice`)."""

from goldenthread.demo.paths import Lateness, Path
from goldenthread.demo.paths import level as _level

# Requirement                             ra-east           ra-west           hospital     disabled        fs-north        fs-south
ROWS: dict[str, tuple[Path, ...]] = {
    "protection.strategy-discussion":      (Path(.60, .94),   Path(.90, .66),   _level(.78), _level(.80),    _level(.75),    _level(.75)),
    "protection.three-agencies":           (Path(.40, .88),   Path(.74, .58),   _level(.70), Path(.5, .8),   Path(.5, .8),   _level(.60)),
    "protection.enquiry-outcome":          (Path(.58, .90),   Path(.85, .62),   _level(.70), _level(.75),    Path(.6, .85),  _level(.70)),
    "protection.initial-conference":       (Path(.62, .90),   Path(.86, .66),   _level(.74), _level(.80),    Path(.6, .88),  _level(.75)),
    "protection.first-core-group":         (_level(.80),      _level(.75),      _level(.78), _level(.82),    Path(.6, .92),  Path(.85, .65)),
    "protection.core-group":               (_level(.78),      _level(.72),      _level(.70), _level(.80),    Path(.55, .90), Path(.80, .62)),
    "protection.visit":                    (_level(.82),      _level(.78),      _level(.74), _level(.84),    Path(.62, .92), Path(.86, .66)),
    "protection.seen-alone":               (_level(.72),      _level(.66),      _level(.60), _level(.55),    Path(.45, .86), Path(.72, .55)),
    "protection.first-review-conference":  (_level(.88),      _level(.85),      _level(.85), _level(.90),    Path(.80, .95), _level(.85)),
    "protection.review-conference":        (_level(.88),      _level(.85),      _level(.85), _level(.90),    Path(.80, .95), _level(.85)),
}  # fmt: skip

LATENESS: dict[str, Lateness] = {
    "protection.strategy-discussion": Lateness(0.06, 2, 0.2),
    "protection.three-agencies": Lateness(0.6, 3, 0.05),
    "protection.enquiry-outcome": Lateness(0.2, 9, 0.15),
    "protection.initial-conference": Lateness(0.05, 8, 0.1),
    "protection.first-core-group": Lateness(0.15, 8, 0.1),
    "protection.core-group": Lateness(0.3, 12, 0.1),
    "protection.visit": Lateness(0.3, 5, 0.1),
    "protection.seen-alone": Lateness(0.3, 5, 0.1),
    "protection.first-review-conference": Lateness(0.05, 12, 0.1),
    "protection.review-conference": Lateness(0.05, 20, 0.1),
}
