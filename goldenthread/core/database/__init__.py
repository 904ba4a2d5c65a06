"""Database connections that seal the trail: what was written to it in a transaction is sealed just before the commit,
and where that fails, nothing is committed."""

import logging
from typing import TYPE_CHECKING, Any

from goldenthread.core import chain

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper as _Base
else:
    _Base = object


_log = logging.getLogger("goldenthread.trail")


def _log_elsewhere(rows: list[chain.Row], last: int, seal: str) -> None:
    """A line for each entry that was committed, where lines go to another machine: who, what and to which record, by
    key. The last one says the seal up to there, so that nobody can rewrite the trail here and not there."""
    if not _log.isEnabledFor(logging.INFO):
        return
    for number, row in enumerate(rows, last - len(rows) + 1):
        sealed = seal if number == last else "-"
        _log.info("%s %s %s %s (%s) %s", number, row.at, row.officer, row.deed, row.why, f"{row.subject} {sealed}")


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
        if head:
            _log_elsewhere(self._unsealed, *head)
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
