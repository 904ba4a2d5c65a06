"""How well each team practises here: rows of the table (see `demo.practice`)."""

from goldenthread.demo.paths import Lateness, Path

ROWS: dict[str, tuple[Path, ...]] = {}
LATENESS: dict[str, Lateness] = {}
