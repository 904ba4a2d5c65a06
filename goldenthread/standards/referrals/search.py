"""Finding children by name: candidates from the index, then how near each is, and why it was found."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils.crypto import salted_hmac
from rapidfuzz import fuzz

from goldenthread.cases.models import Child

_CANDIDATES = 2000
_NEAR = 78.0
_SOMEWHAT = 45.0
_PART = "Part of the name is the same"


@dataclass(frozen=True, slots=True)
class Match:
    """A child found, how near (0 to 100), and the reasons in words."""

    child: Child
    score: float
    reasons: tuple[str, ...]

    @property
    def is_near(self) -> bool:
        """Whether more than part of the name speaks for it."""
        return self.reasons != (_PART,)


def find_children(
    name: str, born: date | None = None, *, limit: int = 20, without: Collection[int] = ()
) -> list[Match]:
    """Children whose names are like this one, nearest first: the same, nearly the same, part of it, or born that day.

    without: children of whom whoever asks is told nothing.
    """
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
    rows = Child.objects.filter(look_for).exclude(pk__in=sorted(without)) if without else Child.objects.filter(look_for)
    for child in rows.order_by("-pk")[:_CANDIDATES]:
        match = _judge(child, wanted, parts, born)
        if match:
            found.append(match)
    return sorted(found, key=lambda m: (-m.score, m.child.search_name, m.child.pk))[:limit]


def _judge(child: Child, wanted: str, parts: list[str], born: date | None) -> Match | None:
    near = fuzz.token_sort_ratio(wanted, child.search_name) if wanted else 0.0
    reasons = []
    if wanted == child.search_name.strip():
        reasons.append("Same name")
    elif near >= _NEAR:
        reasons.append("Name nearly the same")
    elif (parts and any(part in child.search_name.split() for part in parts)) or (
        parts and len(parts[0]) > 2 and all(part in child.search_name for part in parts)
    ):
        reasons.append(_PART)
    same_day = born is not None and child.date_of_birth == born
    if same_day and (reasons or near >= _SOMEWHAT or not wanted):
        reasons.append("Same date of birth")
    return Match(child, near + 30 * same_day, tuple(reasons)) if reasons else None


def key_of_terms(terms: str) -> str:
    """What the trail keeps of the words searched for: a keyed hash, so that like searches can be told without the name."""
    return salted_hmac(
        "referrals.search", " ".join(terms.casefold().split()), secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()[:16]
