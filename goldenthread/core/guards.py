"""What the database itself refuses: changing or removing a row of the trail. Triggers, on both engines.

There is no switch. Who may alter the database's tables can drop a trigger; then `goldenthread trail verify` says that
the guard is gone, and the chain tells what was done without it.
"""

from typing import Any

TABLES = ("core_trailentry", "core_traillink", "core_trailsubject")
_KEYS = {"core_trailentry": ("id",), "core_traillink": ("seq", "entry"), "core_trailsubject": ("id",)}
_DEEDS = ("update", "delete", "replace")
_SAYS = "The trail is only added to"


def _names() -> list[tuple[str, str]]:
    return [(table, f"{table}_only_added") for table in TABLES]


def stand(connection: Any) -> None:
    """Put the triggers up."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION core_trail_only_added() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$"
            )
        for table, name in _names():
            if connection.vendor == "postgresql":
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                    "FOR EACH STATEMENT EXECUTE FUNCTION core_trail_only_added()"
                )
                continue
            same = " OR ".join(f"{key} = NEW.{key}" for key in _KEYS[table])
            there = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "  # noqa: S608
            # INSERT OR REPLACE removes a row of the same key without asking the trigger on DELETE.
            for deed, on, when in zip(_DEEDS, ("UPDATE", "DELETE", "INSERT"), ("", "", there), strict=True):
                cursor.execute(
                    f"CREATE TRIGGER {name}_{deed} BEFORE {on} ON {table} {when}BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
                )


def drop(connection: Any) -> None:
    """Take the triggers down: for a migration that goes back, and for tests that empty the database."""
    with connection.cursor() as cursor:
        for table, name in _names():
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                continue
            for deed in _DEEDS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}_{deed}")


def missing(connection: Any) -> list[str]:
    """The trail's tables whose guard is gone or switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND tgname LIKE 'core_trail%%'")
            wanted = {table: {name} for table, name in _names()}
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            wanted = {table: {f"{name}_{deed}" for deed in _DEEDS} for table, name in _names()}
        there = {name for (name,) in cursor.fetchall()}
    return [table for table, names in wanted.items() if not names <= there]
