"""SQLite, with the trail sealed at each commit."""

from django.db.backends.sqlite3.base import DatabaseWrapper as Plain

from goldenthread.core.database import Sealing


class DatabaseWrapper(Sealing, Plain):
    """A connection that seals the trail."""
