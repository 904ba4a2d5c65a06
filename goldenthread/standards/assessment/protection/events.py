"""What of child protection is told in the chronology of a case file."""

from typing import Any

from goldenthread.cases.events import Significance, by_file, page, tells
from goldenthread.standards.assessment.protection.choices import Step
from goldenthread.standards.assessment.protection.models import (
    ConferenceDate,
    CoreGroup,
    EnquiryOutcome,
    PlanEnd,
    ProtectionPlan,
    ReviewConference,
    StrategyDiscussion,
)
from goldenthread.standards.assessment.protection.telling import said

_KEY = Significance.KEY
_ON_DISCUSSION: dict[str, Any] = {
    "said": said, "on": by_file("discussion__case_file"), "url": page("strategy", "discussion_id"),
    "whose": ("discussion", "children"),
}  # fmt: skip
_ON_PLAN: dict[str, Any] = {
    "said": said, "on": by_file("plan__case_file"), "url": page("protection-plan", "plan_id"), "whose": ("plan.child", ""),
    "with_": ("plan",),
}  # fmt: skip

tells(
    StrategyDiscussion, said=said, on=by_file(), url=page("strategy", "first_id"), whose=("", "children"), significance=_KEY
)  # fmt: skip
tells(EnquiryOutcome, significance=_KEY, **_ON_DISCUSSION)
tells(
    ConferenceDate, significance=lambda row: _KEY if row.step == Step.HELD else Significance.ROUTINE, **_ON_DISCUSSION
)  # fmt: skip
tells(
    ProtectionPlan, said=said, on=by_file(), url=page("protection-plan", "first_id"), whose=("child", ""), significance=_KEY
)  # fmt: skip
tells(CoreGroup, **_ON_PLAN)
tells(ReviewConference, significance=Significance.SIGNIFICANT, **_ON_PLAN)
tells(PlanEnd, significance=_KEY, **_ON_PLAN)
