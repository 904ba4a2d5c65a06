"""Making a database: a new one at once from the models as they stand, an older one step by step by its migrations.

Going through every migration from nothing comes to the same tables, which a test holds on both engines, and takes ten
times as long: Django works the state of all models out anew at each step.
"""

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from goldenthread.core import guards


def bring_up_to_date() -> None:
    """The database in use, with all its tables as this program needs them: made, where there is nothing in it; else
    brought forward by its migrations. In one transaction where it is made: stopped half way, there is still nothing."""
    if connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)
        return
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection) and not model._meta.swapped:
                editor.create_model(model)
        editor.create_model(MigrationRecorder.Migration)
        note_as_applied(connection)
        guards.stand(connection)
        emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def note_as_applied(made: Any) -> None:
    """Say of a database that was made from the models that no migration is waiting for it."""
    recorder = MigrationRecorder(made)
    for app, name in sorted(MigrationLoader(None, ignore_no_migrations=True).graph.nodes):
        recorder.record_applied(app, name)
