"""Strategy discussions, what came of them, and child protection plans. Only the verbs (`actions`, `plans`, `corrections`)
write them. What hangs on a discussion or a plan hangs on its first row, which outlasts corrections."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models

from goldenthread.cases.facts import Fact, Standing, standing
from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.records import FactOnFile, OnFileQuerySet
from goldenthread.standards.assessment.assessing.models import Assessment
from goldenthread.standards.assessment.protection.choices import (
    ENQUIRY,
    Agency,
    Category,
    Decision,
    Outcome,
    Step,
    WhyEnded,
)
from goldenthread.standards.referrals.models import Referral

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class StrategyDiscussion(FactOnFile):
    """Agencies discussed whether a child may be suffering significant harm; occurred_at is when.

    referral: the one that it followed; without one, it was a new concern on an open case. known: what was known; immediate:
    what was done at once to keep the child safe. assessment: the section 47 enquiry that began with it.
    """

    page = "strategy"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="strategy_discussions")
    children = models.ManyToManyField(Child, related_name="+")
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="strategy_discussions"
    )
    known = models.TextField("what is known")
    decision = models.CharField(max_length=20, choices=Decision)
    why = models.TextField("why it was decided so")
    immediate = models.TextField("what is done at once to keep the child safe", blank=True)
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, null=True, blank=True, related_name="strategy_discussions"
    )

    objects = OnFileQuerySet["StrategyDiscussion"].as_manager()
    if TYPE_CHECKING:
        agencies: RelatedManager["AgencyAtDiscussion"]
        outcomes: RelatedManager["EnquiryOutcome"]
        conferences: RelatedManager["ConferenceDate"]

    class Meta(Fact.Meta):
        pass

    @property
    def is_enquiry(self) -> bool:
        """Whether a section 47 enquiry began with it."""
        return self.decision in ENQUIRY

    @property
    def took_part(self) -> Mapping[str, str]:
        """Who took part, by agency. Reads `agencies`."""
        return {one.agency: one.who for one in self.agencies.all()}


class AgencyAtDiscussion(models.Model):
    """That an agency took part in a strategy discussion, and who of it."""

    discussion = models.ForeignKey(StrategyDiscussion, on_delete=models.PROTECT, related_name="agencies")
    agency = models.CharField(max_length=20, choices=Agency)
    who = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["discussion", "agency"], name="agency_once_at_a_discussion")]
        verbose_name = "agency at a discussion"
        verbose_name_plural = "agencies at discussions"

    def __str__(self) -> str:
        return f"{self.agency} at strategy discussion {self.discussion_id}"


class EnquiryOutcome(Fact):
    """What a section 47 enquiry found; occurred_at is when it was decided."""

    discussion = models.ForeignKey(StrategyDiscussion, on_delete=models.PROTECT, related_name="outcomes")
    outcome = models.CharField(max_length=20, choices=Outcome)
    why = models.TextField()


class ConferenceDate(Fact):
    """An initial child protection conference was arranged (for when), or held (occurred_at) and what it decided.

    The conference itself (who came, what was said) is not here: this is its date and whether a plan was made.
    """

    discussion = models.ForeignKey(StrategyDiscussion, on_delete=models.PROTECT, related_name="conferences")
    step = models.CharField(max_length=20, choices=Step)
    arranged_for = models.DateTimeField(null=True, blank=True)
    words = models.TextField("what was decided", blank=True)
    if TYPE_CHECKING:
        plans: RelatedManager["ProtectionPlan"]


class ProtectionPlan(FactOnFile):
    """A child is on a child protection plan from a conference on; occurred_at is when it began."""

    page = "protection-plan"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="protection_plans")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="protection_plans")
    conference = models.ForeignKey(ConferenceDate, on_delete=models.PROTECT, related_name="plans")
    category = models.CharField(max_length=20, choices=Category)

    objects = OnFileQuerySet["ProtectionPlan"].as_manager()
    if TYPE_CHECKING:
        core_groups: RelatedManager["CoreGroup"]
        reviews: RelatedManager["ReviewConference"]
        ends: RelatedManager["PlanEnd"]

    class Meta(Fact.Meta):
        verbose_name = "child protection plan"

    @property
    def ended(self) -> Standing["PlanEnd"] | None:
        """How it ended; None while it runs. Ask it of the first row."""
        return next(iter(standing(self.ends.all())), None)


class CoreGroup(Fact):
    """The core group of a plan met."""

    plan = models.ForeignKey(ProtectionPlan, on_delete=models.PROTECT, related_name="core_groups")
    words = models.TextField("what was decided")


class ReviewConference(Fact):
    """A child protection review conference was held about a plan."""

    plan = models.ForeignKey(ProtectionPlan, on_delete=models.PROTECT, related_name="reviews")
    words = models.TextField("what was decided")


class PlanEnd(Fact):
    """A child protection plan ended."""

    plan = models.ForeignKey(ProtectionPlan, on_delete=models.PROTECT, related_name="ends")
    reason = models.CharField("why it ended", max_length=20, choices=WhyEnded)
    words = models.TextField("what was decided")

    class Meta(Fact.Meta):
        verbose_name = "end of a plan"
        verbose_name_plural = "ends of plans"
