"""How well each team practises here: rows of the table (see `demo.practice`)."""

from goldenthread.demo.paths import Lateness, Path
from goldenthread.demo.paths import level as _level

# Requirement                           ra-east         ra-west         hospital     disabled     fs-north        fs-south
ROWS: dict[str, tuple[Path, ...]] = {
    "assessment.register-check":         (Path(.52, .95), Path(.90, .66), _level(.71), _level(.80), Path(.60, .85), _level(.75)),
    "assessment.register-check-settled": (Path(.55, .90), Path(.85, .60), _level(.70), _level(.75), Path(.60, .80), _level(.70)),
}  # fmt: skip

LATENESS: dict[str, Lateness] = {
    "assessment.register-check": Lateness(0.28, 2.0, 0.1),
    "assessment.register-check-settled": Lateness(0.25, 4.0, 0.1),
}
