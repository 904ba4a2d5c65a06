"""Database connections that seal the trail: what was written to it in a transaction is sealed just before the commit,
and where that fails, nothing is committed."""

from typing import TYPE_CHECKING, Any

from goldenthread.core import chain

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper as _Base
else:
    _Base = object


class Sealing(_Base):
    """Keeps the trail's entries of the running transaction until they are sealed or rolled back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trail_written = 0
        """How many entries this connection has written that were not rolled back."""
        self._unsealed: list[chain.Row] = []
        self._marks: dict[str, int] = {}

    def trail_add(self, row: chain.Row) -> None:
        """An entry was inserted: it is sealed with its transaction."""
        self._unsealed.append(row)
        self.trail_written += 1

    def _back_to(self, number: int) -> None:
        self.trail_written -= len(self._unsealed) - number
        del self._unsealed[number:]

    def _commit(self) -> None:
        head = chain.seal(self, self._unsealed) if self._unsealed and self.connection is not None else None
        super()._commit()  # type: ignore[misc]
        self._unsealed.clear()
        self._marks.clear()
        if head:
            from goldenthread.core import anchors

            anchors.after_commit(self, *head)

    def _rollback(self) -> None:
        self._back_to(0)
        self._marks.clear()
        super()._rollback()  # type: ignore[misc]

    def _close(self) -> None:
        self._back_to(0)
        self._marks.clear()
        super()._close()  # type: ignore[misc]

    def _savepoint(self, sid: str) -> None:
        self._marks[sid] = len(self._unsealed)
        super()._savepoint(sid)  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._back_to(self._marks.get(sid, 0))
