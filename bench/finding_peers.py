"""What the search is measured beside: a plain trigram search, and the search that it took the place of."""

from collections import Counter, defaultdict
from datetime import date

from rapidfuzz import fuzz

from bench.finding_people import People


def _trigrams(name: str) -> set[str]:
    """As PostgreSQL's pg_trgm takes them: each word in small letters, two spaces before it and one behind."""
    found = set()
    for word in name.lower().split():
        padded = f"  {word} "
        found |= {padded[n : n + 3] for n in range(len(padded) - 2)}
    return found


class Trigrams:
    """Every name in an index by trigrams; nearest by shared over all. A day of birth that is the same counts as a tie-breaker
    and is the usual filter: those born on it come first."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.owner: list[int] = []
        self.size: list[int] = []
        self.lists: dict[str, list[int]] = defaultdict(list)
        for number, person in enumerate(people.all):
            for given, family in ((person.given, person.family), *person.others):
                grams = _trigrams(f"{given} {family}")
                for gram in grams:
                    self.lists[gram].append(len(self.owner))
                self.owner.append(number)
                self.size.append(len(grams))

    def find(self, name: str, born: date | None, limit: int = 5) -> list[int]:
        """The nearest people, by their place."""
        asked = _trigrams(name)
        shared: Counter[int] = Counter()
        for gram in asked:
            shared.update(self.lists.get(gram, ()))
        best: dict[int, float] = {}
        for row, number in shared.items():
            near = number / (len(asked) + self.size[row] - number)
            owner = self.owner[row]
            if near >= 0.3:  # pg_trgm's own threshold
                best[owner] = max(best.get(owner, 0.0), near)
        return sorted(best, key=lambda n: (born is None or self.people.all[n].born != born, -best[n], n))[:limit]


def before(name: str, born: date | None, limit: int = 5) -> list[int]:
    """The search that there was: words that contain or begin like those asked for, at most 2,000 looked at. Gives numbers of
    records; it knew no other names."""
    from django.db.models import Q

    from goldenthread.cases.models import Child

    wanted = " ".join(name.casefold().split())
    parts = [part for part in wanted.split() if len(part) > 1]
    look_for = Q(date_of_birth=born) if born else Q(pk__in=[])
    for part in parts:
        look_for |= (
            Q(search_name__contains=part)
            | Q(search_name__contains=f" {part[:3]}")
            | Q(search_name__startswith=part[:3])
        )
    found = []
    for child in Child.objects.filter(look_for).order_by("-pk")[:2000]:
        near = fuzz.token_sort_ratio(wanted, child.search_name)
        same_day = born is not None and child.date_of_birth == born
        part = any(word in child.search_name.split() for word in parts)
        if near >= 78 or part or (same_day and near >= 45):
            found.append((-(near + 30 * same_day), child.search_name, child.pk))
    return [pk for _, _, pk in sorted(found)[:limit]]
