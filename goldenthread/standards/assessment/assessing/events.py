"""What of assessments and plans for children in need is told in the chronology of a case file."""

from typing import Any

from goldenthread.cases.events import Significance, Source, by_file, page, tells
from goldenthread.core.templatetags.words import day
from goldenthread.standards.assessment.assessing.choices import Answer
from goldenthread.standards.assessment.assessing.models import (
    Assessment,
    AssessmentPart,
    ChildInNeedPlan,
    ChildSeen,
    ChildsViews,
    HandingIn,
    ManagersAnswer,
    PlannedStep,
    PlanReview,
    PlanSignOff,
)

Told = tuple[str, tuple[str, ...]]


def _seen(row: ChildSeen) -> Told:
    if not row.seen:
        return f"{row.child.name} was not seen for the assessment", (row.why_not_seen,)
    alone = "alone" if row.alone else "not alone"
    return f"{row.child.name} was seen {alone} by {row.seen_by}", (row.why_not_alone,)


def _views(row: ChildsViews) -> Told:
    if row.words:
        return f"What {row.child.name} says", (f"“{row.words}”", row.understanding)
    return f"No views of {row.child.name}", (row.why_none,)


def _part(row: AssessmentPart) -> Told:
    outcome = row.get_outcome_display() if row.outcome else ""
    return f"Assessment {row.assessment.reference}: {row.get_part_display().lower()} written", (outcome,)


def _answered(row: ManagersAnswer) -> Told:
    return f"Assessment {row.assessment.reference}: {row.get_answer_display().lower()}", (row.reason,)


def _step(row: PlannedStep) -> Told:
    return f"Step of plan {row.plan.reference}: {row.what}", (f"By {row.who}, until {day(row.by_when)}",)


_ON: dict[str, Any] = {"on": by_file("assessment__case_file"), "url": page("assessment", "assessment_id")}
_ON_WHOLE: dict[str, Any] = _ON | {"whose": ("assessment", "children"), "with_": ("assessment",)}
_ON_CHILD: dict[str, Any] = _ON | {"whose": ("child", ""), "with_": ("child",)}
_ON_PLAN: dict[str, Any] = {
    "on": by_file("plan__case_file"), "url": page("needplan", "plan_id"), "whose": ("plan", "children"), "with_": ("plan",),
}  # fmt: skip

tells(
    Assessment, said=lambda row: (f"{row.get_kind_display()} {row.reference} begun", (row.purpose,)), on=by_file(),
    when="started_at", url=page("assessment"), whose=("", "children"), significance=Significance.SIGNIFICANT,
)  # fmt: skip
tells(AssessmentPart, said=_part, **_ON_WHOLE)
tells(
    ChildSeen,
    said=_seen,
    significance=lambda row: Significance.ROUTINE if row.seen else Significance.SIGNIFICANT,
    **_ON_CHILD,
)
tells(ChildsViews, said=_views, source=Source.FAMILY, significance=Significance.SIGNIFICANT, **_ON_CHILD)
tells(
    HandingIn, said=lambda row: (f"Assessment {row.assessment.reference} handed in", (row.remark,)), **_ON_WHOLE
)  # fmt: skip
tells(
    ManagersAnswer, said=_answered,
    significance=lambda row: Significance.SIGNIFICANT if row.answer == Answer.SIGNED_OFF else Significance.ROUTINE,
    **_ON_WHOLE,
)  # fmt: skip
tells(
    ChildInNeedPlan, said=lambda row: (f"Plan for a child in need {row.reference}", (row.aim,)), on=by_file(),
    when="made_at", url=page("needplan"), whose=("", "children"), significance=Significance.SIGNIFICANT,
)  # fmt: skip
tells(PlannedStep, said=_step, **_ON_PLAN)
tells(PlanSignOff, said=lambda row: (f"Plan {row.plan.reference} signed off", (row.reason,)), **_ON_PLAN)
tells(
    PlanReview, said=lambda row: (f"Plan {row.plan.reference} reviewed: {row.get_outcome_display()}", (row.changed,)),
    significance=Significance.SIGNIFICANT, **_ON_PLAN,
)  # fmt: skip
