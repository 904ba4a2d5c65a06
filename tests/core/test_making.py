"""A new database, made at once: the same as the migrations come to, step by step."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

WAYS = {
    "at_once": "from goldenthread.core.database.making import bring_up_to_date as make",
    "by_steps": "from django.core.management import call_command; make = lambda: call_command('migrate', verbosity=0)",
}
SAY = """
import json
import re
import django
django.setup()
{way}
make()
TOLD = {{
    "sqlite": "SELECT tbl_name, sql FROM sqlite_master",
    "postgresql": "SELECT conrelid::regclass::text, conrelid::regclass::text || pg_get_constraintdef(oid) FROM pg_constraint "
    "UNION ALL SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal "
    "UNION ALL SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
}}
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from goldenthread.core import guards
executor = MigrationExecutor(connection)
with connection.cursor() as cursor:
    look = connection.introspection
    # Django's own, which nothing uses: its numbers are wider when they come out of Django's own migrations.
    tables = sorted(set(look.table_names(cursor)) - {{"auth_group_permissions"}})
    shape = {{
        table: [
            sorted(map(repr, look.get_table_description(cursor, table))),
            # Names that the looking itself gives, by number, are left out.
            sorted(
                ("" if re.match("__|fk_[0-9]", name) else name, repr(sorted(what.items(), key=str)))
                for name, what in look.get_constraints(cursor, table).items()
            ),
            sorted(look.get_relations(cursor, table).items()),
        ]
        for table in tables
    }}
    cursor.execute(TOLD[connection.vendor])
    # In words, sorted: columns added one by one stand in another order.
    rules = sorted(
        " ".join(sorted(re.findall(r"[^\\s,()]+", rule)))
        for table, rule in cursor.fetchall()
        if rule and "auth_group_permissions" not in table
    )
print(json.dumps({{
    "shape": shape,
    "rules": rules,
    "waiting": [str(step) for step in executor.migration_plan(executor.loader.graph.leaf_nodes())],
    "applied": sorted(map(list, executor.loader.applied_migrations)),
    "unguarded": guards.missing(connection),
    "permissions": sorted(Permission.objects.values_list("codename", flat=True)),
}}))
"""


HALF_WAY = """
from unittest.mock import patch
import django
django.setup()
from django.db import connection
from goldenthread.core.database import making
with patch.object(making.guards, "stand", side_effect=KeyboardInterrupt):
    try:
        making.bring_up_to_date()
    except KeyboardInterrupt:
        pass
assert connection.introspection.table_names() == []
making.bring_up_to_date()
assert making.guards.missing(connection) == []
"""


def _run(program: str, home: Path, name: str) -> bytes:
    """What a program of its own says, with a data folder and a database of its own that are empty."""
    home.mkdir()
    url = ""
    if connection.vendor == "postgresql":
        given = settings.DATABASES["default"]
        server = f"postgresql://{given['USER']}@{given['HOST']}:{given['PORT']}"
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        url = f"{server}/{name}"
    told = {
        "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings",
        "GOLDENTHREAD_HOME": str(home),
        "DATABASE_URL": url,
    }
    return subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **told}, capture_output=True, check=True
    ).stdout


@pytest.mark.postgres
def test_a_database_made_at_once_is_the_one_that_the_migrations_come_to(tmp_path: Path) -> None:
    at_once, by_steps = (
        json.loads(_run(SAY.format(way=how), tmp_path / way, f"made_{way}")) for way, how in WAYS.items()
    )
    assert at_once["waiting"] == by_steps["waiting"] == []
    assert at_once["unguarded"] == by_steps["unguarded"] == []
    assert len(at_once["shape"]) > 100
    for table, shape in by_steps["shape"].items():
        assert at_once["shape"][table] == shape, table
    assert sorted(set(at_once["rules"]) ^ set(by_steps["rules"])) == []
    assert len(at_once["rules"]) > 500
    assert at_once == by_steps


@pytest.mark.postgres
def test_what_stopped_half_way_leaves_nothing(tmp_path: Path) -> None:
    _run(HALF_WAY, tmp_path / "home", "made_half_way")
