"""The table: each bar with what was measured at each size, and whether it holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Found = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bar:
    """One promise. value: from what one size found; holds: whether it is kept; shown: in what words; seconds: what
    each of ours took, for how it grows."""

    what: str
    promise: str
    value: Callable[[Found], float]
    holds: Callable[[float], bool]
    shown: str
    seconds: Callable[[Found], float] | None = None


def _ratio(group: str, ours: str, theirs: str) -> Callable[[Found], float]:
    return lambda found: found[group][ours] / found[group][theirs]


def _seconds(group: str, ours: str) -> Callable[[Found], float]:
    return lambda found: found[group][ours]


BARS = (
    Bar("Figures of all requirements by team and month, to the same in SQL by hand", "≤ 2 ×",
        _ratio("tally", "ours", "raw"), lambda v: v <= 2, "{:.2f} ×", _seconds("tally", "ours")),
    Bar("Work list of the busiest officer, to our own empty signed-in page", "≤ 3 ×",
        _ratio("pages", "work list", "empty"), lambda v: v <= 3, "{:.2f} ×", _seconds("pages", "work list")),
    Bar("Drill-down from one figure (a requirement, a team, a month), to the empty page", "≤ 3 ×",
        _ratio("pages", "drill-down, one figure", "empty"), lambda v: v <= 3, "{:.2f} ×", _seconds("pages", "drill-down, one figure")),
    Bar("Drill-down to everything under a requirement, to the empty page", "≤ 3 ×",
        _ratio("pages", "drill-down, everything", "empty"), lambda v: v <= 3, "{:.2f} ×", _seconds("pages", "drill-down, everything")),
    Bar("Rate of the list of 50 referrals, to a bare Django page with the same rows", "≥ 0.25",
        lambda found: found["list"]["bare"] / found["list"]["ours"], lambda v: v >= 0.25, "{:.2f}", _seconds("list", "ours")),
    Bar("A written confirmation with trail and obligations, to one synced SQLite transaction", "≤ 60 ×",
        _ratio("write", "ours", "one row"), lambda v: v <= 60, "{:.0f} ×", _seconds("write", "ours")),
    Bar("A referral's page with its entry on the trail, sealed, to the same page without", "≤ 1.3 ×",
        _ratio("trail", "record", "record untold"), lambda v: v <= 1.3, "{:.2f} ×", _seconds("trail", "record")),
    Bar("Work list (our quickest page) with its entry on the trail, to the same page without", "≤ 1.3 ×",
        _ratio("trail", "list", "list untold"), lambda v: v <= 1.3, "{:.2f} ×", _seconds("trail", "list")),
    Bar("Progress report on 1,008 actions as PDF", "≤ 3 s",
        lambda found: found["report"]["seconds"], lambda v: v <= 3, "{:.2f} s", _seconds("report", "seconds")),
    Bar("Longest of the pages below", "≤ 100 KB",
        lambda found: max(found["page_bytes"].values()) / 1000, lambda v: v <= 100, "{:.0f} KB"),
)  # fmt: skip


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def table(found: list[Found]) -> str:
    """Every bar by size, then each page's length and queries by size."""
    sizes = [f"{each['referrals']:,} referrals" for each in found]
    lines = [_row(["what", "bar", *sizes, ""]), _row(["---", "---", *["---:"] * len(sizes), "---"])]
    for bar in BARS:
        values = [bar.value(each) for each in found]
        cells = [
            bar.shown.format(v)
            + (f" ({1000 * bar.seconds(each):.0f} ms)" if bar.seconds and "s" not in bar.shown else "")
            for v, each in zip(values, found, strict=True)
        ]
        kept = all(map(bar.holds, values))
        lines.append(_row([bar.what, bar.promise, *cells, "kept" if kept else "**missed**"]))
    grown = _grown(found)
    if len(found) > 1:
        lines.append(
            _row(["Queries of a page, from the smallest size to the largest", "none grow", *[""] * len(sizes),
                  f"**missed**: {', '.join(grown)}" if grown else "kept"])
        )  # fmt: skip
    lines += [
        "",
        _row(["page", *(f"{size}: KB, queries, ms" for size in sizes)]),
        _row(["---", *["---:"] * len(sizes)]),
    ]
    for page in found[0]["page_bytes"]:
        lines.append(
            _row(
                [
                    page,
                    *(
                        f"{e['page_bytes'][page] / 1000:.0f}, {e['page_queries'][page]}, {1000 * e['page_seconds'][page]:.0f}"
                        for e in found
                    ),
                ]
            )
        )
    return "\n".join(lines)


def _grown(found: list[Found]) -> list[str]:
    first, last = found[0]["page_queries"], found[-1]["page_queries"]
    return [page for page in first if last[page] > first[page]]


def growth(found: list[Found]) -> str:
    """How the time of each grows from the smallest size to the largest, and how long loading took."""
    loaded = ", ".join(
        f"{e['referrals']:,} referrals ({e['obligations']:,} obligations) in {e['loaded_in']:.0f} s" for e in found
    )
    lines = [f"Loading the demonstration authority: {loaded}."]
    if len(found) > 1:
        times = found[-1]["referrals"] / found[0]["referrals"]
        lines += [
            "",
            f"From the smallest size to the largest there are {times:.0f} times as many referrals, and it takes:",
            "",
        ]
        lines += [
            f"- {bar.what.split(', to')[0]}: {bar.seconds(found[-1]) / bar.seconds(found[0]):.1f} times as long"
            for bar in BARS
            if bar.seconds
        ]
    return "\n".join(lines)
