"""Whom to look at: children who share keys with what is asked, by equality on the index alone, so many of each and no more."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from rapidfuzz import fuzz

from goldenthread.cases.finding.keys import PART, Key, word_number
from goldenthread.cases.finding.spelling import plain
from goldenthread.cases.models import Child, OtherName

_OF_EACH = 60  # children of a key
_OF_WORD = 150  # of a whole word of a name: a surname that is not rare
_OF_PART = 40  # of a key that is how one word sounds or begins
_GLANCED_AT = 600
_LOOKED_AT = 120
_ALWAYS = frozenset({"born", "house"})
"""Whoever was born on the day, or lives in the house, is looked at whatever the name: they are few."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Whom to look at, and how many children share each key that was asked (no more than were read)."""

    ids: list[int]
    sharing: Mapping[int, int]

    def known_by(self, word: str) -> int | None:
        """How many children have this word in a name, as it is spelled; None where they are too many to be told."""
        number = self.sharing.get(word_number(word), 0)
        return number if 0 < number < _OF_WORD else None


def _most_of(kind: str) -> int:
    return _OF_WORD if kind == "word" else _OF_PART if kind in PART else _OF_EACH


def candidates(asked: Iterable[Key], names: Iterable[tuple[str, str]] = ()) -> Candidates:
    """The children who share most with what is asked, and of those whose names are written most like the names asked for.
    Three statements: each key gives at most as many children as is said here, whatever the size of the service."""
    by_number = {key.number: key for key in asked}
    if not by_number:
        return Candidates([], {})
    parts = [
        "SELECT * FROM (SELECT key, child_id FROM cases_searchkey "  # noqa: S608 (whole numbers of ours)
        f"WHERE key = {key.number:d} LIMIT {_most_of(key.kind):d}) AS k{n:d}"
        for n, key in enumerate(by_number.values())
    ]
    # The likeliest of each kind count once: a name with many ways to say it is no nearer for that.
    best: dict[int, dict[str, int]] = defaultdict(dict)
    sharing: Counter[int] = Counter()
    with connection.cursor() as cursor:
        for begin in range(0, len(parts), 400):  # SQLite takes 500 in one statement
            cursor.execute(" UNION ALL ".join(parts[begin : begin + 400]))
            for number, child in cursor.fetchall():
                key = by_number[number]
                sharing[number] += 1
                best[child][key.kind] = best[child].get(key.kind, 0) + (
                    1 if key.kind in best[child] else key.weight * 4
                )
    weights = {child: float(sum(kinds.values())) for child, kinds in best.items()}
    always = {child for child, kinds in best.items() if not kinds.keys().isdisjoint(_ALWAYS)}
    ids = sorted(weights, key=lambda child: (child not in always, -weights[child], child))[:_GLANCED_AT]
    if len(ids) > _LOOKED_AT:
        written = _written_like(ids, [plain(f"{given} {family}") for given, family in names])
        ids.sort(key=lambda child: (child not in always, -weights[child] - 0.6 * written[child], child))
    return Candidates(ids[:_LOOKED_AT], sharing)


def _written_like(ids: list[int], names: list[str]) -> dict[int, float]:
    """How like one of the names a name of each child is written, from 0 to 100, in whatever order its words stand."""
    found = dict.fromkeys(ids, 0.0)
    own = {
        pk: (given, family)
        for pk, given, family in Child.objects.filter(pk__in=ids).values_list("pk", "given_names", "family_name")
    }
    others = OtherName.objects.filter(child__in=ids).values_list("child_id", "given_names", "family_name")
    for child, given, family in [*((pk, *name) for pk, name in own.items()), *others]:
        kept = plain(f"{given or own[child][0]} {family or own[child][1]}")
        found[child] = max([found[child], *(fuzz.token_sort_ratio(name, kept) for name in names)])
    return found
