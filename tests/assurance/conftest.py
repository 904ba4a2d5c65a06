"""The harness on the engine that the tests run on: a database of its own, apart from the tests'."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from assurance.postgres import find_postgres, postgres

ON_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
only_once = pytest.mark.once  # the harness's own test


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
