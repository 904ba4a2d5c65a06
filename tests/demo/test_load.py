"""Loading: the same seed gives the same rows, and only into an empty database."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction

from goldenthread.core.errors import Refused
from goldenthread.demo.load import load
from goldenthread.people.models import Officer, Team
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.demo.digest import digest, digests

SMALL = {"children": 40, "months": 8, "today": date(2026, 6, 30)}


@contextmanager
def undone() -> Iterator[None]:
    """What is written within is taken back, and the numbers are given again."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(
            no_style(), list(apps.get_models(include_auto_created=True))
        ):
            cursor.execute(statement)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def of_seed(seed: int) -> str:
    with undone():
        load(seed=seed, **SMALL)  # type: ignore[arg-type]
        return digest()


@pytest.mark.once  # drawn in Python; that both databases hold the same rows of it is asked below
@pytest.mark.django_db
def test_the_same_seed_gives_the_same_rows_and_another_seed_others() -> None:
    assert of_seed(7) == of_seed(7) != of_seed(8)


ELSEWHERE = """
import json
import django
django.setup()
from django.db import transaction
from django.test.utils import override_settings
from goldenthread.core.database.making import bring_up_to_date
from tests.demo.digest import digests
from tests.demo.test_load import SMALL, load
bring_up_to_date()
same = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"], "SECOND_FACTOR_ROLES": []}
with override_settings(**same), transaction.atomic():
    load(seed=7, **SMALL)
    print(json.dumps(digests()))
    transaction.set_rollback(True)
"""


@pytest.mark.skipif(connection.vendor != "postgresql", reason="it is SQLite's rows that PostgreSQL's are held against")
@pytest.mark.django_db
def test_both_databases_hold_the_same_rows(tmp_path: Path) -> None:
    same = {
        "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings", "DATABASE_URL": "", "GOLDENTHREAD_HOME": str(tmp_path),
        "GOLDENTHREAD_SECRET": settings.SECRET_KEY, "GOLDENTHREAD_TRAIL_KEY": settings.TRAIL_KEY,
    }  # fmt: skip
    told = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], env={**os.environ, **same}, capture_output=True, check=True
    )
    with undone():
        load(seed=7, **SMALL)  # type: ignore[arg-type]
        assert digests() == json.loads(told.stdout)


@pytest.mark.django_db
def test_as_many_children_as_asked_and_progress_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    summary = load(progress=lambda done, of: told.append((done, of)), **SMALL)  # type: ignore[arg-type]
    assert summary.children == 40
    assert (summary.first, summary.last) == (date(2025, 10, 30), date(2026, 6, 29))
    assert told == sorted(told)
    assert told[-1] == (100, 100)


@pytest.mark.django_db
@pytest.mark.parametrize(("children", "months"), [(1, 1), (2, 60)])
def test_small_and_long_ones_load_too(children: int, months: int) -> None:
    assert load(children=children, months=months, today=date(2026, 6, 30)).children == children


@pytest.mark.django_db
def test_after_it_the_database_numbers_on() -> None:
    load(**SMALL)  # type: ignore[arg-type]
    last = Team.objects.order_by("pk").last()
    assert last is not None
    assert Team.objects.create(key="new", name="New team").pk > last.pk


def test_refused_beside_other_officers_and_nothing_is_changed(cast: Cast) -> None:
    before = digest()
    with pytest.raises(Refused, match="holds officers already"):
        load(**SMALL)  # type: ignore[arg-type]
    assert digest() == before


@pytest.mark.django_db
def test_a_second_time_is_refused() -> None:
    load(**SMALL)  # type: ignore[arg-type]
    count = Referral.objects.count()
    with pytest.raises(Refused):
        load(**SMALL)  # type: ignore[arg-type]
    assert Referral.objects.count() == count


@pytest.mark.django_db
def test_the_command_lines_own_account_is_no_hindrance() -> None:
    Officer.objects.create_officer("command-line", name="Command line", role="quality-officer")
    assert load(**SMALL).officers == Officer.objects.count() - 1  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"children": 0}, {"months": 0}])
def test_nothing_to_load_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(Refused):
        load(**{**SMALL, **wrong})  # type: ignore[arg-type]
