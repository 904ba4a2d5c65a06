"""Every page that can be posted to says what posting does; what writes has a key, and what edits has a version."""

import pytest
from django.test import Client

from assurance.every_form import says_what_it_shows
from goldenthread.config.access_table import ACCESS
from goldenthread.config.posting_table import POSTING
from goldenthread.core.once import Kind
from goldenthread.people.access import Door
from goldenthread.people.roles import Permission
from tests.conftest import Cast
from tests.pages.test_access_table import _address, _patterns


def test_the_table_names_only_pages_that_there_are() -> None:
    assert POSTING.keys() - ACCESS.keys() == set()


def test_a_page_that_is_not_in_the_table_takes_no_posts(cast: Cast) -> None:
    for pattern in _patterns():
        name = str(pattern.name)
        if name in POSTING:
            continue
        rule = ACCESS[name]
        who = next(
            (
                each
                for each in cast.all()
                if isinstance(rule, Door) or (isinstance(rule, Permission) and each.may(rule))
            ),
            None,
        )
        assert who is not None, name
        client = Client()
        client.force_login(who)
        assert client.post(_address(pattern)).status_code == 405, f"{name}: say in the posting table what it does"


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(name for name, posting in POSTING.items() if posting.kind is Kind.EDIT))
def test_every_form_that_edits_says_which_version_it_shows(name: str) -> None:
    assert says_what_it_shows(name) == []


@pytest.mark.parametrize("name", ["sign-in", "sign-out", "draft", "referral-search"])
def test_what_records_nothing_needs_no_key(name: str) -> None:
    assert POSTING[name].kind is Kind.NO_WRITE
