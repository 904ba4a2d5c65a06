"""The demonstration authority, loaded once for all tests that only look at it."""

from collections.abc import Iterator
from datetime import date

import pytest
from pytest_django import DjangoDbBlocker

from goldenthread.core.clock import start_of
from goldenthread.demo.load import DemoSummary, load
from tests.conftest import made_once

TODAY = date(2026, 6, 30)
NOW = start_of(TODAY)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A database is made also where no test that was asked for has one of its own; after the tests are put in order,
    so that those that load an authority themselves still come before this folder's."""
    of_authority = [item for item in items if "authority" in getattr(item, "fixturenames", ())]
    if of_authority and not any(item.get_closest_marker("django_db") for item in items):
        of_authority[-1].add_marker(pytest.mark.django_db)


@pytest.fixture(scope="package")
def authority(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[DemoSummary]:
    """Loaded as `make run` loads it, and gone after the tests of this folder."""
    with made_once(django_db_blocker):
        yield load(today=TODAY)
