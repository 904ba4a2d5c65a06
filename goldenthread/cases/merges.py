"""Merges: that two records are of one child, and every row that was pointed from the one to the other, so that it can be
taken back exactly. Only the verbs of `standards.assessment.household` write these."""

from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse

from goldenthread.people.models import Officer

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Merge(models.Model):
    """That `merged` is the same child as `kept`, who says so and why; undone: that it was taken back.

    watermarks: for each key to a child, the highest number that its table had then: what is above it came afterwards.
    """

    kept = models.ForeignKey("cases.Child", on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey("cases.Child", on_delete=models.PROTECT, related_name="merged_by")
    why = models.CharField(max_length=300)
    watermarks = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_why = models.CharField(max_length=300, blank=True)
    if TYPE_CHECKING:
        kept_id: int
        merged_id: int
        rows: RelatedManager["MergedRow"]

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"merge {self.pk}"

    def url_on(self, case_file: int) -> str:
        """Its page, as it is reached from a case file."""
        return reverse("child-merged", args=[case_file, self.pk])


class MergedRow(models.Model):
    """One row that a merge touched: which table, which key, which number; what was done with it; and, where it came after
    the merge, to which of the two a person gave it."""

    class What(models.TextChoices):
        MOVED = "moved", "Pointed to the kept record"
        SET_ASIDE = "set-aside", "Taken away, because the kept record had the same"
        MADE = "made", "Made by the merge"
        SINCE = "since", "Recorded while the two were one"

    class Belongs(models.TextChoices):
        KEPT = "kept", "It stays where it is"
        MERGED = "merged", "It belongs to the other record"

    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="rows")
    model = models.CharField(max_length=80)
    field = models.CharField(max_length=40)
    row = models.BigIntegerField()
    what = models.CharField(max_length=10, choices=What)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    belongs = models.CharField(max_length=10, choices=Belongs, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"merged row {self.pk}"
