"""What a worker adds to a chronology, and who went through it. Only the verbs (`actions`, `corrections`) write them.

The chronology itself is kept nowhere: it is read from the records each time (`cases.events`).
"""

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse

from goldenthread.cases.events import Source
from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile, Child, Person
from goldenthread.cases.precision import Precision
from goldenthread.cases.records import FactOnFile, OnFileQuerySet
from goldenthread.people.models import Officer, Team
from goldenthread.standards.allocation.chronology.choices import MARKS

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class _InChronology(FactOnFile):
    """Its page is the chronology of its file."""

    page = "chronology"

    class Meta(Fact.Meta):
        abstract = True

    def get_absolute_url(self) -> str:
        """The chronology that it is in."""
        return reverse(self.page, args=[self.case_file_id])


class SignificantEvent(_InChronology):
    """Something that happened to a child and that no other record holds; occurred_at is when, as exactly as `precision` says:
    of a month or a year, its first instant.

    why: why it matters to the child. learnt_on: the day on which we learnt of it. person: of whom around the child it is,
    by the first row; empty, of the children. source and told_by: which agency we know it from, and who there or what paper.
    """

    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="significant_events")
    children = models.ManyToManyField(Child, related_name="significant_events")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what = models.CharField("what happened", max_length=300)
    why = models.TextField("why it matters to the child")
    significance = models.CharField("how much it matters", max_length=20, choices=MARKS)
    source = models.CharField("which agency it comes from", max_length=20, choices=Source)
    told_by = models.CharField("who told us, or which paper", max_length=200)
    precision = models.CharField("how exactly it is known", max_length=10, choices=Precision, default=Precision.TIME)
    learnt_on = models.DateField("when we learnt of it")

    objects = OnFileQuerySet["SignificantEvent"].as_manager()

    class Meta(Fact.Meta):
        pass


class EventMark(_InChronology):
    """That an event which another record holds is significant, and why it matters to the child. kind and target: which one,
    as the chronology names it; occurred_at is when it was marked."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="event_marks")
    kind = models.CharField(max_length=80)
    target = models.BigIntegerField()
    significance = models.CharField("how much it matters", max_length=20, choices=MARKS)
    why = models.TextField("why it matters to the child")

    objects = OnFileQuerySet["EventMark"].as_manager()

    class Meta(Fact.Meta):
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["case_file", "kind", "target"], name="event_marks_by_event"),
        ]

    @property
    def event(self) -> str:
        """Which event it marks, as the chronology names it."""
        return f"{self.kind}:{self.target}"


class ChronologyReview(_InChronology):
    """A worker went through the whole chronology; words: what it tells now. team and to: which manager is to read it, as it
    stood when it was recorded."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="chronology_reviews")
    words = models.TextField("what the chronology tells")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = OnFileQuerySet["ChronologyReview"].as_manager()
    if TYPE_CHECKING:
        seen: RelatedManager["ChronologySeen"]

    class Meta(Fact.Meta):
        pass


class ChronologySeen(_InChronology):
    """A manager read the chronology after a review of it, and what they think. review: its first row."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="chronologies_seen")
    review = models.ForeignKey(ChronologyReview, on_delete=models.PROTECT, related_name="seen")
    words = models.TextField("what you think of it")
    if TYPE_CHECKING:
        review_id: int

    objects = OnFileQuerySet["ChronologySeen"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "reading of a chronology"
        verbose_name_plural = "readings of chronologies"
