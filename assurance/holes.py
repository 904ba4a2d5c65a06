"""Planted holes: each guard is taken away in turn, and the matrix must see it. A matrix that sees nothing proves nothing."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from assurance.hole import Hole
from assurance.holes_of_pages import guarded_twice, of_pages, without_sign_in
from assurance.holes_of_records import of_readers, of_relationships
from assurance.holes_of_trail import of_trail
from assurance.matrix import matrix
from assurance.world import World


@dataclass(slots=True)
class Holes:
    """What was found. planted: holes tried; caught: those that the matrix saw; missed: those that it did not."""

    planted: int = 0
    caught: int = 0
    missed: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def faults(self) -> int:
        """How much is wrong."""
        return len(self.missed)


def all_holes() -> list[Hole]:
    """Every guard that is taken away."""
    return [*of_relationships(), *of_readers(), *of_trail(), *without_sign_in(), *guarded_twice(), *of_pages()]


def holes(world: World, *, keep: Callable[[int], bool] = lambda number: True) -> Holes:
    """Plant each hole (keep: by number), ask the matrix, and mend it. The world must have been built in the open transaction."""
    found, began = Holes(), time.monotonic()
    for number, hole in enumerate(all_holes()):
        if not keep(number):
            continue
        rows = [
            row
            for row in world.rows
            if (not hole.relationships or row.relationship in hole.relationships)
            and (not hole.roles or row.role in hole.roles)
        ]
        with hole.opening():
            seen = matrix(world, names=hole.pages, rows=rows, methods=hole.methods, until_fault=True)
        found.planted += 1
        if seen.faults:
            found.caught += 1
        else:
            found.missed.append(hole.name)
    found.seconds = time.monotonic() - began
    return found
