"""How well each team practises here: rows of the table (see `demo.practice`)."""

from goldenthread.demo.paths import Lateness, Path
from goldenthread.demo.paths import level as _level

# Requirement                          ra-east           ra-west           hospital      disabled      fs-north          fs-south
ROWS: dict[str, tuple[Path, ...]] = {
    "assessment.started":              (Path(.60, .92),   Path(.90, .66),   _level(.75),  _level(.85),  _level(.80),      Path(.7, .85)),
    "assessment.signed-off-initial":   (Path(.55, .86),   Path(.84, .60),   _level(.70),  _level(.74),  Path(.65, .85),   _level(.75)),
    "assessment.signed-off-core":      (Path(.55, .86),   Path(.84, .60),   _level(.70),  _level(.74),  Path(.65, .85),   _level(.75)),
    "assessment.signed-off-single":    (Path(.60, .90),   Path(.90, .66),   _level(.76),  _level(.80),  Path(.7, .88),    _level(.80)),
    "assessment.signed-off-section-47": (Path(.62, .92),  Path(.88, .64),   _level(.76),  _level(.78),  Path(.66, .88),   _level(.76)),
    "assessment.returned":             (Path(.55, .85),   Path(.80, .60),   _level(.70),  _level(.75),  _level(.70),      Path(.6, .8)),
    "assessment.child-in-need-plan":   (Path(.50, .82),   Path(.78, .55),   _level(.65),  _level(.75),  Path(.55, .85),   _level(.65)),
    "assessment.first-plan-review":    (_level(.70),      _level(.68),      _level(.66),  Path(.6, .8), Path(.6, .88),    Path(.8, .6)),
    "assessment.plan-review":          (_level(.70),      _level(.68),      _level(.66),  Path(.6, .8), Path(.6, .88),    Path(.8, .6)),
    "assessment.child-seen":           (Path(.58, .92),   Path(.88, .66),   _level(.80),  _level(.72),  Path(.7, .86),    _level(.78)),
    "assessment.childs-views":         (Path(.50, .90),   Path(.82, .62),   _level(.72),  Path(.5, .8), Path(.65, .85),   _level(.70)),
}  # fmt: skip

LATENESS: dict[str, Lateness] = {
    "assessment.started": Lateness(0.06, 3, 0.1),
    "assessment.signed-off-initial": Lateness(0.15, 12, 0.1),
    "assessment.signed-off-core": Lateness(0.15, 14, 0.1),
    "assessment.signed-off-single": Lateness(0.15, 14, 0.1),
    "assessment.signed-off-section-47": Lateness(0.12, 12, 0.1),
    "assessment.returned": Lateness(0.1, 6, 0.1),
    "assessment.child-in-need-plan": Lateness(0.2, 12, 0.15),
    "assessment.first-plan-review": Lateness(0.2, 25, 0.1),
    "assessment.plan-review": Lateness(0.2, 30, 0.1),
    "assessment.child-seen": Lateness(0.15, 6, 0.1),
    "assessment.childs-views": Lateness(0.3, 8, 0.1),
}
