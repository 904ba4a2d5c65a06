"""How well each team practises here: rows of the table (see `demo.practice`); and who of the other agencies comes and reports."""

from goldenthread.demo.paths import Lateness, Path
from goldenthread.demo.paths import level as _level

# Requirement                              ra-east           ra-west           hospital     disabled        fs-north          fs-south
ROWS: dict[str, tuple[Path, ...]] = {
    "allocation.conference-invitations":   (Path(.55, .92),   Path(.86, .62),   _level(.74), _level(.80),    Path(.60, .90),   _level(.74)),
    "allocation.conference-reports":       (Path(.35, .85),   Path(.72, .50),   _level(.58), Path(.5, .75),  Path(.45, .82),   _level(.55)),
    "allocation.review-conference-reports": (Path(.35, .85),  Path(.72, .50),   _level(.58), Path(.5, .75),  Path(.45, .82),   _level(.55)),
    "allocation.conference-attendance":    (Path(.60, .94),   Path(.88, .70),   _level(.82), _level(.85),    Path(.70, .94),   _level(.80)),
    "allocation.conference-decisions":     (Path(.45, .88),   Path(.80, .58),   _level(.66), _level(.72),    Path(.55, .86),   _level(.62)),
    "allocation.conference-minutes":       (Path(.40, .86),   Path(.78, .52),   _level(.62), _level(.70),    Path(.50, .84),   Path(.75, .55)),
    "allocation.conference-quorum":        (Path(.74, .95),   Path(.90, .76),   _level(.84), _level(.88),    Path(.78, .95),   _level(.84)),
    "allocation.looked-after-first-review": (Path(.70, .95),  Path(.90, .74),   _level(.82), _level(.88),    Path(.75, .94),   _level(.80)),
    "allocation.looked-after-second-review": (Path(.70, .94), Path(.90, .76),   _level(.84), _level(.90),    Path(.78, .95),   _level(.82)),
    "allocation.looked-after-review":      (Path(.72, .94),   Path(.90, .76),   _level(.84), _level(.90),    Path(.78, .95),   _level(.82)),
}  # fmt: skip

LATENESS: dict[str, Lateness] = {
    "allocation.conference-invitations": Lateness(0.12, 3, 0.1),
    "allocation.conference-reports": Lateness(0.5, 2, 0.1),
    "allocation.review-conference-reports": Lateness(0.5, 2, 0.1),
    "allocation.conference-attendance": Lateness(0.25, 6, 0.1),
    "allocation.conference-decisions": Lateness(0.25, 4, 0.1),
    "allocation.conference-minutes": Lateness(0.15, 14, 0.1),
    "allocation.conference-quorum": Lateness(0.5, 30, 0.05),
    "allocation.looked-after-first-review": Lateness(0.06, 9, 0.05),
    "allocation.looked-after-second-review": Lateness(0.06, 14, 0.05),
    "allocation.looked-after-review": Lateness(0.06, 14, 0.05),
}

# How often an agency that is asked comes, and how often its report comes at all: school improves, police come seldom.
COMES: dict[str, Path] = {
    "health-visitor": _level(.88), "school-nurse": _level(.76), "school": Path(.55, .90), "nursery": _level(.70),
    "police": Path(.34, .42), "surgery": _level(.12), "housing": _level(.52), "mental-health": Path(.66, .45),
    "probation": _level(.60),
}  # fmt: skip
REPORTS: dict[str, Path] = {
    "health-visitor": _level(.86), "school-nurse": _level(.70), "school": Path(.60, .92), "nursery": _level(.62),
    "police": _level(.72), "surgery": Path(.28, .55), "housing": _level(.42), "mental-health": _level(.60),
    "probation": _level(.66),
}  # fmt: skip
