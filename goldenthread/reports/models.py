"""What was published, whole. It is never computed again: a date corrected later changes what is known, not what was printed."""

from hashlib import sha256
from typing import Any, NoReturn, Self

from django.db import models
from django.urls import reverse

from goldenthread.core.errors import Refused
from goldenthread.people.models import Officer
from goldenthread.plan.models import Plan

FORMATS = ("html", "docx", "pdf")
_FROZEN = "A published report is never changed or taken away: publish another edition."


class PublishedReportQuerySet(models.QuerySet["PublishedReport"]):
    def update(self, **_: Any) -> NoReturn:
        """Refused: what was published stays as it is."""
        raise Refused(_FROZEN)

    def delete(self) -> NoReturn:
        """Refused: what was published stays."""
        raise Refused(_FROZEN)

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        """Refused: what was published stays as it is."""
        raise Refused(_FROZEN)

    def without_files(self) -> Self:
        """For lists: without the files, which are large."""
        return self.defer("tree", *FORMATS)


class PublishedReport(models.Model):
    """One edition of one report as at one day. tree: its content as JSON text; html, docx, pdf: its files, with the
    SHA-256 of each beside it."""

    name = models.CharField(max_length=40)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="reports")
    as_at = models.DateField()
    edition = models.PositiveIntegerField(default=1)
    title = models.TextField()
    published_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    tree = models.TextField()
    tree_sha256 = models.CharField(max_length=64)
    html = models.BinaryField()
    html_sha256 = models.CharField(max_length=64)
    docx = models.BinaryField()
    docx_sha256 = models.CharField(max_length=64)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)

    objects = PublishedReportQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["name", "plan", "as_at", "edition"], name="one_edition")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("report-published", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises Refused for a report that is published already."""
        if not self._state.adding:
            raise Refused(_FROZEN)
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refused: what was published stays."""
        raise Refused(_FROZEN)

    def file(self, kind: str) -> bytes:
        """The bytes that were published in one format. Raises KeyError for no such format, and Refused where they are
        no longer the bytes that were published."""
        if kind == "json":
            stored, stamped = self.tree.encode("utf-8"), self.tree_sha256
        elif kind in FORMATS:
            stored, stamped = bytes(getattr(self, kind)), getattr(self, f"{kind}_sha256")
        else:
            raise KeyError(kind)
        if sha256(stored).hexdigest() != stamped:
            raise Refused(f"The {kind} file of “{self.title}” is not what was published: restore it from a backup.")
        return stored
