"""Where sessions are kept: Django's own table. A session that could not be written is told apart from one that is gone."""

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.db import DatabaseError


class SessionStore(InDatabase):
    """Django answers both with 400: where the disk is full or the database away, our own page says so, and keeps the words."""

    def save(self, must_create: bool = False) -> None:
        """Write it. Raises UpdateError where the session has ended meanwhile; DatabaseError where nothing can be written."""
        try:
            super().save(must_create)
        except UpdateError as gone:
            fault = gone.__context__
            if isinstance(fault, DatabaseError) and type(fault) is not DatabaseError:  # the plain one: no row to update
                raise fault from None
            raise
