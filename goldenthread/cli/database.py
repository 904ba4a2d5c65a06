"""Setting up on first need, so that --help is quick: settings, and a database that is there and up to date."""

import os
import sys
from typing import TYPE_CHECKING

from goldenthread.core.errors import Refused

if TYPE_CHECKING:
    from django.db.migrations.loader import MigrationLoader


def settings() -> None:
    """Load the settings and the models. Raises Refused where the environment makes no sense."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
    import django

    try:
        django.setup()
    except ValueError as fault:  # a DATABASE_URL of another kind
        raise Refused(str(fault)) from None
    except OSError as fault:
        raise Refused(f"The data folder cannot be used: {fault}") from None


def ready() -> None:
    """Make sure that a database is there and up to date: made on first use, brought forward after an update.

    Raises Refused where it cannot be reached, is from a later version of the program, or rests on an SQLite that can
    lose records.
    """
    settings()
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from goldenthread.core import anchors
    from goldenthread.core.database.making import bring_up_to_date
    from goldenthread.core.sqlite_guard import sqlite_is_sound

    for fault in sqlite_is_sound():
        raise Refused(f"{fault.msg} {fault.hint}")
    try:
        executor = MigrationExecutor(connection)
        applied = set(executor.loader.applied_migrations)
        _refuse_later(applied, executor.loader)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            where = connection.settings_dict["NAME"]
            brought = "Bringing the database up to date" if applied else "Making a new database"
            print(f"{brought}: {where}", file=sys.stderr)
            bring_up_to_date()
            anchors.anchor()
    except OSError as fault:
        raise Refused(f"The trail cannot be anchored in {anchors.where()}: {fault.strerror}.") from None
    except DatabaseError as fault:
        first_line = str(fault).strip().splitlines()[0]
        raise Refused(f"The database cannot be used: {first_line}. Check DATABASE_URL and GOLDENTHREAD_HOME.") from None


def _refuse_later(applied: set[tuple[str, str]], loader: "MigrationLoader") -> None:
    known = set(loader.disk_migrations)
    later = sorted(f"{app}.{name}" for app, name in applied - known if app in loader.migrated_apps)
    if later:
        raise Refused(
            f"The database is from a later version of Golden Thread (it has {', '.join(later)}): update the program."
        )
