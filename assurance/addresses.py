"""Every page of the access matrix, with the arguments of its addresses: put together from the rooms."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from assurance import oracle
from assurance.rooms import ROOMS
from assurance.rows import Pages, Row, World

Address = tuple[str, list[Any], str]
"""A page's name, the arguments of its address, and a word for the format."""


def addresses(world: World, row: Row, *, pdf: bool) -> Iterator[Address]:
    """Every page as it is asked for about a row's record; those of no record, with what else they need."""
    given: Pages = {}
    for room in ROOMS:
        given |= room.addresses(world, row, pdf=pdf)
    for name in chain(oracle.BY_ROLE, oracle.BY_RECORD, sorted(oracle.BY_RULE), sorted(oracle.WITHOUT_SIGNING_IN)):
        for arguments in given.get(name, [[]]):
            kind = str(arguments[-1]) if name.endswith(("-file", "-export")) else ""
            yield name, arguments, kind


def names_of_pages(resolver: Any) -> Iterator[str]:
    """The names of all pages that there are."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names_of_pages(pattern)
        elif pattern.name:
            yield pattern.name
