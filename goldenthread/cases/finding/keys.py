"""The keys under which a child is kept, and those under which somebody is looked for.

All but two kinds hold two things at once (two words of a name, a word and a year, a day, a house), so that few children
share one however many there are. What may be mistaken is spread on one side only: a letter left out of a word on both, the
days and years near a day of birth by whoever asks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations, pairwise

from goldenthread.cases.finding.forms import all_codes
from goldenthread.cases.finding.sounds import codes
from goldenthread.cases.finding.spelling import plain, words_of

_WORDS = 5  # of one name
_LETTERS = 10  # of one word, of which one may be left out
PART = frozenset({"sound", "start", "word"})
"""The kinds of key that many children share: one word of a name by itself."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key. kind: what it is made of; weight: how much it speaks for a child that has it."""

    number: int
    kind: str
    weight: int


_WEIGHTS = {
    "pair": 5,
    "letter": 4,
    "year": 4,
    "ends": 3,
    "born": 5,
    "near": 3,
    "house": 5,
    "postcode": 3,
    "begins": 2,
    "word": 3,
    "sound": 2,
    "start": 1,
}


@lru_cache(maxsize=262144)
def _number(kind: str, *parts: str) -> int:
    digest = blake2b("\x1f".join((kind, *parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> 1  # as large as a database's whole numbers go


def _key(kind: str, *parts: str) -> Key:
    return Key(_number(kind, *parts), kind, _WEIGHTS[kind])


def word_number(word: str) -> int:
    """The number of the key of one plain word, as it is spelled."""
    return _number("word", word)


def _letter_left_out(word: str) -> Iterator[str]:
    yield word
    if len(word) > 3:
        for place in range(min(len(word), _LETTERS)):
            yield word[:place] + word[place + 1 :]


def words_together(given: str, family: str) -> list[str]:
    """The words of a name, given names first; and what was written apart, in one (“Anne Marie”, “annemarie”)."""
    first, last = words_of(given), words_of(family)
    words = list(dict.fromkeys([*first, *last]))[:_WORDS]
    return words + ["".join(part) for part in (first, last) if len(part) == 2]


def of_name(given: str, family: str, *, years: Iterable[int] = (), asked: bool = False) -> Iterator[Key]:
    """The keys of one name. years: of birth, as far as they are known. asked: looked for, and not kept: then every way in
    which a word may be said counts, where what is kept has the likeliest."""
    words = words_together(given, family)
    for word in words:
        for code in all_codes(word):
            yield _key("sound", code)
        yield _key("start", word[:3])
        yield Key(word_number(word), "word", _WEIGHTS["word"])
    for one, other in combinations(words, 2):
        for code in all_codes(one):
            for second in all_codes(other):
                yield _key("pair", *sorted((code, second)))
        for end in _ends(one):
            for second in _ends(other):
                yield _key("ends", *sorted((end, second)))
        yield _key("begins", *sorted((one[:3], other[:2])))
        yield _key("begins", *sorted((one[:2], other[:3])))
        for said, spelled in ((one, other), (other, one)):
            for code in all_codes(said) if asked else _likeliest(said):
                for letters in _letter_left_out(spelled):
                    yield _key("letter", code, letters)
        for year in years:
            for code in all_codes(one) if asked else _likeliest(one):
                for second in all_codes(other) if asked else _likeliest(other):
                    yield _key("year", str(year), *sorted((code, second)))


def _ends(word: str) -> tuple[str, ...]:
    """How a word begins and how it ends: one slip spoils only one of the two."""
    return (word[:3], f"-{word[-3:]}")


def _likeliest(word: str) -> tuple[str, ...]:
    own = codes(word)
    return own[:1] + all_codes(word)[len(own) : len(own) + 2]


def of_birth(born: date) -> Iterator[Key]:
    """The key of a day of birth."""
    yield _key("born", born.isoformat())


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def near_days(born: date) -> list[date]:
    """The day itself, and those that people write for it: some days off, day and month changed over, another month, year or decade."""
    year, month, day = born.year, born.month, born.day
    found = [born, _on(year, day, month)]
    found += [born + timedelta(days=off) for off in (-1, 1, -2, 2, -3, 3, -7, 7, -10, 10)]
    found += [_on(year + off, month, day) for off in (-1, 1, -2, 2, -10, 10)]
    found += [_on(year, month + off, day) for off in (-1, 1)]
    return list(dict.fromkeys(one for one in found if one))


def of_near_birth(born: date) -> Iterator[Key]:
    """The keys of the days that may be meant by one."""
    yield from of_birth(born)
    for day in near_days(born)[1:]:
        yield Key(_number("born", day.isoformat()), "near", _WEIGHTS["near"])


def house(lines: str) -> tuple[str, str] | None:
    """The number of a house and how its street sounds: “12 Elm Street”, “Flat 2, 12 Elm St” → 12 and elm."""
    parts = plain(lines).split()
    for number, word in reversed(list(pairwise(parts))):
        if number[0].isdigit() and not word[0].isdigit():
            return number, codes(word)[0]
    return None


def postcode_of(postcode: str) -> str:
    """A postcode without its space, in small letters."""
    return plain(postcode).replace(" ", "")


def of_address(lines: str, postcode: str) -> Iterator[Key]:
    """The keys of an address: its postcode, and house number with street."""
    if code := postcode_of(postcode):
        yield _key("postcode", code)
    if found := house(lines):
        yield _key("house", *found)
