"""How well each team practises here: rows of the table (see `demo.practice`)."""

from goldenthread.demo.paths import Lateness, Path, level

# ra-east, ra-west, hospital, disabled, fs-north, fs-south.
ROWS: dict[str, tuple[Path, ...]] = {
    "assessment.temporary-housing-assessed": (Path(.40, .90), Path(.80, .50), level(.55), level(.75), Path(.5, .85), level(.65)),
    "assessment.shortfall-reported": (Path(.40, .88), Path(.75, .50), level(.55), level(.70), Path(.5, .8), level(.60)),
    "assessment.shortfall-answered": (Path(.45, .80), Path(.70, .55), level(.60), level(.65), level(.60), Path(.5, .8)),
    "assessment.temporary-housing-reviewed": (Path(.50, .88), Path(.80, .55), level(.60), level(.75), Path(.5, .8), level(.65)),
    "assessment.bed-and-breakfast-ended": (level(.78), level(.70), level(.75), level(.80), level(.72), level(.75)),
}  # fmt: skip

LATENESS: dict[str, Lateness] = {
    "assessment.temporary-housing-assessed": Lateness(0.25, 7, 0.1),
    "assessment.shortfall-reported": Lateness(0.3, 5, 0.1),
    "assessment.shortfall-answered": Lateness(0.35, 8, 0.05),
    "assessment.temporary-housing-reviewed": Lateness(0.3, 12, 0.1),
    "assessment.bed-and-breakfast-ended": Lateness(0.0, 25, 0.0),
}
