"""Temporary accommodation: a child in a hostel that falls short, of which a manager was told."""

from datetime import timedelta

from assurance.rooms.blanks import WHEN, on
from assurance.rows import Hands, Pages, Row, World, each

POSTED = {
    "temporary-end": {"went_to": "home", **WHEN},
    "temporary-review": {"finding": "suitable", "words": "The lock is mended", "next_step": "A visit in May", **WHEN},
    "temporary-answer": {"will_do": "A lock on the door", **on("by_when", 3, 3, 2030), **WHEN},
}
READING = {"read temporary move"}


def fill(row: Row, hands: Hands) -> None:
    """The move, how it suits the child, a shortfall that waits for an answer and one that has its answer, and a review."""
    from goldenthread.core.clock import now, today
    from goldenthread.standards.assessment.housing import actions, shortfalls
    from goldenthread.standards.assessment.housing.choices import Heading, Outcome

    at, words, by = now(), row.word("words"), hands.by
    move = actions.record_move(
        case_file=row.case_file, children=[row.child], kind="hostel", place=row.word("place"),
        authority="Wexcombe housing", told_by="housing", moved_at=at - timedelta(hours=2), told_at=at, by=by,
    )  # fmt: skip
    judged = {heading.value: ("suitable", "") for heading in Heading} | {"safety": ("shortfall", words)}
    seen = actions.assess_suitability(
        move=move, child=row.child, judged=judged, overall="for-now", with_housing=words, change_what=words,
        change_who="Housing", change_by=today(), occurred_at=at, by=by,
    )  # fmt: skip
    waiting, answered = (
        shortfalls.report_shortfall(assessment=seen, to=hands.manager, asked=words, occurred_at=at, by=by)
        for _ in range(2)
    )
    answer = shortfalls.answer_shortfall(
        report=answered, will_do=words, by_when=today(), occurred_at=now(), by=hands.manager
    )
    outcome = shortfalls.record_outcome(report=answered, what=Outcome.values[0], words=words, occurred_at=now(), by=by)
    review = actions.review_accommodation(
        move=move, finding="for-now", words=words, next_step=words, occurred_at=now(), by=by
    )
    row.made |= {
        "move": move.pk, "suitability": seen.pk, "shortfall": waiting.pk, "shortfall-answer": answer.pk,
        "shortfall-outcome": outcome.pk, "accommodation-review": review.pk,
    }  # fmt: skip


def keys(row: Row) -> list[tuple[str, int]]:
    """The move."""
    return [("housing.temporarymove", row.made["move"])]


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """Its pages."""
    made = row.made
    move = made["move"]
    return {
        "file-temporary-move": [[row.case_file.pk]], "temporary-recommend": [[world.as_at[:7]]],
        **each(("temporary-move", "temporary-review", "temporary-end"), move),
        "temporary-assess": [[move, row.child.pk]], "temporary-report": [[move, made["suitability"]]],
        **each(("temporary-answer", "temporary-outcome"), move, made["shortfall"]),
        "temporary-correct": [
            [move, "suitability", made["suitability"]], [move, "accommodationreview", made["accommodation-review"]],
            [move, "shortfalloutcome", made["shortfall-outcome"]],
        ],
    }  # fmt: skip
