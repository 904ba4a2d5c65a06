"""The trail, drafts and submissions. All name officers and records by key, not by foreign key: they outlast what they name."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class TrailEntry(models.Model):
    """One thing that someone saw or did. Keys and changed fields; never a record's words."""

    at = models.DateTimeField(db_index=True)
    officer = models.CharField(max_length=150, db_index=True)
    deed = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, db_index=True)
    why = models.CharField(max_length=80)
    detail = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.officer} {self.deed} {self.subject}"


class Draft(models.Model):
    """What an officer has typed and not yet confirmed: one per officer and form, kept through a time-out."""

    officer = models.CharField(max_length=150)
    form = models.CharField(max_length=80)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    saved_at = models.DateTimeField()
    tab = models.CharField(max_length=40, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "form"], name="one_draft_per_form")]

    def __str__(self) -> str:
        return f"{self.officer}: {self.form}"


class Submission(models.Model):
    """One sending of a form, and what it was answered: the same again within a day gets the same answer. `words` is a
    keyed digest of what was sent; `answer` the address that it led to and the messages shown there."""

    key = models.CharField(max_length=40, unique=True)
    officer = models.CharField(max_length=150)
    path = models.CharField(max_length=80)
    words = models.CharField(max_length=16)
    answer = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.officer}: {self.path}"
