"""The demonstration authority, loaded once for all tests that only look at it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from goldenthread.core.clock import start_of
from goldenthread.demo.load import DemoSummary, load

TODAY = date(2026, 6, 30)
NOW = start_of(TODAY)


@pytest.fixture(scope="package")
def authority(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[DemoSummary]:
    """Loaded as `make run` loads it, and gone after the tests of this folder."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(today=TODAY)
        transaction.set_rollback(True)
