"""Assessments and plans for children in need, and the facts that hang on them. Only the verbs write them: `actions`,
`signing`, `hearing`, `plans` and `corrections`."""

from typing import TYPE_CHECKING

from django.db import models

from goldenthread.cases.facts import Fact, Standing, standing
from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.records import NamedOnFile, OnFileQuerySet
from goldenthread.core.clock import Moment
from goldenthread.core.words import is_placeholder
from goldenthread.standards.assessment.assessing.choices import (
    Answer,
    Kind,
    Outcome,
    PartKind,
    ReviewOutcome,
    State,
    Tool,
    Way,
    Whose,
)
from goldenthread.standards.referrals.models import Referral

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Assessment(NamedOnFile):
    """An assessment of one or more children, from its start. started_at is when it was true, recorded_at when known.

    purpose: what it is to find out; expectations: who is expected to do what, and who expects it of them. referral: the
    one that it follows, where there is one. disabled: those of its children who are disabled, as far as was said.
    """

    letters, page = "A", "assessment"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="assessments")
    children = models.ManyToManyField(Child, related_name="assessments")
    disabled = models.ManyToManyField(Child, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    purpose = models.TextField()
    expectations = models.TextField()
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments")
    started_at = models.DateTimeField()

    objects = OnFileQuerySet["Assessment"].as_manager()
    if TYPE_CHECKING:
        parts: RelatedManager["AssessmentPart"]
        seen: RelatedManager["ChildSeen"]
        views: RelatedManager["ChildsViews"]
        handings_in: RelatedManager["HandingIn"]
        answers: RelatedManager["ManagersAnswer"]
        plans: RelatedManager["ChildInNeedPlan"]
        referral_id: int | None

    class Meta:
        ordering = ["-started_at", "-pk"]

    @property
    def started(self) -> Moment:
        """When it began, and when that was recorded."""
        return Moment(self.started_at, self.recorded_at)

    def part(self, kind: str) -> "Standing[AssessmentPart] | None":
        """A part as it stands; None where nothing was written yet."""
        return next((s for s in standing(self.parts.all()) if s.fact.part == kind), None)

    @property
    def state(self) -> State:
        """How far it has come, by its handings in and the answers to them."""
        handed = standing(self.handings_in.all())
        if not handed:
            return State.IN_PROGRESS
        last = max(handed, key=lambda s: s.first.pk)
        answer = next((s for s in standing(self.answers.all()) if s.fact.handing_in_id == last.first.pk), None)
        return State(answer.fact.answer) if answer else State.HANDED_IN

    @property
    def is_open(self) -> bool:
        """Whether its parts may be written: not while a manager has it, and not once it is signed off."""
        return self.state not in {State.HANDED_IN, State.SIGNED_OFF}


class AssessmentPart(Fact):
    """One of the four parts as it was written at a time; each rewriting supersedes the one before. outcome: what the
    decisions come to, on that part only."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=20, choices=PartKind)
    text = models.TextField()
    outcome = models.CharField(max_length=30, choices=Outcome, blank=True)

    @property
    def says_something(self) -> bool:
        """Whether somebody could act on it: no placeholder, and decisions that come to something."""
        return not is_placeholder(self.text) and (self.part != PartKind.DECISIONS or bool(self.outcome))


class ChildSeen(Fact):
    """A child was seen, and how; or was not, and why. occurred_at is when they were seen or, if not, when that was said.

    seen_by: by whom; way and language: how they understood each other; interpreter: whether one was used.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="seen")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    seen = models.BooleanField("was seen")
    why_not_seen = models.TextField("why not seen", blank=True)
    alone = models.BooleanField("seen alone", default=False)
    why_not_alone = models.TextField("why not alone", blank=True)
    seen_by = models.CharField("seen by", max_length=120, blank=True)
    way = models.CharField("way of communicating", max_length=20, choices=Way, blank=True)
    language = models.CharField(max_length=60, blank=True)
    interpreter = models.BooleanField("an interpreter was used", default=False)


class ChildsViews(Fact):
    """What a child wants and thinks, in their own words, drawings or signs; apart from it, what the worker understands by
    it. Or why there are no views. tool: what helped to hear them."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="views")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    words = models.TextField("the child's own words", blank=True)
    understanding = models.TextField("what the worker understands", blank=True)
    why_none = models.TextField("why there are none", blank=True)
    tool = models.CharField("what helped", max_length=20, choices=Tool, blank=True)

    class Meta(Fact.Meta):
        verbose_name = "child's views"


class HandingIn(Fact):
    """A worker handed the assessment in to be signed off."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="handings_in")
    remark = models.TextField("remark to the manager", blank=True)


class ManagersAnswer(Fact):
    """What a manager said to a handing in, and why. A reopening supersedes the sign-off that it takes back."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    handing_in = models.ForeignKey(HandingIn, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20, choices=Answer)
    reason = models.TextField()
    if TYPE_CHECKING:
        handing_in_id: int

    class Meta(Fact.Meta):
        verbose_name = "manager's answer"


class ChildInNeedPlan(NamedOnFile):
    """A plan for a child in need, from an assessment's decision. aim: what is to be different for the child."""

    letters, page = "N", "needplan"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="plans_in_need")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="plans")
    children = models.ManyToManyField(Child, related_name="+")
    aim = models.TextField()
    made_at = models.DateTimeField()

    objects = OnFileQuerySet["ChildInNeedPlan"].as_manager()
    if TYPE_CHECKING:
        steps: RelatedManager["PlannedStep"]
        sign_offs: RelatedManager["PlanSignOff"]
        reviews: RelatedManager["PlanReview"]

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "child in need plan"

    @property
    def signed(self) -> Moment | None:
        """When a manager first signed it off."""
        return next((s.moment for s in standing(self.sign_offs.all())), None)

    @property
    def ended(self) -> "Standing[PlanReview] | None":
        """The review that ended it, if one did."""
        return next((s for s in standing(self.reviews.all()) if s.fact.outcome != ReviewOutcome.CONTINUE), None)


class PlannedStep(Fact):
    """A need, what is done about it, by whom, by when, and how the child will know that it has worked."""

    plan = models.ForeignKey(ChildInNeedPlan, on_delete=models.PROTECT, related_name="steps")
    need = models.TextField("what the child needs")
    what = models.TextField("what will be done")
    whose = models.CharField("who does it", max_length=20, choices=Whose)
    who = models.CharField("name", max_length=120)
    by_when = models.DateField("by when")
    sign = models.TextField("how the child will know that it has worked")


class PlanSignOff(Fact):
    """A manager signed the plan off, and why."""

    plan = models.ForeignKey(ChildInNeedPlan, on_delete=models.PROTECT, related_name="sign_offs")
    reason = models.TextField()

    class Meta(Fact.Meta):
        verbose_name = "plan sign-off"


class PlanReview(Fact):
    """The plan was reviewed: who came, what has changed for the child, and what becomes of the plan."""

    plan = models.ForeignKey(ChildInNeedPlan, on_delete=models.PROTECT, related_name="reviews")
    who_came = models.TextField("who came")
    changed = models.TextField("what has changed for the child")
    outcome = models.CharField("what becomes of the plan", max_length=20, choices=ReviewOutcome)
    reason = models.TextField("why")
