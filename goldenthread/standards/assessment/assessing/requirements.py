"""What good practice demands of assessments, of hearing each child, and of plans for children in need.

`serves`: 2.2 that assessments go from facts to a decision, 2.7 that each child is heard. An assessment counts as complete
when a manager has signed it off; reopened, it is owed again as if it had not been, so that nobody gains by signing too
soon. What is several on one assessment is told apart by the child's number or by the first row of a return or review.
"""

from collections.abc import Callable, Iterator

from goldenthread.cases.facts import standing
from goldenthread.core.clock import Moment
from goldenthread.obligations.requirement import Owed, Requirement
from goldenthread.standards.assessment.assessing.choices import Answer, Kind, Outcome, PartKind, ReviewOutcome
from goldenthread.standards.assessment.assessing.clocks import RULES, counted_from, due_at
from goldenthread.standards.assessment.assessing.models import Assessment, ChildInNeedPlan
from goldenthread.standards.referrals.choices import DecisionKind
from goldenthread.standards.referrals.models import Referral

_FILE = "case_file__holdings"


def _since(assessment: Assessment) -> Moment:
    return Moment(counted_from(assessment), assessment.recorded_at)


def _started(referral: Referral) -> Owed | None:
    asked = next((s for s in standing(referral.decisions.all()) if s.fact.what == DecisionKind.ASSESSMENT), None)
    if asked is None:
        return None
    first = min(referral.assessments.all(), key=lambda a: (a.started_at, a.pk), default=None)
    return Owed(since=asked.moment, done=first.started if first else None)


def all_written(assessment: Assessment) -> Moment | None:
    """When the last of the four parts first said something, where all do. Rewriting a part does not make it later."""
    rows = list(assessment.parts.all())
    found: dict[str, Moment] = {}
    for part in standing(rows):
        if part.fact.says_something:
            said = [row for row in rows if row.pk in part.ids and row.says_something]
            first = min(said, key=lambda row: (row.recorded_at, row.pk))
            found[part.fact.part] = Moment(first.occurred_at, first.recorded_at)
    if len(found) < len(PartKind):
        return None
    return Moment(max(m.occurred_at for m in found.values()), max(m.recorded_at for m in found.values()))


def signed_off(assessment: Assessment) -> Moment | None:
    """When it was signed off, by the last sign-off that stands."""
    given = [s for s in standing(assessment.answers.all()) if s.fact.answer == Answer.SIGNED_OFF]
    return given[-1].moment if given else None


def _four_parts(assessment: Assessment) -> Owed:
    return Owed(since=_since(assessment), done=all_written(assessment), due=due_at(assessment))


def _signed_off(kind: Kind) -> Callable[[Assessment], Owed | None]:
    def owed(assessment: Assessment) -> Owed | None:
        if assessment.kind != kind:
            return None
        return Owed(since=_since(assessment), done=signed_off(assessment), due=due_at(assessment))

    return owed


def _returned(assessment: Assessment) -> Iterator[Owed]:
    handed = standing(assessment.handings_in.all())
    for back in standing(assessment.answers.all()):
        if back.fact.answer != Answer.RETURNED:
            continue
        again = [s for s in handed if s.first.pk > back.fact.handing_in_id]
        first = min(again, key=lambda s: s.first.pk, default=None)
        yield Owed(since=back.moment, done=first.moment if first else None, key=f"return-{back.first.pk}")


def _child_seen(assessment: Assessment) -> Iterator[Owed]:
    seen = standing(assessment.seen.all())
    for child in assessment.children.all():
        first = next((s.moment for s in seen if s.fact.child_id == child.pk), None)
        yield Owed(since=assessment.started, done=first, key=f"child-{child.pk}")


def _childs_views(assessment: Assessment) -> Iterator[Owed]:
    heard = standing(assessment.views.all())
    for child in assessment.children.all():
        first = next((s.moment for s in heard if s.fact.child_id == child.pk), None)
        yield Owed(since=assessment.started, done=first, due=due_at(assessment), key=f"child-{child.pk}")


def _plan(assessment: Assessment) -> Owed | None:
    decided = next((s for s in standing(assessment.parts.all()) if s.fact.part == PartKind.DECISIONS), None)
    signed = signed_off(assessment)
    if signed is None or decided is None or decided.fact.outcome != Outcome.PLAN:
        return None
    agreed = [moment for plan in assessment.plans.all() if (moment := plan.signed)]
    return Owed(since=signed, done=min(agreed, default=None))


