"""How well each team practises here: rows of the table (see `demo.practice`)."""

from goldenthread.demo.paths import Lateness, Path
from goldenthread.demo.paths import level as _level

# Requirement                     ra-east          ra-west          hospital         disabled     fs-north      fs-south
ROWS: dict[str, tuple[Path, ...]] = {
    "assessment.hospital-response":   (Path(.60, .90), Path(.85, .65), Path(.70, .93), _level(.80), _level(.75), _level(.70)),
    "assessment.hospital-steps":      (Path(.40, .85), Path(.75, .50), Path(.45, .82), _level(.65), _level(.60), _level(.60)),
    "assessment.discharge-plan":      (Path(.60, .97), Path(.85, .72), Path(.72, .96), _level(.85), _level(.80), _level(.80)),
    "assessment.unplanned-discharge": (Path(.50, .80), _level(.60),    Path(.50, .85), _level(.60), _level(.60), _level(.60)),
    "assessment.long-hospital-stay":  (_level(.70),    _level(.70),    _level(.75),    _level(.85), _level(.70), _level(.70)),
}  # fmt: skip

LATENESS: dict[str, Lateness] = {
    "assessment.hospital-response": Lateness(0.06, 0.6),
    "assessment.hospital-steps": Lateness(0.25, 3, 0.2),
    "assessment.discharge-plan": Lateness(0.4, 1),
    "assessment.unplanned-discharge": Lateness(0.15, 0.5),
    "assessment.long-hospital-stay": Lateness(0.3, 10),
}
