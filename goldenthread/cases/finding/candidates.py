"""Whom to look at: children who share keys with what is asked, by equality on the index alone, so many of each and no more."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from goldenthread.cases.finding.keys import PART, Key

_OF_EACH = 60  # children of a key
_OF_PART = 40  # of a key that is one word of a name
_LOOKED_AT = 200
_ALWAYS = frozenset({"born", "house"})
"""Whoever was born on the day, or lives in the house, is looked at whatever the name: they are few."""


def candidates(asked: Iterable[Key], most: int = _LOOKED_AT) -> list[int]:
    """The children who share most with what is asked, at most so many. One statement: each key gives at most as many
    children as is said here, whatever the size of the service."""
    by_number = {key.number: key for key in asked}
    if not by_number:
        return []
    parts = [
        "SELECT * FROM (SELECT key, child_id FROM cases_searchkey "  # noqa: S608 (whole numbers of ours)
        f"WHERE key = {key.number:d} LIMIT {_OF_PART if key.kind in PART else _OF_EACH:d}) AS k{n:d}"
        for n, key in enumerate(by_number.values())
    ]
    # The likeliest of each kind count once: a name with many ways to say it is no nearer for that.
    best: dict[int, dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        for begin in range(0, len(parts), 400):  # SQLite takes 500 in one statement
            cursor.execute(" UNION ALL ".join(parts[begin : begin + 400]))
            for number, child in cursor.fetchall():
                key = by_number[number]
                best[child][key.kind] = best[child].get(key.kind, 0) + (
                    1 if key.kind in best[child] else key.weight * 4
                )
    weighed = sorted(
        best, key=lambda child: (best[child].keys().isdisjoint(_ALWAYS), -sum(best[child].values()), child)
    )
    return weighed[:most]
