"""Finding children by what is asked: candidates from the index, then how near each is, and why.

Six statements at most, whatever is asked and however many children there are.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from goldenthread.cases.finding import keys
from goldenthread.cases.finding.candidates import Candidates, candidates
from goldenthread.cases.finding.judging import REASONS, Name, birth_near, name_near, place_near, rare_near
from goldenthread.cases.finding.keys import Key
from goldenthread.cases.finding.spelling import words_of
from goldenthread.cases.models import Child

_ALONE = frozenset({"part", "rare", "other-name"})
"""Reasons that are not enough by themselves: whoever shares one word of a name may be a sister, or nobody."""
_SOMETHING = 0.28
"""How near a name is of which one word is somewhat alike: enough where the day of birth is the same."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody says of a child. names: given and family name of each name that they know (one in one piece: as the
    family's); lines and postcode: where the child lives."""

    names: tuple[tuple[str, str], ...] = ()
    born: date | None = None
    lines: str = ""
    postcode: str = ""

    def keys(self) -> list[Key]:
        """What is looked up."""
        years = [self.born.year + off for off in (0, -1, 1)] if self.born else []
        found: list[Key] = []
        for given, family in self.names:
            found += keys.of_name(given, family, years=years, asked=True)
        if self.born:
            found += keys.of_near_birth(self.born)
        return [*found, *keys.of_address(self.lines, self.postcode)]


@dataclass(frozen=True, slots=True)
class Match:
    """A child found, how near (0 to 100), and why, in keys. is_near: whether more than a part of the name speaks for it."""

    child: Child
    score: float
    why: tuple[str, ...]
    is_near: bool
    known_as: str = ""
    """The other name under which it was found, where it was."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, in words."""
        return tuple(REASONS[key] for key in self.why)


def find(question: Question, *, limit: int = 20, without: Collection[int] = ()) -> list[Match]:
    """Children whom the question may mean, nearest first. without: those of whom whoever asks is told nothing."""
    looked_at = candidates(question.keys(), question.names)
    names = [Name.of(given, family) for given, family in question.names]
    rows = Child.objects.filter(pk__in=set(looked_at.ids) - set(without)).prefetch_related("other_names", "addresses")
    found = [match for child in rows if (match := _judge(question, names, looked_at, child))]
    return sorted(found, key=lambda m: (-m.score, m.child.search_name, m.child.pk))[:limit]


def _best_name(asked: list[Name], looked_at: Candidates, child: Child) -> tuple[float, list[str], str]:
    best, why, known_as = 0.0, list[str](), ""
    kept = [(child.given_names, child.family_name, "")]
    for name in child.other_names.all():
        given, family = name.given_names or child.given_names, name.family_name or child.family_name
        kept.append((given, family, f"{given} {family}".strip()))
    for given, family, other in kept:
        of_child = Name(words_of(given), words_of(family))
        for one in asked:
            near, reasons = rare_near(one, of_child, looked_at.known_by, *name_near(one, of_child))
            if near > best:
                best, known_as = near, other
                why = [*(["other-name"] if other and reasons and reasons != ["part"] else []), *reasons]
    return best, why, known_as if "other-name" in why else ""


def _judge(question: Question, names: list[Name], looked_at: Candidates, child: Child) -> Match | None:
    near, why, known_as = _best_name(names, looked_at, child)
    born, born_why = birth_near(question.born, child)
    place, place_why, hidden = place_near(question.lines, question.postcode, child)
    if hidden and not (born > 0 and (near >= 0.5 or born_why == "born")):
        place, place_why = (
            0,
            "",
        )  # see docs/decisions/0014: nobody finds out by trying who lives at a confidential address
    named = bool(why)
    here = place_why in {"address", "lived"}
    likely = (
        (named and not _ALONE.issuperset(why))
        or (born > 0 and (near >= 0.5 or here))
        or (born_why == "born" and place > 0)
        or (not names and (born_why == "born" or (here and born >= 0)))
    )
    perhaps = born_why == "born" and near >= _SOMETHING
    if not (likely or named or perhaps or (here and question.born is None)):
        return None
    reasons = [*why, *([born_why] if born_why else []), *(["detail" if hidden else place_why] if place_why else [])]
    score = 55 * max(0.0, (near - 0.35) / 0.65) + born + place
    return Match(child, round(min(100.0, max(1.0, score)), 1), tuple(reasons), likely, known_as)
