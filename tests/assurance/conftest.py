"""The harness on the engine that the tests run on: a database of its own, apart from the tests'."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from assurance.postgres import find_postgres, postgres
from tests.assurance.security import Round, visited
from tests.conftest import made_once, make_cast
from tests.pages import test_no_names_leak as every_page
from tests.pages.made_up_work import set_clock

ON_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
only_once = pytest.mark.once  # the harness's own test


@pytest.fixture(scope="package")
def told_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Round:
    """One round of all pages, for all tests that only look at the answers."""
    with made_once(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        cast = make_cast()
        return visited(cast, every_page.make_referral(cast, set_clock(patch)))


@pytest.fixture(scope="package")
def database() -> Iterator[str]:
    """A DATABASE_URL for harnesses: empty for SQLite, or that of a PostgreSQL server of their own."""
    if not ON_POSTGRES:
        yield ""
        return
    binaries = find_postgres()
    assert binaries is not None
    with postgres(binaries) as server:
        yield server.url
