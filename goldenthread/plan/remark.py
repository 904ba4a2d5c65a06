"""What progress and next steps have in common."""

from django.db import models

from goldenthread.people.models import Officer


class Remark(models.Model):
    """What was said of a recommendation as at a reporting date."""

    reporting_date = models.DateField()
    order = models.PositiveIntegerField()
    text = models.TextField()
    lines = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ["recommendation", "reporting_date", "order"]

    def __str__(self) -> str:
        return f"{self.reporting_date}: {self.text}"
