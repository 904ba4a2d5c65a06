"""How near a child is to what is asked, from 0 to 100, and why: reasons as keys, with their words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz.distance import OSA, JaroWinkler

from goldenthread.cases.finding.forms import all_codes, roots
from goldenthread.cases.finding.keys import house, near_days, postcode_of
from goldenthread.cases.finding.spelling import words_of
from goldenthread.cases.models import Child

REASONS: dict[str, str] = {
    "same-name": "Same name",
    "near-name": "Name nearly the same",
    "sounds": "Sounds the same",
    "form": "Another form of the name",
    "turned": "Names the other way round",
    "part": "Part of the name is the same",
    "rare": "A rare name is the same",
    "other-name": "Known by another name",
    "born": "Born on the same day",
    "born-turned": "Born on that day, with day and month changed over",
    "born-near": "Born within a few days",
    "born-digit": "Date of birth off by one figure",
    "born-about": "Born about then: the date of birth on record is a guess",
    "address": "Lives at the same address",
    "lived": "Lived at the same address",
    "postcode": "Lives in the same street or postcode",
    "detail": "Another detail matches",
}
"""What may speak for a child, and how a page says it."""
_BORN = {"born": 30, "born-turned": 24, "born-near": 20, "born-digit": 18, "born-about": 12}
_PLACE = {"address": 24, "lived": 18, "postcode": 10}
_SOMEWHAT, _NEARLY = 0.5, 0.84
_FEW = 30  # children
_ENDING = re.compile(r"(?:(?<=(.))\1)?(?:ie|ey|y|i)$")
"""What pet forms end in, after a consonant that is mostly doubled: “Chrissy”, “Lonnie”."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as words: given and family, or all of it in one where nobody said which is which."""

    given: tuple[str, ...]
    family: tuple[str, ...]

    @classmethod
    def of(cls, given: str, family: str) -> "Name":
        """From how it is written. The last word of a name in one is taken for the family's."""
        first, last = words_of(given), words_of(family)
        if last and not first:
            first, last = last[:-1], last[-1:]
        return cls(first, last)

    @property
    def words(self) -> tuple[str, ...]:
        """All of them."""
        return self.given + self.family


def _alike(one: str, other: str) -> tuple[float, str]:
    """How alike two words are, from 0 to 1, and in what way."""
    if one == other:
        return 1.0, "same"
    if roots(one) & roots(other):
        return 0.93, "form"
    longest = max(len(one), len(other))
    off = OSA.distance(one, other)
    sounds = set(all_codes(one)) & set(all_codes(other)) and (JaroWinkler.similarity(one, other) >= 0.55 or longest < 5)
    if longest > 3 and off == 1:
        return 0.96 if sounds else 0.92, "near"
    if sounds:
        return 0.96 - 0.02 * min(off, 4), "sounds"
    shorter, longer = sorted((one, other), key=len)
    if (stem := _ENDING.sub("", shorter)) != shorter and len(stem) > 2 and stem in longer:  # “Mandy” of “Armanda”
        return (0.88 if longer.startswith(stem) else 0.82), "form"
    near = 1 - off / longest
    if near >= 0.6:
        return 0.95 * near, "near"
    if len(shorter) > 2 and shorter in longer:
        return (0.85 if longer.startswith(shorter) else 0.7), "near"
    return 0.5 * near, ""  # it says nothing by itself, and tells the nearer of two who share the other word


def _words_alike(asked: Sequence[str], kept: Sequence[str]) -> tuple[float, set[str], list[tuple[int, int]]]:
    """The sum of how alike the words are when each is paired with its nearest, in what ways, and which were paired."""
    pairs = sorted(
        ((*_alike(a, k), i, j) for i, a in enumerate(asked) for j, k in enumerate(kept)),
        key=lambda p: (-p[0], p[2], p[3]),
    )
    total, ways, paired = 0.0, set[str](), list[tuple[int, int]]()
    left, right = set[int](), set[int]()
    for near, way, i, j in pairs:
        if near and i not in left and j not in right:
            total, ways = total + near, ways | {way} if way else ways
            left.add(i)
            right.add(j)
            paired.append((i, j))
    return total, ways, paired


def name_near(asked: Name, kept: Name) -> tuple[float, list[str]]:
    """How near two names are, from 0 to 1, and the reasons in keys."""
    one, other = asked.words, kept.words
    if not one or not other:
        return 0.0, []
    total, ways, paired = _words_alike(one, other)
    for glued, apart in (("".join(one), other), ("".join(other), one)):  # “Anne Marie” and “Annemarie”
        if len(apart) != len(one if apart is other else other) and glued == "".join(apart):
            return 0.98, ["near-name"]
    fewest, most = min(len(one), len(other)), max(len(one), len(other))
    if fewest == 1 and most > 1:
        return (0.55 + 0.1 * total, ["part"]) if total >= 0.85 else (0.0, [])
    near = total / fewest - 0.04 * (most - fewest)
    if near < _SOMEWHAT or not ways:
        return near, []
    if near < _NEARLY:
        return near, ["part"]
    turned = fewest > 1 and all((i < len(asked.given)) != (j < len(kept.given)) for i, j in paired)
    if ways == {"same"}:
        reason = "same-name" if most == fewest else "near-name"
    else:
        reason = "near-name" if "near" in ways else "form" if "form" in ways else "sounds"
    return near, [*(["turned"] if turned else []), *([] if turned and reason == "same-name" else [reason])]


def rare_near(
    asked: Name, kept: Name, known_by: Callable[[str], int | None], near: float, reasons: list[str]
) -> tuple[float, list[str]]:
    """What `name_near` says, and more where the names share a word that few children have: the fewer, the more it says. The
    nearer of those who share it comes first. known_by: how many children have a word in a name; None: too many."""
    few = [number for word in set(asked.words) & set(kept.words) if (number := known_by(word)) and number < _FEW]
    if not few or near >= _NEARLY:
        return near, reasons
    return min(0.93, near + 0.36 * (1 - min(few) / _FEW)), ["rare"]


def birth_near(asked: date | None, child: Child) -> tuple[float, str]:
    """What the dates of birth add or take away, and the reason."""
    born = child.date_of_birth
    if asked is None or born is None:
        return 0, ""
    if asked == born:
        return _BORN["born"], "born"
    if (asked.year, asked.month, asked.day) == (born.year, born.day, born.month):
        return _BORN["born-turned"], "born-turned"
    if abs((asked - born).days) <= 10:
        return _BORN["born-near"], "born-near"
    if born in near_days(asked):
        return _BORN["born-digit"], "born-digit"
    if child.birth_date_is_estimate and abs((asked - born).days) <= 550:
        return _BORN["born-about"], "born-about"
    return (-8 if abs((asked - born).days) <= 800 else -20), ""


def place_near(lines: str, postcode: str, child: Child) -> tuple[float, str, bool]:
    """What the addresses add, the reason, and whether it rests on a confidential address. The latest address comes first."""
    asked_house, asked_code = house(lines), postcode_of(postcode)
    best, reason, hidden = 0.0, "", False
    addresses: list[Any] = list(child.addresses.all())
    for number, address in enumerate(addresses):
        same_house = asked_house is not None and house(address.lines) == asked_house
        same_code = bool(asked_code) and postcode_of(address.postcode) == asked_code
        unlike = bool(asked_code and address.postcode) and not same_code
        why = ("address" if number == 0 else "lived") if same_house and not unlike else "postcode" if same_code else ""
        if why and _PLACE[why] > best:
            best, reason = _PLACE[why], why
            hidden = any(one.confidential for one in addresses)
    return best, reason, hidden
