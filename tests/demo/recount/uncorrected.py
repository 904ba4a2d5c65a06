"""Facts of which the demonstration corrects none, recounted plainly.

A row of the ledger is worked out from all that is known now; as at another day, what was done or known later is left out.
So whether something is owed at all is asked of everything, and whether it was done of what was known then.
"""

from datetime import datetime
from typing import Any

from tests.demo.recount.books import Books
from tests.demo.recount.raw import Raw


def standing_of(model: Any, on: str) -> dict[int, list[Raw]]:
    """What stands of one kind, by what it hangs on: the demonstration corrects none of these."""
    found: dict[int, list[Raw]] = {}
    for row in model._base_manager.order_by("occurred_at", "pk").values():
        assert row["supersedes_id"] is None
        assert not row["withdrawn"]
        found.setdefault(row[on], []).append(row)
    return found


def owe(
    books: Books, key: str, about: tuple[str, int, str], file: int, since: Raw | tuple[datetime, datetime], due: datetime,
    done: Raw | None,
) -> None:  # fmt: skip
    began, known = since if isinstance(since, tuple) else (since["occurred_at"], since["recorded_at"])
    then = done if done and done["recorded_at"] <= books.known else None
    books.count(f"assessment.{key}", about, file, began, known, due, then, done)
