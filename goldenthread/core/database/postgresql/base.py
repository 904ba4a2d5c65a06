"""PostgreSQL, with the trail sealed at each commit."""

from django.db.backends.postgresql.base import DatabaseWrapper as Plain

from goldenthread.core.database import Sealing


class DatabaseWrapper(Sealing, Plain):
    """A connection that seals the trail."""
