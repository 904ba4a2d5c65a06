"""How well each team practises allocation: rows of the table (see `demo.practice`)."""

from goldenthread.demo.paths import Lateness, Path, level

# ra-east, ra-west, hospital, disabled, fs-north, fs-south.
ROWS: dict[str, tuple[Path, ...]] = {
    "allocation.purpose-stated": (Path(.25, .90), Path(.70, .48), level(.55), Path(.5, .8), Path(.35, .85), level(.50)),
    "allocation.accepted": (Path(.50, .94), Path(.85, .62), level(.70), level(.80), Path(.6, .9), level(.68)),
    "allocation.refusal-ruled": (Path(.40, .88), level(.55), level(.60), level(.70), Path(.5, .85), level(.52)),
    "allocation.discussed": (Path(.45, .90), Path(.75, .50), level(.60), Path(.6, .85), Path(.5, .88), level(.58)),
    "allocation.unallocated-team-manager": (Path(.45, .95), Path(.85, .60), level(.70), level(.80), Path(.55, .95), level(.65)),
    "allocation.unallocated-group-manager": (Path(.25, .90), Path(.70, .45), level(.50), level(.60), Path(.35, .88), level(.48)),
    "allocation.unallocated-head-of-service": (Path(.15, .85), level(.45), level(.40), level(.50), Path(.25, .84), level(.40)),
    "allocation.unallocated-executive-member": (Path(.10, .85), level(.40), level(.40), level(.50), Path(.15, .80), Path(.1, .6)),
    "allocation.unallocated-heard": (Path(.35, .88), level(.60), level(.55), level(.62), Path(.4, .86), level(.55)),
}  # fmt: skip
LATENESS: dict[str, Lateness] = {
    "allocation.purpose-stated": Lateness(0.35, 9, 0.05),
    "allocation.accepted": Lateness(0.25, 5, 0.1),
    "allocation.refusal-ruled": Lateness(0.3, 4, 0.1),
    "allocation.discussed": Lateness(0.4, 14, 0.1),
    "allocation.unallocated-team-manager": Lateness(0.3, 3, 0.1),
    "allocation.unallocated-group-manager": Lateness(0.45, 4, 0.1),
    "allocation.unallocated-head-of-service": Lateness(0.5, 6, 0.1),
    "allocation.unallocated-executive-member": Lateness(0.5, 12, 0.1),
    "allocation.unallocated-heard": Lateness(0.4, 4, 0.1),
}

REPORTED_IN_TIME = Path(0.45, 0.95, 0.5, 0.08)
"""The share of weekly and monthly figures on files without a worker that go out in time."""
