"""Children in hospital: notified, visited and discharged."""

from assurance.rooms.blanks import WHEN
from assurance.rows import Hands, Pages, Row, World, each

POSTED = {"hospital-visit": {"seen": "Asleep, with the mother there", **WHEN}}
READING = {"read hospital notification"}


def fill(row: Row, hands: Hands) -> None:
    """A notification with what followed, in every word."""
    from goldenthread.core.clock import now
    from goldenthread.standards.assessment.hospital import actions

    words, at, by = row.word("words"), now(), hands.by
    told = actions.take_notification(
        case_file=row.case_file, children=[row.child], told="ward", hospital=f"Hospital {row.number}", told_by=words,
        concern=words, harm="yes", admitted_at=at, received_at=at, by=by,
    )  # fmt: skip
    visit = actions.visit_on_ward(notification=told, seen=words, occurred_at=at, by=by)
    actions.record_discharge(notification=told, how="removed", where_to=words, done=words, occurred_at=at, by=by)
    row.made |= {"ward": told.pk, "visit": visit.pk}


def keys(row: Row) -> list[tuple[str, int]]:
    """The notification."""
    return [("hospital.hospitalnotification", row.made["ward"])]


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """Its pages."""
    made = row.made
    return {
        "file-hospital": [[row.case_file.pk]],
        **each((
            "hospital", "hospital-visit", "hospital-step", "hospital-harm", "hospital-plan", "hospital-discharge",
            "hospital-escalation",
        ), made["ward"]),
        "hospital-correct": [[made["ward"], "wardvisit", made["visit"]]],
    }  # fmt: skip
