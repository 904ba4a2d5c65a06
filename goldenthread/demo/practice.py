"""How well each team practises each requirement, and how that changes: the one table that the charts' truth comes from.

The rows of referrals stand here, those of each alcove of the assessment room in `practices`.
"""

from goldenthread.demo.paths import Lateness, Path
from goldenthread.demo.paths import level as _level
from goldenthread.demo.practices import LATENESS_ELSEWHERE, ROWS_ELSEWHERE

TEAMS = ("ra-east", "ra-west", "hospital", "disabled", "fs-north", "fs-south")
IMPROVES, DRIFTS, FLAT = "ra-east", "ra-west", "hospital"
"""What the three teams with most referrals do on the whole; `TABLE` says what on each requirement."""

# Requirement                        ra-east            ra-west            hospital     disabled     fs-north          fs-south
_ROWS: dict[str, tuple[Path, ...]] = {
    "referrals.decision":            (Path(.62, .95),    Path(.93, .60),    _level(.82), _level(.90), Path(.80, .92),   _level(.85)),
    "referrals.acknowledgement":     (Path(.48, .90),    Path(.88, .62),    _level(.70), Path(.6, .9), _level(.75),     Path(.85, .65)),
    "referrals.written-confirmation": (Path(.35, .84, .55), Path(.40, .72, .75), _level(.45), _level(.60), Path(.4, .7), _level(.50)),
    "referrals.offence-considered":  (Path(.58, .96, .55), Path(.92, .74),  _level(.80), _level(.84), Path(.7, .9),     _level(.80)),
    "referrals.police-advised":      (Path(.55, .90),    Path(.86, .60),    _level(.78), _level(.70), Path(.6, .85),    _level(.72)),
    "referrals.police-told-onward":  (Path(.40, .85),    Path(.75, .45),    _level(.60), _level(.60), _level(.55),      Path(.5, .8)),
    # From the seventh month or so on, the form cannot be sent without a purpose: the flat team gains by it too.
    "referrals.onward-purpose":      (Path(.55, 1.0, .3), Path(.75, 1.0, .3), Path(.70, 1.0, .3), Path(.85, 1.0, .3), Path(.6, 1.0, .3), Path(.75, 1.0, .3)),
    "referrals.onward-response":     (Path(.45, .75),    Path(.70, .50),    _level(.55), _level(.60), _level(.50),      _level(.60)),
    "referrals.unmet-need-recorded": (Path(.30, .92, .5), Path(.85, .55, .65), _level(.60), Path(.5, .9), Path(.3, .8), Path(.7, .5)),
}  # fmt: skip

TABLE: dict[str, dict[str, Path]] = {
    requirement: dict(zip(TEAMS, paths, strict=True)) for requirement, paths in (_ROWS | ROWS_ELSEWHERE).items()
}


LATENESS: dict[str, Lateness] = {
    "referrals.decision": Lateness(0.0, 2.5),
    "referrals.acknowledgement": Lateness(0.25, 4, 0.25),
    "referrals.written-confirmation": Lateness(0.45, 9, 0.2),
    "referrals.offence-considered": Lateness(0.08, 5, 0.1),
    "referrals.police-advised": Lateness(0.06, 0.8, 0.1),
    "referrals.police-told-onward": Lateness(0.3, 5, 0.1),
    "referrals.onward-purpose": Lateness(0.3, 12, 0.1),
    "referrals.onward-response": Lateness(0.4, 14, 0.25),
    "referrals.unmet-need-recorded": Lateness(0.3, 6, 0.1),
} | LATENESS_ELSEWHERE

RECORDED_LATE: dict[str, float] = {
    "ra-east": 0.05, "ra-west": 0.10, "hospital": 0.22, "disabled": 0.06, "fs-north": 0.08, "fs-south": 0.08,
}  # fmt: skip
"""The share of what happens that is not recorded the same hour but on a later working day."""

REPORT_IN_TIME = Path(0.55, 0.95, 0.4, 0.08)
"""The share of monthly reports of unmet need that go out in time."""
