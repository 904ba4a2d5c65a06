"""How well each team asks about languages at first contact: rows of the table (see `demo.practice`)."""

from goldenthread.demo.paths import Lateness, Path, level

# Requirement                        ra-east            ra-west            hospital     disabled     fs-north          fs-south
ROWS: dict[str, tuple[Path, ...]] = {
    "assessment.language-asked":     (Path(.42, .90),    Path(.84, .56),    level(.66),  Path(.7, .92), level(.70),      Path(.7, .5)),
}  # fmt: skip

LATENESS: dict[str, Lateness] = {"assessment.language-asked": Lateness(0.35, 9, 0.08)}
