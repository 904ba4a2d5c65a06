"""Temporary accommodation, recounted."""

from datetime import timedelta

from goldenthread.people.models import Officer
from goldenthread.standards.assessment.housing import models as housing
from tests.demo.recount.books import Books
from tests.demo.recount.raw import Raw, london, night, working
from tests.demo.recount.uncorrected import owe, standing_of

HEADINGS = ("safety", "space", "cooking", "neighbours", "school", "health", "support")


def recount_of_housing(books: Books) -> None:
    """Assessed, reported, answered, looked at again, and the limit of bed and breakfast."""
    seen = standing_of(housing.Suitability, "move_id")
    told = standing_of(housing.ShortfallReport, "assessment_id")
    said = standing_of(housing.ShortfallAnswer, "report_id")
    again = standing_of(housing.AccommodationReview, "move_id")
    left = standing_of(housing.TemporaryMoveEnd, "move_id")
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
                owe(
                    books, "temporary-housing-assessed", (kind, pk, f"child-{child}"), file,
                    (knew, move["recorded_at"]), by, next(iter(mine), None),
                )  # fmt: skip
        for one in seen.get(pk, []):
            if not any(one[heading] == "shortfall" for heading in HEADINGS):
                continue
            sent = told.get(one["id"], [])
            by = working(london(one["occurred_at"]), 1)
            about = (kind, pk, f"assessment-{one['id']}")
            owe(books, "shortfall-reported", about, file, one, by, next(iter(sent), None))
            for report in sent:
                _answered(books, pk, report, next(iter(said.get(report["id"], [])), None), team[report["to_id"]])
        _looked_at_again(books, move, again.get(pk, []), end)
        if move["kind"] == "bed-and-breakfast":
            since = (move["moved_at"], move["recorded_at"])
            by = night(london(move["moved_at"]) + timedelta(days=42))
            owe(books, "bed-and-breakfast-ended", (kind, pk, ""), file, since, by, end)


def _answered(books: Books, move: int, report: Raw, answer: Raw | None, team: int | None) -> None:
    """What a senior manager owes counts for their own team, of which most have none."""
    if report["occurred_at"] > books.as_at or report["recorded_at"] > books.known:
        return
    key, about = "assessment.shortfall-answered", ("housing.temporarymove", move, f"report-{report['id']}")
    due = working(london(report["occurred_at"]), 5)
    books.due[key, *about] = due
    done = answer["occurred_at"] if answer and answer["recorded_at"] <= books.known else None
    verdict = books.verdict(due, done, books.excuses.get((key, *about)))
    books.counts[key, team, london(report["occurred_at"]).replace(day=1), verdict] += 1


def _looked_at_again(books: Books, move: Raw, reviews: list[Raw], end: Raw | None) -> None:
    since, key = (move["moved_at"], move["recorded_at"]), "move"
    about = ("housing.temporarymove", move["id"])
    for review in [*reviews, None]:
        by = night(london(since[0]) + timedelta(days=42))
        if review is None and end is not None and end["occurred_at"] <= by:
            return
        done = review or end
        owe(books, "temporary-housing-reviewed", (*about, key), move["case_file_id"], since, by, done)
        if review:
            since, key = (review["occurred_at"], review["recorded_at"]), f"review-{review['id']}"
