"""What good practice demands from the strategy discussion to the end of a child protection plan (1.5).

The same for a child with an open case as for one just referred: the discussion and the plan hang on the case file. What
hangs on a discussion or a plan is told apart by the first row of what it follows, which outlasts corrections.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from goldenthread.cases.facts import Standing, standing
from goldenthread.core.clock import Moment, day_of
from goldenthread.obligations.requirement import Owed, Requirement
from goldenthread.standards.assessment.protection.choices import AT_LEAST, Outcome, Step
from goldenthread.standards.assessment.protection.models import ProtectionPlan, StrategyDiscussion
from goldenthread.standards.assessment.protection.rounds import START, rounds
from goldenthread.standards.assessment.recording.choices import Seen
from goldenthread.standards.assessment.recording.models import CaseRecord
from goldenthread.standards.referrals.choices import DecisionKind
from goldenthread.standards.referrals.models import Referral

SEEN_ALONE_FROM = 3
"""The age from which a child on a plan is to be seen alone. The council's own: younger children cannot say much alone."""


def _strategy_discussion(referral: Referral) -> Owed | None:
    decided = [s for s in standing(referral.decisions.all()) if s.fact.what == DecisionKind.STRATEGY]
    if not decided:
        return None
    held = standing(_held_on(referral))
    return Owed(since=decided[0].moment, done=held[0].moment if held else None)


def _held_on(record: Any) -> Iterable[StrategyDiscussion]:
    """All rows of the discussions on a referral or a case file, whose own rooms know nothing of them."""
    found: Iterable[StrategyDiscussion] = record.strategy_discussions.all()
    return found


def _is_whole(discussion: StrategyDiscussion) -> bool:
    return set(discussion.took_part) >= AT_LEAST


def _three_agencies(discussion: StrategyDiscussion) -> Owed | None:
    if discussion.root_id is not None or (stands := discussion.stands) is None:
        return None
    about = {child.pk for child in stands.fact.children.all()}
    others = standing(_held_on(discussion.case_file))
    whole = [
        s.moment
        for s in others
        if s.moment.occurred_at >= stands.moment.occurred_at
        and _is_whole(s.fact)
        and about & {child.pk for child in s.fact.children.all()}
    ]
    return Owed(since=stands.moment, done=whole[0] if whole else None)


def _enquiry(discussion: StrategyDiscussion) -> Standing[StrategyDiscussion] | None:
    """The discussion as it stands, where it is a first row and an enquiry began with it."""
    if discussion.root_id is not None:
        return None
    stands = discussion.stands
    return stands if stands is not None and stands.fact.is_enquiry else None


def _enquiry_outcome(discussion: StrategyDiscussion) -> Owed | None:
    if (stands := _enquiry(discussion)) is None:
        return None
    found = standing(discussion.outcomes.all())
    return Owed(since=stands.moment, done=found[0].moment if found else None)


def _initial_conference(discussion: StrategyDiscussion) -> Owed | None:
    if (stands := _enquiry(discussion)) is None:
        return None
    wanted = [s for s in standing(discussion.outcomes.all()) if s.fact.outcome == Outcome.CONFERENCE]
    if not wanted:
        return None
    held = [s.moment for s in standing(discussion.conferences.all()) if s.fact.step == Step.HELD]
    # The clock runs from the discussion; that a conference is owed is known from the outcome.
    known = max(stands.moment.recorded_at, wanted[0].moment.recorded_at)
    return Owed(since=Moment(stands.moment.occurred_at, known), done=held[0] if held else None)


def _running(plan: ProtectionPlan) -> Standing[ProtectionPlan] | None:
    return plan.stands if plan.root_id is None else None


def _core_groups(plan: ProtectionPlan) -> Iterator[Owed]:
    if (stands := _running(plan)) is None:
        return
    yield from rounds(
        stands.moment,
        standing(plan.core_groups.all()),
        first="first-core-group",
        then="core-group",
        ended=plan.ended.moment.occurred_at if plan.ended else None,
    )


def _first_core_group(plan: ProtectionPlan) -> Iterator[Owed]:
    return (owed for owed in _core_groups(plan) if owed.key == START)


def _later_core_groups(plan: ProtectionPlan) -> Iterator[Owed]:
    return (owed for owed in _core_groups(plan) if owed.key != START)


def visits(plan: ProtectionPlan, *, alone: bool = False) -> list[Standing[CaseRecord]]:
    """The visits at which the plan's child was seen (or seen alone), as they stand, first to last."""
    wanted = {Seen.ALONE} if alone else {Seen.ALONE, Seen.SEEN}
    file: Any = plan.case_file  # the type checker does not always know what an upper room hangs on a file
    records: list[Standing[CaseRecord]] = standing(file.case_records.all())
    return [s for s in records if s.fact.is_visit and s.fact.saw(plan.child_id) in wanted]


def _visit(plan: ProtectionPlan) -> Iterator[Owed]:
    if (stands := _running(plan)) is None:
        return
    ended = plan.ended.moment.occurred_at if plan.ended else None
    yield from rounds(stands.moment, visits(plan), then="protection-visit", ended=ended)


def _seen_alone(plan: ProtectionPlan) -> Iterator[Owed]:
    if (stands := _running(plan)) is None:
        return
    ended = plan.ended.moment.occurred_at if plan.ended else None

    def old_enough(since: object) -> bool:
        age = plan.child.age_on(day_of(since))  # type: ignore[arg-type]
        return age is None or age >= SEEN_ALONE_FROM

    yield from rounds(
        stands.moment, visits(plan, alone=True), then="protection-seen-alone", ended=ended, owing=old_enough
    )


