"""Timing things side by side: one after the other in turn, many times, and the middle of each."""

import gc
from collections.abc import Callable
from statistics import median
from time import perf_counter


def side_by_side(deeds: dict[str, Callable[[], object]], *, times: int, warm_up: int = 2) -> dict[str, float]:
    """The median seconds of each deed. They take turns, so that what else this machine does hits all of them alike."""
    for _ in range(warm_up):
        for deed in deeds.values():
            deed()
    spent: dict[str, list[float]] = {name: [] for name in deeds}
    for _ in range(times):
        for name, deed in deeds.items():
            gc.collect(0)
            began = perf_counter()
            deed()
            spent[name].append(perf_counter() - began)
    return {name: median(seconds) for name, seconds in spent.items()}
