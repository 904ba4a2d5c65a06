"""Chronologies: an event, a mark, a review and a reading; and the document."""

from typing import Any

from assurance.rooms.blanks import WHEN
from assurance.rows import Hands, Pages, Row, World, each

POSTED: dict[str, dict[str, Any]] = {
    "chronology-review": {"words": "Each move came after somebody had asked", **WHEN},
    "chronology-seen": {"words": "Put the moves beside the injuries before the conference", **WHEN},
}
READING = {"read chronology", "print chronology"}


def fill(row: Row, hands: Hands) -> None:
    """What was put in, marked, gone through and read, in every word."""
    from goldenthread.core.clock import now, today
    from goldenthread.standards.allocation.chronology import actions

    words, file, by = row.word("words"), row.case_file, hands.by
    event = actions.add_event(
        case_file=file, children=[row.child], what=words, why=words, significance="key", source="health", told_by=words,
        occurred_at=now(), learnt_on=today(), by=by,
    )  # fmt: skip
    mark = actions.mark_event(
        case_file=file, kind="referrals.referral", target=row.referral.pk, significance="key", why=words, by=by
    )
    review = actions.review_chronology(case_file=file, words=words, occurred_at=now(), by=by)
    actions.see_chronology(review=review, words=words, occurred_at=now(), by=hands.manager)
    row.made |= {"event": event.pk, "mark": mark.pk, "chronology-review": review.pk}


def keys(row: Row) -> list[tuple[str, int]]:
    """The file's own: see `oversight`."""
    return []


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """Its pages."""
    file, made = row.case_file.pk, row.made
    kinds = ("html", "docx", "pdf") if pdf else ("html",)
    return {
        **each(("chronology", "chronology-add", "chronology-review"), file),
        "chronology-mark": [[file, "cases.child", row.child.pk]],
        "chronology-seen": [[file, made["chronology-review"]]],
        "chronology-correct": [[file, "significantevent", made["event"]], [file, "eventmark", made["mark"]]],
        "chronology-document": [[file, kind] for kind in kinds],
    }
