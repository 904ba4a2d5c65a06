"""Finding children while a referral is taken or looked for: by the one search of the service (`cases.finding`)."""

from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.utils.crypto import salted_hmac

from goldenthread.cases.finding.search import Match, Question, find

__all__ = ["Match", "find_children", "key_of_terms"]


def find_children(
    name: str, born: date | None = None, *, limit: int = 20, without: Collection[int] = ()
) -> list[Match]:
    """Children who may be meant by a name typed in one piece, nearest first.

    without: children of whom whoever asks is told nothing.
    """
    return find(Question(names=(("", name),), born=born), limit=limit, without=without)


def key_of_terms(terms: str) -> str:
    """What the trail keeps of the words searched for: a keyed hash, so that like searches can be told without the name."""
    return salted_hmac(
        "referrals.search", " ".join(terms.casefold().split()), secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()[:16]
