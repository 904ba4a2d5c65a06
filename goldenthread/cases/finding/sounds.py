"""How a name sounds: its consonants in coarse classes. What languages write differently comes out the same.

The rules are our own. They know English, and of other languages what differs most when names are put into English
letters: Arabic and Urdu (kh, q, dh), Russian and Polish (ks for x, cz, w for v), Irish (bh and mh for v), Welsh, Greek.
Where letters are said in two ways (ch, g, j, w), a word has more than one code.
"""

import re
from functools import lru_cache

_MOST = 4  # codes of one word
_BEGINNINGS = (
    (re.compile(r"^(?:mac|mc)(?=[a-z]{3})"), "mk"), (re.compile(r"^[kgp]n"), "n"), (re.compile(r"^wr"), "r"),
    (re.compile(r"^ps"), "s"), (re.compile(r"^pf"), "f"), (re.compile(r"^wh"), "w"), (re.compile(r"^x"), "s"),
    (re.compile(r"^i(?=[aeou])"), "y"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
# Letters, longest first, and the classes that they may stand for.
_SAID: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("shch", ("S",)), ("tsch", ("S",)), ("sch", ("S",)), ("tch", ("S",)), ("dzh", ("J",)),
    ("ch", ("S", "K")), ("sh", ("S",)), ("zh", ("J", "S")), ("cz", ("S",)), ("cs", ("S",)), ("ts", ("S",)),
    ("tz", ("S",)), ("dz", ("S",)), ("sz", ("S",)), ("rz", ("R",)), ("ph", ("F",)), ("bh", ("F", "P")), ("mh", ("F", "M")),
    ("gh", ("", "K")), ("kh", ("K", "")), ("ck", ("K",)), ("qu", ("K",)), ("th", ("T",)), ("dh", ("T",)), ("dj", ("J",)),
    ("dg", ("J",)), ("ng", ("N",)), ("x", ("KS",)), ("v", ("F",)), ("f", ("F",)), ("b", ("P",)), ("p", ("P",)),
    ("d", ("T",)), ("t", ("T",)), ("k", ("K",)), ("q", ("K",)), ("s", ("S",)), ("z", ("S",)), ("l", ("L",)), ("m", ("M",)),
    ("n", ("N",)), ("r", ("R",)), ("h", ("",)),
)  # fmt: skip
_VOWELS = "aeiou"


def _classes(word: str, at: int) -> tuple[int, tuple[str, ...]]:
    """How many letters are said together at a place, and the classes that they may stand for."""
    for letters, said in _SAID:
        if word.startswith(letters, at):
            return len(letters), said
    letter, after = word[at], word[at + 1 : at + 2]
    soft = after in {"e", "i", "y"}
    match letter:
        case "c":
            return 1, ("S", "K") if soft else ("K",)  # “Cerys” and “Ciaran” as well as “Cecily”
        case "g":
            return 1, ("K", "J") if soft else ("K",)
        case "j":
            return 1, ("J", "Y") if at == 0 else ("J",)
        case "w":
            return 1, ("F",) if at == 0 else ("", "F")
        case "y":
            return 1, ("Y",) if at == 0 else ("",)
        case _:
            return 1, ("",)


@lru_cache(maxsize=65536)
def codes(word: str) -> tuple[str, ...]:
    """The codes of one plain word, the likeliest first; never none. “muhamad” and “mohammed” share one."""
    for pattern, instead in _BEGINNINGS:
        word = pattern.sub(instead, word)
    word = _DOUBLE.sub(r"\1", word)
    found = ["A" if word[:1] in _VOWELS or re.match(r"h[aeiouy]", word) else ""]
    at, apart = 0, True
    while at < len(word):
        length, said = _classes(word, at)
        # Letters side by side that are said the same are said once: “Midkipff” and “Midkiff”.
        found = list(
            dict.fromkeys(
                code if one and not apart and code.endswith(one) else code + one for one in said for code in found
            )
        )[:_MOST]
        apart = word[at] in _VOWELS
        at += length
    return tuple(code or word[:1] or "?" for code in found)
