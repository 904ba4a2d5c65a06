"""Closing, recounted."""

from datetime import datetime
from typing import Any

from goldenthread.standards.allocation.closing import models as room
from tests.demo.recount.books import Books
from tests.demo.recount.raw import Raw, first, london, rows, working
from tests.demo.recount.uncorrected import standing_of


def recount_closing(books: Books) -> None:
    """The manager's answers, and who was told."""
    answers = standing_of(room.ClosureAnswer, "closure_id")
    again = standing_of(room.ClosureAskedAgain, "closure_id")
    dropped = standing_of(room.ClosureDropped, "closure_id")
    family = standing_of(room.ClosureFamilyTold, "closure_id")
    agencies = standing_of(room.ClosureAgencyTold, "agency_id")
    of_closure: dict[int, list[Raw]] = {}
    for row in rows(room.AgencyToTell):
        of_closure.setdefault(row["closure_id"], []).append(row)
    for closure in rows(room.Closure):
        pk, file = closure["id"], closure["case_file_id"]
        over = first(dropped.get(pk, []))
        said = [*answers.get(pk, [])]
        asked = [("ask", closure["asked_at"], closure["recorded_at"])]
        asked += [(f"again-{row['id']}", row["occurred_at"], row["recorded_at"]) for row in again.get(pk, [])]
        for key, since, known in asked:
            done = said.pop(0) if said else over
            about = ("closing.closure", pk, key)
            books.plainly(
                "allocation.closure-answered", about, closure["team_id"], since, known, working(london(since), 5),
                done["occurred_at"] if done and done["recorded_at"] <= books.known else None,
            )  # fmt: skip
        _told(
            books,
            "family-told",
            (pk, ""),
            file,
            closure["asked_at"],
            closure["recorded_at"],
            first(family.get(pk, [])),
            over,
        )
        for agency in of_closure.get(pk, []):
            told = first(agencies.get(agency["id"], []))
            since = agency["since_at"], agency["recorded_at"]
            _told(books, "agencies-told", (pk, f"agency-{agency['id']}"), file, *since, told, over)


def _told(
    books: Books,
    key: str,
    on: tuple[int, str],
    file: int,
    since: datetime,
    known: datetime,
    told: Any,
    over: Raw | None,
) -> None:
    due = working(london(since), 5)
    if told is None and over is not None and over["occurred_at"] <= due:
        return
    then = told if told and told["recorded_at"] <= books.known else None
    books.count(f"allocation.closure-{key}", ("closing.closure", *on), file, since, known, due, then, told)
