"""Children in temporary accommodation, whether it suits each of them, and who was told where it does not. Only the verbs
(`actions`, `shortfalls`, `recommending`) write them."""

from typing import TYPE_CHECKING

from django.db import models

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.records import NamedOnFile, OnFileQuerySet
from goldenthread.core.clock import Moment
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.housing.choices import (
    Heading,
    Judged,
    Kind,
    Outcome,
    Overall,
    ToldBy,
    WentTo,
)

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class TemporaryMove(NamedOnFile):
    """That children of a case file were moved to temporary accommodation.

    moved_at and told_at: when they moved, and when we were told; recorded_at: when that was recorded. place: where, in
    words; empty where the address is confidential. authority: the housing authority that placed them, if one did.
    """

    letters, page = "TA", "temporary-move"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="temporary_moves")
    children = models.ManyToManyField(Child, related_name="temporary_moves")
    kind = models.CharField(max_length=20, choices=Kind)
    place = models.CharField(max_length=120, blank=True)
    confidential = models.BooleanField(default=False)
    authority = models.CharField(max_length=120, blank=True)
    out_of_area = models.BooleanField(default=False)
    told_by = models.CharField(max_length=20, choices=ToldBy)
    expected_until = models.DateField(null=True, blank=True)
    moved_at = models.DateTimeField()
    told_at = models.DateTimeField()

    objects = OnFileQuerySet["TemporaryMove"].as_manager()
    if TYPE_CHECKING:
        suitability_assessments: RelatedManager["Suitability"]
        accommodation_reviews: RelatedManager["AccommodationReview"]
        ends: RelatedManager["TemporaryMoveEnd"]

    class Meta:
        ordering = ["-moved_at", "-pk"]
        indexes = [models.Index(fields=["moved_at"], name="temporary_moves_by_date")]

    @property
    def moved(self) -> Moment:
        """When the children moved, and when that was recorded."""
        return Moment(self.moved_at, self.recorded_at)

    @property
    def known(self) -> Moment:
        """When we knew that they had moved, and when that was recorded: nobody can assess before."""
        return Moment(max(self.moved_at, self.told_at), self.recorded_at)


class Suitability(Fact):
    """Whether the place suits one child; occurred_at is when a worker saw it.

    with_housing: who of Housing was there; why_not_joint: why nobody was. Under each heading it is suitable, or falls
    short and the words say how. change_what, change_who, change_by: what must change, by whom and by when.
    """

    move = models.ForeignKey(TemporaryMove, on_delete=models.PROTECT, related_name="suitability_assessments")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="suitability_assessments")
    with_housing = models.CharField(max_length=120, blank=True)
    why_not_joint = models.CharField(max_length=300, blank=True)
    safety = models.CharField(max_length=20, choices=Judged)
    safety_words = models.CharField(max_length=300, blank=True)
    space = models.CharField(max_length=20, choices=Judged)
    space_words = models.CharField(max_length=300, blank=True)
    cooking = models.CharField(max_length=20, choices=Judged)
    cooking_words = models.CharField(max_length=300, blank=True)
    neighbours = models.CharField(max_length=20, choices=Judged)
    neighbours_words = models.CharField(max_length=300, blank=True)
    school = models.CharField(max_length=20, choices=Judged)
    school_words = models.CharField(max_length=300, blank=True)
    health = models.CharField(max_length=20, choices=Judged)
    health_words = models.CharField(max_length=300, blank=True)
    support = models.CharField(max_length=20, choices=Judged)
    support_words = models.CharField(max_length=300, blank=True)
    overall = models.CharField(max_length=20, choices=Overall)
    change_what = models.TextField(blank=True)
    change_who = models.CharField(max_length=120, blank=True)
    change_by = models.DateField(null=True, blank=True)
    if TYPE_CHECKING:
        shortfall_reports: RelatedManager["ShortfallReport"]

    class Meta(Fact.Meta):
        verbose_name = "suitability assessment"

    def judged(self) -> list[tuple[Heading, str, str]]:
        """Each heading with what was found, and the words."""
        return [(each, getattr(self, each.value), getattr(self, f"{each.value}_words")) for each in Heading]

    @property
    def shortfalls(self) -> tuple[Heading, ...]:
        """The headings under which it falls short."""
        return tuple(heading for heading, found, _ in self.judged() if found == Judged.SHORTFALL)


class ShortfallReport(Fact):
    """A shortfall was reported to a senior manager: to whom, and what was asked of them."""

    assessment = models.ForeignKey(Suitability, on_delete=models.PROTECT, related_name="shortfall_reports")
    to = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    asked = models.TextField()
    if TYPE_CHECKING:
        shortfall_answers: RelatedManager["ShortfallAnswer"]
        shortfall_outcomes: RelatedManager["ShortfallOutcome"]


class ShortfallAnswer(Fact):
    """What the senior manager will have done, and by when."""

    report = models.ForeignKey(ShortfallReport, on_delete=models.PROTECT, related_name="shortfall_answers")
    will_do = models.TextField()
    by_when = models.DateField()


class ShortfallOutcome(Fact):
    """What came of a reported shortfall."""

    report = models.ForeignKey(ShortfallReport, on_delete=models.PROTECT, related_name="shortfall_outcomes")
    what = models.CharField(max_length=20, choices=Outcome)
    words = models.TextField()


class AccommodationReview(Fact):
    """The accommodation was looked at again while it lasts: how it suits the children now, and what is next."""

    move = models.ForeignKey(TemporaryMove, on_delete=models.PROTECT, related_name="accommodation_reviews")
    finding = models.CharField(max_length=20, choices=Overall)
    words = models.TextField()
    next_step = models.TextField()


class TemporaryMoveEnd(Fact):
    """The children left it: when, and for where."""

    move = models.ForeignKey(TemporaryMove, on_delete=models.PROTECT, related_name="ends")
    went_to = models.CharField(max_length=20, choices=WentTo)
    words = models.TextField(blank=True)


class HousingProposal(Fact):
    """What a person recommends, beside the figures of a month (its first day). A later one takes the place of the one before."""

    month = models.DateField()
    words = models.TextField()

    class Meta(Fact.Meta):
        verbose_name = "housing recommendation"
        # Of two who write for a month at the same moment, the second takes the place of the first: it does not stand beside it.
        constraints = [
            models.UniqueConstraint(
                fields=["month"], condition=models.Q(supersedes=None), name="one_first_recommendation"
            )
        ]
