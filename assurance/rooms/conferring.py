"""Conferences, reviews and looked-after children: a meeting that was held, with what followed."""

from typing import Any

from assurance.rooms.blanks import WHEN
from assurance.rows import Hands, Pages, Row, World, each

POSTED: dict[str, dict[str, Any]] = {
    "meeting-decision": {"what": "See the child each week", "who": "The social worker"},
    "care-end": {"reason": "home", "words": "With a grandmother", **WHEN},
}
READING = {"read meeting", "read looked-after child"}


def fill(row: Row, hands: Hands) -> None:
    """A core group about the child's plan, in every word, and that the child is looked after."""
    from goldenthread.core.clock import now
    from goldenthread.standards.allocation.conferring import actions, care, holding
    from goldenthread.standards.assessment.protection.models import ProtectionPlan

    words, at, by = row.word("words"), now(), hands.by
    meeting = actions.convene(
        case_file=row.case_file, kind="core-group", children=[row.child], planned_for=at, place=words, chair=by,
        should_come=[actions.Should("school", words, words)], convened_at=at, by=by,
        plans=[ProtectionPlan.objects.get(child=row.child, root=None)],
    )  # fmt: skip
    person = meeting.invitees.get()
    actions.invite(meeting=meeting, invitees=[person.pk], how="letter", occurred_at=at, by=by)
    actions.answer_invitation(meeting=meeting, invitee=person.pk, answer="deputy", instead=words, occurred_at=at, by=by)
    actions.record_reports(meeting=meeting, invitees=[person.pk], step="received", words=words, occurred_at=at, by=by)
    holding.hold_meeting(meeting=meeting, words=words, there={person.pk: "came"}, occurred_at=at, by=by)
    holding.record_part(meeting=meeting, child=row.child, how="views", words=words, by=by)
    decided = holding.record_decision(meeting=meeting, what=words, who=words, by=by)
    holding.record_dissent(meeting=meeting, who=words, why=words, by=by)
    holding.send_minutes(meeting=meeting, what="minutes", to=words, occurred_at=at, by=by)
    looked = care.look_after(case_file=row.case_file, child=row.child, basis="agreed", occurred_at=at, by=by)
    row.made |= {"meeting": meeting.pk, "decided": decided.pk, "care": looked.pk}


def keys(row: Row) -> list[tuple[str, int]]:
    """The meeting, and the looked-after child."""
    return [("conferring.meeting", row.made["meeting"]), ("conferring.lookedafter", row.made["care"])]


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """Their pages."""
    made = row.made
    return {
        **each(("file-meeting", "file-care"), row.case_file.pk),
        **each((
            "meeting", "meeting-held", "meeting-invite", "meeting-answer", "meeting-report", "meeting-invitee",
            "meeting-move", "meeting-attendance", "meeting-part", "meeting-decision", "meeting-dissent", "meeting-sent",
        ), made["meeting"]),
        "meeting-correct": [[made["meeting"], "meetingdecision", made["decided"]]],
        **each(("care", "care-end"), made["care"]),
        "care-correct": [[made["care"], "lookedafter", made["care"]]],
    }  # fmt: skip
