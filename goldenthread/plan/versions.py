"""Which recommendation and action of a later version of a plan are the same as in the earlier one.

By number and likeness of the words: a recommendation keeps its number and roughly its title, or moves to another number
with almost the same words; an action is the one of the same recommendation whose words are most alike.
"""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

SAME_NUMBER = 60
"""The least likeness (0–100) of titles under one number: a title reworded, and not another subject."""

RENUMBERED = 85
"""The least likeness of titles under different numbers."""

SAME_ACTION = 70
"""The least likeness of two actions of one recommendation."""


def without_number(text: str) -> str:
    """The words without “1.” before them, for comparing."""
    return " ".join(re.sub(r"^\s*\d+(\.\d+)*[.)]?\s+", "", text).casefold().split())


def alike(one: str, other: str) -> float:
    """How alike two texts are, 0 to 100."""
    return fuzz.ratio(without_number(one), without_number(other))


def pair_texts(earlier: Sequence[str], later: Sequence[str], least: float = SAME_ACTION) -> dict[int, int]:
    """Places in `later` → places in `earlier`: the likest pairs first, each place once, nothing below `least`."""
    old, new = [without_number(text) for text in earlier], [without_number(text) for text in later]
    scored = sorted(
        (
            (fuzz.ratio(one, other, score_cutoff=least), -abs(place - former), place, former)
            for former, one in enumerate(old)
            for place, other in enumerate(new)
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for likeness, _, place, former in scored:
        if likeness < least:
            break
        if place not in pairs and former not in pairs.values():
            pairs[place] = former
    return pairs


def pair_recommendations(earlier: Sequence[tuple[str, str]], later: Sequence[tuple[str, str]]) -> dict[int, int]:
    """Places in `later` → places in `earlier`, of recommendations given as (number, title)."""
    at_number = {number: place for place, (number, _) in enumerate(earlier)}
    pairs: dict[int, int] = {}
    for place, (number, title) in enumerate(later):
        former = at_number.get(number)
        if former is not None and alike(earlier[former][1], title) >= SAME_NUMBER:
            pairs[place] = former
    left_later = [place for place in range(len(later)) if place not in pairs]
    left_earlier = [place for place in range(len(earlier)) if place not in pairs.values()]
    moved = pair_texts([earlier[p][1] for p in left_earlier], [later[p][1] for p in left_later], RENUMBERED)
    return pairs | {left_later[new]: left_earlier[old] for new, old in moved.items()}
