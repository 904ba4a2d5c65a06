"""Holes in the trail: what it should tell, made to forget."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

from assurance.hole import Hole, Opening, together


def of_trail() -> Iterator[Hole]:
    """The trail, made to forget."""
    from goldenthread.core import trail

    plain = trail.write

    def without(*deeds: str) -> Callable[..., Any]:
        def write(deed: str, *given: Any, **named: Any) -> Any:
            return None if deed in deeds else plain(deed, *given, **named)

        return write

    def silent(*deeds: str) -> Opening:
        def opening() -> AbstractContextManager[Any]:
            return together(patch.object(trail, "write", without(*deeds)), _no_guard())

        return opening

    yield Hole("reading a referral is told", silent("read referral"), ("referral",), ("allocated",))
    yield Hole("reading a file is told", silent("read case file"), ("case-file",), ("allocated",))
    yield Hole(
        "a list that was seen is told", silent("see list", "list referrals"), ("referrals", "home"), ("allocated",)
    )
    yield Hole("a search is told", silent("search referrals"), ("referral-search",), ("allocated",), (), ("POST",))
    yield Hole("a refusal is told", silent("denied"), ("referral", "accounts"), ("another team",))
    yield Hole("reading the trail is told", silent("read trail", "see list"), ("trail-record",), ("allocated",))
    yield Hole(
        "a page that tells the trail nothing is not sent",
        lambda: patch.object(trail, "write", without("read referral", "read case file")),
        ("referral", "case-file"),
        ("allocated",),
    )
    yield Hole("the trail holds no words", _words_in_the_trail(plain), ("referral",), ("allocated",))


def _words_in_the_trail(plain: Callable[..., Any]) -> Opening:
    from goldenthread.core import trail

    def write(deed: str, subject: Any, *given: Any, **named: Any) -> Any:
        if hasattr(subject, "concern"):
            named["said"] = subject.concern
        return plain(deed, subject, *given, **named)

    return lambda: patch.object(trail, "write", write)


def _no_guard() -> AbstractContextManager[Any]:
    return patch("goldenthread.people.access.SHOW_RECORDS", frozenset())
