"""Every form in the posting table: sent twice it has one effect; edited by two, nobody writes over what they did not see."""

from unittest.mock import patch

import pytest

from assurance.every_form import pages, sent_by_two, sent_twice
from assurance.recipes import RECIPES, WITHOUT
from goldenthread.config.posting_table import POSTING
from goldenthread.core import versions
from goldenthread.core.once import Kind, OnceMiddleware, Posting

WRITES = {name for name, posting in POSTING.items() if posting.kind is not Kind.NO_WRITE}
pytestmark = pytest.mark.django_db
only_once = pytest.mark.once  # the tables, and the harness's own tests: they ask nothing of the database


@only_once
def test_every_page_that_writes_has_a_recipe_or_says_why_not() -> None:
    assert WRITES - RECIPES.keys() - WITHOUT.keys() == set(), "say in assurance/recipes how its form is filled in"
    assert RECIPES.keys() - WRITES == set(), "no such page"
    assert not WITHOUT.keys() & RECIPES.keys()
    assert len(WITHOUT) < 5


@pytest.mark.parametrize("name", pages(Kind.ADDITION, Kind.EDIT))
def test_sent_twice_it_has_one_effect_and_one_answer(name: str) -> None:
    assert sent_twice(name) == []


@pytest.mark.parametrize("name", pages(Kind.EDIT))
def test_whoever_comes_second_sees_both_and_loses_nothing(name: str) -> None:
    assert sent_by_two(name) == []


@only_once
@pytest.mark.parametrize("name", ["referral-onward", "account-review", "plan-progress-add"])
def test_a_form_without_its_key_is_seen(name: str) -> None:
    planted = staticmethod(lambda _: Posting(Kind.NO_WRITE, "planted"))
    with patch.object(OnceMiddleware, "_posting", planted):
        assert sent_twice(name)


@only_once
@pytest.mark.parametrize("name", ["referral-amend", "account-change", "plan-progress-add"])
def test_an_edit_that_checks_no_version_is_seen(name: str) -> None:
    with patch.object(versions, "is_stale", lambda *_: False):
        assert sent_by_two(name)
