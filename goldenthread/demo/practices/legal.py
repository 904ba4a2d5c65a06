"""How well each team practises here: rows of the table (see `demo.practice`)."""

from goldenthread.demo.paths import Lateness, Path
from goldenthread.demo.paths import level as _level

# Requirement                  ra-east         ra-west     hospital     disabled     fs-north          fs-south
ROWS: dict[str, tuple[Path, ...]] = {
    "assessment.legal-answered": (Path(.45, .9), Path(.5, .85), _level(.66), _level(.70), Path(.55, .85), Path(.75, .6)),
}  # fmt: skip

LATENESS: dict[str, Lateness] = {"assessment.legal-answered": Lateness(0.04, 0.12)}

WEEK_IN_TIME = Path(0.30, 0.95, 0.45, 0.10)
"""The share of weeks whose cover is settled two weeks before they begin."""
