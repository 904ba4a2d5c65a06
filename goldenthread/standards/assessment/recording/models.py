"""Case records: what was seen, heard and done, and what the worker made of it. Only the verbs (`actions`) write them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.records import FactOnFile, OnFileQuerySet
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.recording.choices import SHORT, VISITS, Kind, Seen

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class CaseRecordQuerySet(OnFileQuerySet["CaseRecord"]):
    """Rows of case records, each a version of one."""

    def last_rows(self) -> "CaseRecordQuerySet":
        """Each record as it stands, those taken back too."""
        return self.filter(superseded_by__isnull=True)


class CaseRecord(FactOnFile):
    """One contact: occurred_at is when it took place, recorded_at when this row was written.

    made_by: who made the contact (`by` recorded it). facts: what was seen and heard; view: what the worker makes of it;
    next_steps: what happens next. in_confidence: it holds what somebody else told, or is about somebody else.
    """

    page = "entry"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="case_records")
    kind = models.CharField(max_length=20, choices=Kind)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    where = models.CharField(max_length=200, blank=True)
    people = models.CharField("who else took part", max_length=300, blank=True)
    facts = models.TextField("what was seen and heard")
    view = models.TextField("what you make of it", blank=True)
    next_steps = models.TextField("what happens next", blank=True)
    in_confidence = models.BooleanField(default=False)

    objects = CaseRecordQuerySet.as_manager()
    if TYPE_CHECKING:
        children: RelatedManager["ChildInRecord"]

    class Meta(Fact.Meta):
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["case_file", "-occurred_at", "-id"], name="case_records_newest_first"),
        ]

    @property
    def first_recorded_at(self) -> datetime:
        """When the contact was first recorded: a correction makes no record look late."""
        return self.first.recorded_at

    @property
    def is_visit(self) -> bool:
        """Whether a child could be visited by it."""
        return self.kind in VISITS

    def saw(self, child_id: int) -> str:
        """How far a child was seen; nothing where it is not about that child. Reads `children`."""
        return next((one.seen for one in self.children.all() if one.child_id == child_id), "")

    @property
    def who_was_seen(self) -> str:
        """The children that it is about and how far each was seen, in words. For pages only."""
        return "; ".join(f"{one.child.name} {SHORT[Seen(one.seen)]}" for one in self.children.all())


class ChildInRecord(models.Model):
    """That a case record is about a child, and how far the child was seen."""

    record = models.ForeignKey(CaseRecord, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    seen = models.CharField(max_length=20, choices=Seen)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["record", "child"], name="child_once_in_a_record")]
        verbose_name = "child in a record"
        verbose_name_plural = "children in records"

    def __str__(self) -> str:
        return f"child {self.child_id} in case record {self.record_id}"