def _reviews(plan: ProtectionPlan) -> Iterator[Owed]:
    if (stands := _running(plan)) is None:
        return
    ended = plan.ended.moment.occurred_at if plan.ended else None
    yield from rounds(
        stands.moment,
        standing(plan.reviews.all()),
        first="first-review-conference",
        then="review-conference",
        ended=ended,
    )


def _first_review(plan: ProtectionPlan) -> Iterator[Owed]:
    return (owed for owed in _reviews(plan) if owed.key == START)


def _later_reviews(plan: ProtectionPlan) -> Iterator[Owed]:
    return (owed for owed in _reviews(plan) if owed.key != START)


_OF_DISCUSSION = ("case_file__holdings", "later")
_OF_PLAN = ("case_file__holdings", "later", "ends")
_VISITS = ("case_file__case_records__children",)

STRATEGY_DISCUSSION = Requirement(
    key="protection.strategy-discussion",
    serves="1.5",
    title="A strategy discussion is held within one working day of the decision for one",
    why="A child who may be in danger waits while agencies wait for each other.",
    timescale="strategy-discussion",
    subject=Referral,
    owed=_strategy_discussion,
    with_related=("case_file__holdings", "decisions", "strategy_discussions"),
)
THREE_AGENCIES = Requirement(
    key="protection.three-agencies",
    serves="1.5",
    title="Social care, police and health take part in each strategy discussion",
    why="Each of them knows something that the others do not. Who was missing is brought in by a further discussion, or stays missing here.",
    timescale="strategy-agencies",
    subject=StrategyDiscussion,
    owed=_three_agencies,
    with_related=(
        *_OF_DISCUSSION,
        "children",
        "later__children",
        "case_file__strategy_discussions__agencies",
        "case_file__strategy_discussions__children",
    ),
)
ENQUIRY_OUTCOME = Requirement(
    key="protection.enquiry-outcome",
    serves="1.5",
    title="The outcome of each section 47 enquiry is decided and recorded",
    why="An enquiry that never ends protects nobody, and the family never knows.",
    timescale="enquiry-outcome",
    subject=StrategyDiscussion,
    owed=_enquiry_outcome,
    with_related=(*_OF_DISCUSSION, "outcomes"),
)
INITIAL_CONFERENCE = Requirement(
    key="protection.initial-conference",
    serves="1.5",
    title="The initial conference is held within 15 working days of the strategy discussion",
    why="From the first worry to a shared plan is long for a child: this is the longest that it may take.",
    timescale="initial-conference",
    subject=StrategyDiscussion,
    owed=_initial_conference,
    with_related=(*_OF_DISCUSSION, "outcomes", "conferences"),
)
FIRST_CORE_GROUP = Requirement(
    key="protection.first-core-group",
    serves="1.5",
    title="The core group first meets within 10 working days of the conference",
    why="A plan that nobody meets about is a paper.",
    timescale="first-core-group",
    subject=ProtectionPlan,
    owed=_first_core_group,
    with_related=(*_OF_PLAN, "core_groups"),
)
CORE_GROUP = Requirement(
    key="protection.core-group",
    serves="1.5",
    title="The core group of each child protection plan keeps meeting",
    why="Those who see the child most must see together whether the plan works.",
    timescale="core-group",
    subject=ProtectionPlan,
    owed=_later_core_groups,
    with_related=(*_OF_PLAN, "core_groups"),
)
VISIT = Requirement(
    key="protection.visit",
    serves="1.5",
    title="A child on a child protection plan is visited and seen",
    why="A child whom nobody has seen cannot be said to be safe. Each time that fell due and brought no visit counts.",
    timescale="protection-visit",
    subject=ProtectionPlan,
    owed=_visit,
    with_related=(*_OF_PLAN, *_VISITS),
)
SEEN_ALONE = Requirement(
    key="protection.seen-alone",
    serves="1.5",
    title="A child on a child protection plan is seen alone",
    why="A child may only be able to say it when nobody else is in the room.",
    timescale="protection-seen-alone",
    subject=ProtectionPlan,
    owed=_seen_alone,
    with_related=(*_OF_PLAN, "child", *_VISITS),
)
FIRST_REVIEW = Requirement(
    key="protection.first-review-conference",
    serves="1.5",
    title="A child protection plan is first reviewed in conference within three months",
    why="Three months show whether what was promised is done, and whether the child is safer for it.",
    timescale="first-review-conference",
    subject=ProtectionPlan,
    owed=_first_review,
    with_related=(*_OF_PLAN, "reviews"),
)
REVIEW_CONFERENCE = Requirement(
    key="protection.review-conference",
    serves="1.5",
    title="A child protection plan goes on being reviewed, at most six months after the last review",
    why="A plan that is not looked at again may keep a child in danger, or keep a family under suspicion.",
    timescale="review-conference",
    subject=ProtectionPlan,
    owed=_later_reviews,
    with_related=(*_OF_PLAN, "reviews"),
)

REQUIREMENTS: tuple[Requirement, ...] = (
    STRATEGY_DISCUSSION,
    THREE_AGENCIES,
    ENQUIRY_OUTCOME,
    INITIAL_CONFERENCE,
    FIRST_CORE_GROUP,
    CORE_GROUP,
    VISIT,
    SEEN_ALONE,
    FIRST_REVIEW,
    REVIEW_CONFERENCE,
)