def _first_review(plan: ChildInNeedPlan) -> Owed | None:
    if (signed := plan.signed) is None:
        return None
    return Owed(since=signed, done=next((s.moment for s in standing(plan.reviews.all())), None))


def _next_review(plan: ChildInNeedPlan) -> Iterator[Owed]:
    reviews = standing(plan.reviews.all())
    for number, review in enumerate(reviews):
        if review.fact.outcome == ReviewOutcome.CONTINUE:
            following = reviews[number + 1].moment if number + 1 < len(reviews) else None
            yield Owed(since=review.moment, done=following, key=f"after-{review.first.pk}")


STARTED = Requirement(
    key="assessment.started",
    serves="2.2",
    title="A decision to assess is followed by the start of an assessment",
    why="A decision that nobody acts on leaves the child where they were.",
    timescale="assessment-start",
    subject=Referral,
    owed=_started,
    with_related=(_FILE, "decisions", "assessments"),
)
FOUR_PARTS = Requirement(
    key="assessment.four-parts",
    serves="2.2",
    title="Information, analysis, conclusions and decisions are each written",
    why="Whoever reads it must be able to tell what was learned from what was made of it and what was decided. Due when "
    "the assessment is.",
    subject=Assessment,
    owed=_four_parts,
    with_related=(_FILE, "referral", "parts"),
)
_TITLES = {
    Kind.INITIAL: "An initial assessment is signed off in time",
    Kind.CORE: "A core assessment is signed off in time",
    Kind.SINGLE: "A single assessment is signed off in time",
    Kind.SECTION_47: "A section 47 enquiry is signed off in time",
}
SIGNED_OFF = tuple(
    Requirement(
        key=f"assessment.signed-off-{kind.value}",
        serves="2.2",
        title=title,
        why="A second pair of eyes asks whether the facts bear the decision, while it can still help the child.",
        timescale=RULES[kind],
        subject=Assessment,
        owed=_signed_off(kind),
        with_related=(_FILE, "referral", "answers"),
    )
    for kind, title in _TITLES.items()
)
RETURNED = Requirement(
    key="assessment.returned",
    serves="2.2",
    title="An assessment returned for more work is handed in again",
    why="What a manager found missing is missing for the child until it is mended.",
    timescale="assessment-returned",
    subject=Assessment,
    owed=_returned,
    with_related=(_FILE, "answers", "handings_in"),
)
CHILD_IN_NEED_PLAN = Requirement(
    key="assessment.child-in-need-plan",
    serves="2.2",
    title="A decision for a child in need plan is followed by a plan that is signed off",
    why="An assessment changes nothing for a child until somebody has promised to do something by a day.",
    timescale="child-in-need-plan",
    subject=Assessment,
    owed=_plan,
    with_related=(_FILE, "parts", "answers", "plans__sign_offs"),
)
FIRST_REVIEW = Requirement(
    key="assessment.first-plan-review",
    serves="2.2",
    title="A plan for a child in need has its first review",
    why="Early on it shows whether what was promised has begun.",
    timescale="first-plan-review",
    subject=ChildInNeedPlan,
    owed=_first_review,
    with_related=(_FILE, "sign_offs", "reviews"),
)
NEXT_REVIEW = Requirement(
    key="assessment.plan-review",
    serves="2.2",
    title="A plan that goes on is reviewed again",
    why="A plan that nobody looks at again becomes paper, and the child waits.",
    timescale="plan-review",
    subject=ChildInNeedPlan,
    owed=_next_review,
    with_related=(_FILE, "reviews"),
)
CHILD_SEEN = Requirement(
    key="assessment.child-seen",
    serves="2.7",
    title="Each child that is assessed is seen, or it is said why not",
    why="What adults say of a child is no substitute for looking at the child.",
    timescale="assessment-child-seen",
    subject=Assessment,
    owed=_child_seen,
    with_related=(_FILE, "children", "seen"),
)
CHILDS_VIEWS = Requirement(
    key="assessment.childs-views",
    serves="2.7",
    title="The views of each child that is assessed are recorded, or why there are none",
    why="Decisions about a child are better, and more just, when the child was heard. Due when the assessment is.",
    subject=Assessment,
    owed=_childs_views,
    with_related=(_FILE, "referral", "children", "views"),
)

REQUIREMENTS: tuple[Requirement, ...] = (
    STARTED,
    FOUR_PARTS,
    *SIGNED_OFF,
    RETURNED,
    CHILD_IN_NEED_PLAN,
    FIRST_REVIEW,
    NEXT_REVIEW,
    CHILD_SEEN,
    CHILDS_VIEWS,
)
