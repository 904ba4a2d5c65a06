"""Interpreters, recounted: confirmed, came, asked."""

from datetime import timedelta

from goldenthread.standards.assessment.interpreting import models as interpreting
from tests.demo.recount.books import Books
from tests.demo.recount.raw import london, working
from tests.demo.recount.uncorrected import owe, standing_of

DAY = timedelta(hours=24)


def recount_of_interpreters(books: Books) -> None:
    """Confirmed, came, asked."""
    replies = standing_of(interpreting.ProviderReply, "request_id")
    present = standing_of(interpreting.InterpreterPresence, "request_id")
    cancelled = standing_of(interpreting.InterpreterCancel, "request_id")
    instead = standing_of(interpreting.FamilyInterpreter, "request_id")
    understood = standing_of(interpreting.UnderstoodAnswer, "request_id")
    for request in interpreting.InterpreterRequest._base_manager.values():
        pk, needed, asked = request["id"], request["needed_at"], request["asked_at"]
        about, file = ("interpreting.interpreterrequest", pk, ""), request["case_file_id"]
        since = (asked, request["recorded_at"])
        due = needed - DAY if needed - asked >= 2 * DAY else needed
        gone = next(iter(cancelled.get(pk, [])), None)
        sure = [row for row in replies.get(pk, []) if row["answer"] == "confirmed"]
        came = [row for row in present.get(pk, []) if row["outcome"] in ("came", "late")]
        if gone is None or gone["occurred_at"] > due:
            first = min([*sure[:1], *came[:1]], key=lambda row: row["occurred_at"], default=None)
            owe(books, "interpreter-confirmed", about, file, since, due, first)
        if gone is None:
            owe(books, "interpreter-came", about, file, since, needed, next(iter(came), None))
        spoke = min([*came, *instead.get(pk, [])], key=lambda row: row["occurred_at"], default=None)
        if spoke:
            by = working(london(spoke["occurred_at"]), 5)
            owe(books, "understood-asked", about, file, spoke, by, next(iter(understood.get(pk, [])), None))
