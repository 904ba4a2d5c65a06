"""Made-up children under published names, and what somebody may say of one of them.

The names and how frequent they are: the 1990 census of the United States (public domain, in the package `names`). Short
forms: a published list (package `nicknames`, Apache 2.0), which the product does not know. The other variations come
from rules of their own, which know keys and spellings and nothing of the product's classes of sounds.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# How one spelling is written in another tradition, either way: English, French and German romanisation of Arabic, Slavic
# and South Asian names, and common doubts of spelling.
_SPELLINGS = (
    ("ph", "f"), ("c", "k"), ("ck", "k"), ("y", "i"), ("ie", "y"), ("ee", "i"), ("oo", "u"), ("ou", "u"), ("sh", "ch"),
    ("sch", "sh"), ("j", "dj"), ("kh", "h"), ("q", "k"), ("x", "ks"), ("w", "v"), ("z", "s"), ("ll", "l"), ("nn", "n"),
    ("mm", "m"), ("tt", "t"), ("ss", "s"), ("ae", "e"), ("ei", "ai"), ("ey", "y"), ("a", "e"), ("o", "u"), ("ah", "a"), ("gh", "g"),
)  # fmt: skip
KINDS = ("typo", "two typos", "transliteration", "order", "nickname")


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up child. others: other names."""

    given: str
    family: str
    born: date
    lines: str
    postcode: str
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a child, and who is meant: the place in the list of people."""

    meant: int
    given: str
    family: str
    born: date | None
    lines: str = ""
    postcode: str = ""


def _file(folder: Path, name: str) -> Path:
    return next(folder.rglob(name))


class People:
    """A population and its variations, the same for the same seed."""

    def __init__(self, data: Path, size: int, seed: int = 20031031) -> None:
        self.chance = Random(f"{seed} people")
        self._families = self._weighted(_file(data, "dist.all.last"))
        self._given = [self._weighted(_file(data, name)) for name in ("dist.female.first", "dist.male.first")]
        self.short: dict[str, list[str]] = defaultdict(list)
        with _file(data, "names.csv").open(encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                if row["relationship"] == "has_nickname":
                    self.short[row["name1"]].append(row["name2"])
        self.all = [self._person() for _ in range(size)]

    @staticmethod
    def _weighted(file: Path) -> tuple[list[str], list[float]]:
        rows = [line.split() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        # A child is not named as often as a grandmother was: the most frequent names are made half as frequent.
        return [row[0].capitalize() for row in rows], list(
            accumulate(max(0.0004, float(row[1])) ** 0.7 for row in rows)
        )

    def _draw(self, names: tuple[list[str], list[float]]) -> str:
        return self.chance.choices(names[0], cum_weights=names[1])[0]

    def _person(self) -> Person:
        given, family = self._draw(self._given[self.chance.random() < 0.51]), self._draw(self._families)
        born = date(2008, 9, 1) + timedelta(days=self.chance.randrange(18 * 365))
        others = []
        for _ in range(self.chance.choice((1, 2))):  # one and a half on average
            kind = self.chance.random()
            others.append(
                (given, self._draw(self._families)) if kind < 0.6 else (self._draw(self._given[kind < 0.8]), family)
            )
        lines = f"{self.chance.randrange(1, 240)} {self._draw(self._families)} {self.chance.choice(('Road', 'Street', 'Close'))}"
        code = f"WX{self.chance.randrange(1, 60)} {self.chance.randrange(10)}{''.join(self.chance.choices('ABDEFGHJLN', k=2))}"
        return Person(given, family, born, lines, code, tuple(others))

    # What is said

    def ask(self, kind: str, number: int, *, born: str, seed: int = 7) -> list[Said]:
        """So many questions about people drawn by chance. born: "no", "yes", or "off" (wrong in the way people are wrong)."""
        chance = Random(f"{seed} {kind} {born}")
        found: list[Said] = []
        while len(found) < number:
            meant = chance.randrange(len(self.all))
            person = self.all[meant]
            said = self._vary(kind, person, chance)
            if said is None:
                continue
            day = None if born == "no" else person.born if born == "yes" else self._off(person.born, chance)
            found.append(Said(meant, *said, day))
        return found

    def relatives(self, number: int) -> list[Said]:
        """Asked under another first name and a relative's surname, with day of birth and address."""
        chance = Random("relatives")
        found = []
        for _ in range(number):
            meant = chance.randrange(len(self.all))
            person, other, third = self.all[meant], chance.choice(self.all), chance.choice(self.all)
            found.append(Said(meant, other.given, third.family, person.born, person.lines, person.postcode))
        return found

    def _vary(self, kind: str, person: Person, chance: Random) -> tuple[str, str] | None:
        given, family = person.given, person.family
        match kind:
            case "typo":
                return (_typo(given, chance), family) if chance.random() < 0.5 else (given, _typo(family, chance))
            case "two typos":
                return _typo(given, chance), _typo(family, chance)
            case "transliteration":
                return _respelled(given, chance), _respelled(family, chance)
            case "order":
                return family, given
            case _:
                short = self.short.get(given.lower())
                return (chance.choice(short).capitalize(), family) if short else None

    @staticmethod
    def _off(born: date, chance: Random) -> date:
        draw = chance.random()
        if draw < 0.35 and born.day <= 12:
            return date(born.year, born.day, born.month)
        if draw < 0.7:
            return born + timedelta(days=chance.choice((-2, -1, 1, 2)))
        return date(born.year + chance.choice((-1, 1)), born.month, min(born.day, 28))


def _typo(word: str, chance: Random) -> str:
    """One slip of the fingers: a letter left out, put in, doubled, changed for its neighbour on the keys, or two changed over."""
    word = word.lower()
    place = chance.randrange(len(word))
    row = next((keys for keys in _KEYBOARD if word[place] in keys), "etaoin")
    near = row[max(0, row.find(word[place]) - 1) : row.find(word[place]) + 2].replace(word[place], "") or "e"
    match chance.randrange(5):
        case 0 if len(word) > 3:
            word = word[:place] + word[place + 1 :]
        case 1:
            word = word[:place] + chance.choice(near) + word[place:]
        case 2:
            word = word[: place + 1] + word[place:]
        case 3 if place + 1 < len(word):
            word = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        case _:
            word = word[:place] + chance.choice(near) + word[place + 1 :]
    return word.capitalize()


def _respelled(word: str, chance: Random) -> str:
    """Up to two places spelled as another tradition spells them."""
    word = word.lower()
    pairs = [(a, b) for one, other in _SPELLINGS for a, b in ((one, other), (other, one)) if a in word]
    for a, b in chance.sample(pairs, k=min(len(pairs), chance.choice((1, 2)))):
        word = word.replace(a, b, 1)
    return word.capitalize()
