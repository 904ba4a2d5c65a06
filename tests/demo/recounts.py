"""Recounts of what is owed on interpreters and on temporary accommodation, from raw rows: see `test_independent_counts`.

A row of the ledger is worked out from all that is known now; as at another day, what was done or known later is left out.
So whether something is owed at all is asked of everything, and whether it was done of what was known then.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from goldenthread.people.models import Officer
from goldenthread.standards.assessment.housing import models as housing
from goldenthread.standards.assessment.interpreting import models as interpreting

Raw = dict[str, Any]
ZONE = ZoneInfo("Europe/London")
DAY = timedelta(hours=24)
HEADINGS = ("safety", "space", "cooking", "neighbours", "school", "health", "support")


def _standing(model: Any, on: str) -> dict[int, list[Raw]]:
    """What stands of one kind, by what it hangs on: the demonstration corrects none of these."""
    found: dict[int, list[Raw]] = {}
    for row in model._base_manager.order_by("occurred_at", "pk").values():
        assert row["supersedes_id"] is None
        assert not row["withdrawn"]
        found.setdefault(row[on], []).append(row)
    return found


def _night(day: date, after: int) -> datetime:
    return datetime.combine(day + timedelta(days=after), time(23, 59, 59, 999999), ZONE).astimezone(UTC)


def _count(
    recount: Any, key: str, about: tuple[str, int, str], file: int, since: Raw | tuple[datetime, datetime], due: datetime,
    done: Raw | None,
) -> None:  # fmt: skip
    began, known = since if isinstance(since, tuple) else (since["occurred_at"], since["recorded_at"])
    then = done if done and done["recorded_at"] <= recount.known else None
    recount._count(f"assessment.{key}", about, file, began, known, due, then, done)


def recount_of_interpreters(recount: Any) -> None:
    """Confirmed, came, asked."""
    from tests.demo.test_independent_counts import london, working

    replies = _standing(interpreting.ProviderReply, "request_id")
    present = _standing(interpreting.InterpreterPresence, "request_id")
    cancelled = _standing(interpreting.InterpreterCancel, "request_id")
    instead = _standing(interpreting.FamilyInterpreter, "request_id")
    understood = _standing(interpreting.UnderstoodAnswer, "request_id")
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
            _count(recount, "interpreter-confirmed", about, file, since, due, first)
        if gone is None:
            _count(recount, "interpreter-came", about, file, since, needed, next(iter(came), None))
        spoke = min([*came, *instead.get(pk, [])], key=lambda row: row["occurred_at"], default=None)
        if spoke:
            by = working(london(spoke["occurred_at"]), 5)
            _count(recount, "understood-asked", about, file, spoke, by, next(iter(understood.get(pk, [])), None))


def recount_of_housing(recount: Any) -> None:
    """Assessed, reported, answered, looked at again, and the limit of bed and breakfast."""
    from tests.demo.test_independent_counts import london, working

    seen = _standing(housing.Suitability, "move_id")
    told = _standing(housing.ShortfallReport, "assessment_id")
    said = _standing(housing.ShortfallAnswer, "report_id")
    again = _standing(housing.AccommodationReview, "move_id")
    left = _standing(housing.TemporaryMoveEnd, "move_id")
    children: dict[int, list[int]] = {}
    for row in housing.TemporaryMove.children.through._base_manager.values():
        children.setdefault(row["temporarymove_id"], []).append(row["child_id"])
    team = dict(Officer.objects.values_list("pk", "team_id"))
    for move in housing.TemporaryMove._base_manager.values():
        pk, file, kind = move["id"], move["case_file_id"], "housing.temporarymove"
        end = next(iter(left.get(pk, [])), None)
        out = end["occurred_at"] if end else None
        knew = max(move["moved_at"], move["told_at"])
        by = working(london(knew), 5)
        for child in children[pk]:
            mine = [row for row in seen.get(pk, []) if row["child_id"] == child]
            if mine or out is None or out > by:
                _count(
                    recount, "temporary-housing-assessed", (kind, pk, f"child-{child}"), file,
                    (knew, move["recorded_at"]), by, next(iter(mine), None),
                )  # fmt: skip
        for one in seen.get(pk, []):
            if not any(one[heading] == "shortfall" for heading in HEADINGS):
                continue
            sent = told.get(one["id"], [])
            by = working(london(one["occurred_at"]), 1)
            about = (kind, pk, f"assessment-{one['id']}")
            _count(recount, "shortfall-reported", about, file, one, by, next(iter(sent), None))
            for report in sent:
                _answered(recount, pk, report, next(iter(said.get(report["id"], [])), None), team[report["to_id"]])
        _looked_at_again(recount, move, again.get(pk, []), end)
        if move["kind"] == "bed-and-breakfast":
            since = (move["moved_at"], move["recorded_at"])
            by = _night(london(move["moved_at"]), 42)
            _count(recount, "bed-and-breakfast-ended", (kind, pk, ""), file, since, by, end)


def _answered(recount: Any, move: int, report: Raw, answer: Raw | None, team: int | None) -> None:
    """What a senior manager owes counts for their own team, of which most have none."""
    from tests.demo.test_independent_counts import london, working

    if report["occurred_at"] > recount.as_at or report["recorded_at"] > recount.known:
        return
    key, about = "assessment.shortfall-answered", ("housing.temporarymove", move, f"report-{report['id']}")
    due = working(london(report["occurred_at"]), 5)
    recount.due[key, *about] = due
    done = answer["occurred_at"] if answer and answer["recorded_at"] <= recount.known else None
    verdict = recount._verdict(due, done, recount.excuses.get((key, *about)))
    recount.counts[key, team, london(report["occurred_at"]).replace(day=1), verdict] += 1


def _looked_at_again(recount: Any, move: Raw, reviews: list[Raw], end: Raw | None) -> None:
    from tests.demo.test_independent_counts import london

    since, key = (move["moved_at"], move["recorded_at"]), "move"
    about = ("housing.temporarymove", move["id"])
    for review in [*reviews, None]:
        by = _night(london(since[0]), 42)
        if review is None and end is not None and end["occurred_at"] <= by:
            return
        done = review or end
        _count(recount, "temporary-housing-reviewed", (*about, key), move["case_file_id"], since, by, done)
        if review:
            since, key = (review["occurred_at"], review["recorded_at"]), f"review-{review['id']}"
