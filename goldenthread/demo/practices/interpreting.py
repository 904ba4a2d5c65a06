"""How well each team practises here: rows of the table (see `demo.practice`)."""

from goldenthread.demo.paths import Lateness, Path, level

# ra-east, ra-west, hospital, disabled, fs-north, fs-south. The contract of the fifth month helps most where it was worst.
ROWS: dict[str, tuple[Path, ...]] = {
    "assessment.interpreter-confirmed": (Path(.50, .92), Path(.85, .60), level(.62), level(.80), Path(.6, .85), level(.75)),
    "assessment.interpreter-came": (Path(.62, .93), Path(.88, .70), level(.74), level(.86), Path(.7, .9), level(.82)),
    "assessment.understood-asked": (Path(.25, .80), Path(.60, .35), level(.45), level(.65), Path(.3, .7), level(.50)),
}  # fmt: skip

LATENESS: dict[str, Lateness] = {
    "assessment.interpreter-confirmed": Lateness(0.45, 0.6, 0.0),
    "assessment.interpreter-came": Lateness(0.5, 0.02, 0.0),
    "assessment.understood-asked": Lateness(0.5, 8, 0.15),
}
