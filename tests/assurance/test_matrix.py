"""The access matrix, a part of it: `make assurance` asks all of it."""

import os

import pytest

from assurance.holes import holes
from assurance.matrix import matrix
from assurance.world import build

EVERY = int(os.environ.get("GOLDENTHREAD_MATRIX_EVERY", "19"))  # one cell in so many; 1 asks all


@pytest.mark.django_db
def test_every_page_answers_each_role_as_the_oracle_says_and_nobody_sees_what_is_closed_to_them() -> None:
    found = matrix(build(), keep=lambda number: number % EVERY == 0)
    assert found.unknown == [], "a page that the oracle does not know: say in assurance/oracle.py who may open it"
    assert (found.leaks, found.wrong, found.untold) == ([], [], []), found.first()
    assert found.cells > 30_000 / EVERY * 0.7
    assert found.disclosures > 100 / EVERY


@pytest.mark.django_db
def test_the_matrix_sees_the_guards_that_are_taken_away() -> None:
    every = int(os.environ.get("GOLDENTHREAD_HOLES_EVERY", "5"))
    found = holes(build(), keep=lambda number: number % every == 0)
    assert found.missed == []
    assert found.planted >= 100 / every
