"""The access matrix, a part of it: `make assurance` asks all of it.

As many cells are asked however many pages there are, other ones on PostgreSQL than on SQLite.
"""

import os
from collections.abc import Iterator
from math import gcd

import pytest
from pytest_django import DjangoDbBlocker

from assurance.holes import holes
from assurance.matrix import addresses, matrix
from assurance.oracle import WITHOUT_SIGNING_IN
from assurance.world import World, build
from goldenthread.core.database.looking_over import look_over
from tests.assurance.conftest import ON_POSTGRES
from tests.conftest import made_once

CELLS = int(os.environ.get("GOLDENTHREAD_MATRIX_CELLS", "2300"))
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for both tests: each of their requests is rolled back. The database looks over it first: of what one open
    transaction wrote PostgreSQL knows nothing, and may join every child to every other to find one."""
    with made_once(django_db_blocker):
        made = build()
        look_over()
        yield made


def one_in(wanted: int, rows: int, of_a_row: int) -> int:
    """One in how many makes at least so many of all: a number by which no row's cells can be divided, so that it does not
    fall on the same pages in each row."""
    return next(step for step in range(max(1, rows * of_a_row // wanted), 0, -1) if gcd(step, of_a_row) == 1)


def test_every_page_answers_each_role_as_the_oracle_says_and_nobody_sees_what_is_closed_to_them(world: World) -> None:
    pages = [name for name, *_ in addresses(world, world.rows[0], pdf=False) if name not in WITHOUT_SIGNING_IN]
    of_a_row = 2 * len(pages)
    every = one_in(CELLS + CELLS // 50, len(world.rows), of_a_row)  # a few end the session, and are left out
    found = matrix(world, keep=lambda number: number % every == every // 2 * ON_POSTGRES)
    assert found.unknown == [], "a page that the oracle does not know: say in assurance/oracle.py who may open it"
    assert (found.leaks, found.wrong, found.untold) == ([], [], []), found.first()
    assert len(world.rows) * of_a_row > 75_000
    assert found.asked >= CELLS
    assert found.disclosures > CELLS / 300


def test_the_matrix_sees_the_guards_that_are_taken_away(world: World) -> None:
    every = int(os.environ.get("GOLDENTHREAD_HOLES_EVERY", "5"))
    found = holes(world, keep=lambda number: number % every == 0)
    assert found.missed == []
    assert found.planted >= 100 / every
