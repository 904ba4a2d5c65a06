"""Assessments, and plans for children in need, with words in every box."""

from datetime import date
from typing import Any

from assurance.rooms.blanks import WHEN
from assurance.rows import Hands, Pages, Row, World, each

POSTED = {
    "assessment-write": {"text": "He is hungry on Mondays"},
    "assessment-views": {"words": "I want Mum to sleep", **WHEN},
}
READING = {"read assessment", "read plan for a child in need"}


def fill(row: Row, hands: Hands) -> None:
    """An assessment and a plan, written plainly."""
    from goldenthread.core.clock import now
    from goldenthread.standards.assessment.assessing import models as room

    words, at = row.word("assessed"), now()
    stamped: dict[str, Any] = {"recorded_at": at, "by": hands.manager}
    fact: dict[str, Any] = {"occurred_at": at, **stamped}
    made = room.Assessment.objects.create(
        case_file=row.case_file, kind="single", purpose=words, expectations=words, referral=row.referral, started_at=at,
        **stamped,
    )  # fmt: skip
    made.children.add(row.child)
    on: dict[str, Any] = {"assessment": made, "child": row.child}
    room.AssessmentPart.objects.create(assessment=made, part="analysis", text=words, **fact)
    seen = room.ChildSeen.objects.create(seen=False, why_not_seen=words, **on, **fact)
    room.ChildsViews.objects.create(words=words, understanding=words, **on, **fact)
    plan = room.ChildInNeedPlan.objects.create(
        case_file=row.case_file, assessment=made, aim=words, made_at=at, **stamped
    )
    plan.children.add(row.child)
    step = room.PlannedStep.objects.create(
        plan=plan, need=words, what=words, whose="us", who=words, by_when=date(2030, 1, 1), sign=words, **fact
    )
    room.PlanSignOff.objects.create(plan=plan, reason=words, **fact)
    room.PlanReview.objects.create(plan=plan, who_came=words, changed=words, outcome="continue", reason=words, **fact)
    row.made |= {"assessment": made.pk, "seen": seen.pk, "needplan": plan.pk, "step": step.pk}


def keys(row: Row) -> list[tuple[str, int]]:
    """The assessment and the plan."""
    return [("assessing.assessment", row.made["assessment"]), ("assessing.childinneedplan", row.made["needplan"])]


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """Their pages."""
    made, child = row.made, row.child.pk
    return {
        "file-assessment": [[row.case_file.pk]], "referral-assessment": [[row.referral.pk]],
        **each((
            "assessment", "assessment-disabled", "assessment-hand-in", "assessment-sign-off", "assessment-return",
            "assessment-reopen", "assessment-plan",
        ), made["assessment"]),
        "assessment-write": [[made["assessment"], "analysis"]],
        **each(("assessment-seen", "assessment-views"), made["assessment"], child),
        "assessment-correct": [[made["assessment"], "childseen", made["seen"]]],
        **each(("needplan", "needplan-step", "needplan-sign-off", "needplan-review"), made["needplan"]),
        "needplan-step-change": [[made["needplan"], made["step"]]],
    }  # fmt: skip
