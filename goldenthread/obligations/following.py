"""Records whose duties are counted from another record's dates: when those are put right, they are worked out again."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import models

_known: dict[str, list[Callable[[int], Iterable[models.Model]]]] = defaultdict(list)


def follow(label: str, find: Callable[[int], Iterable[models.Model]]) -> None:
    """Say which records follow those of a kind (“referrals.referral”): `find` takes the number of one. Rooms do so once,
    when they are ready."""
    _known[label].append(find)


def followers(record: models.Model) -> list[models.Model]:
    """All records that follow this one."""
    return [found for find in _known[record._meta.label_lower] for found in find(record.pk)]
