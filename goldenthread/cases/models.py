"""Children and case files, which team and worker held a file when, and what opens or closes a file to an officer.

The child is in `children`, what is known of a child and who is around them in `household`, and merges of two records of
one child in `merges`.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse

from goldenthread.cases.children import Address, Child, OtherName
from goldenthread.cases.finding.models import SearchKey as SearchKey  # found by Django through this module
from goldenthread.cases.household import (
    AgencyInvolved,
    ChildAmendment,
    ChildTie,
    Communication,
    Danger,
    Disability,
    Ethnicity,
    LanguageAnswer,
    Person,
    Tie,
)
from goldenthread.cases.merges import Merge, MergedRow
from goldenthread.cases.sight import seen_by
from goldenthread.people.models import Officer, Team

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

__all__ = [
    "Address", "AgencyInvolved", "BreakGlass", "CaseFile", "Child", "ChildAmendment", "ChildTie", "Communication",
    "Conflict", "Danger", "Disability", "DutyShift", "Ethnicity", "Holding", "Involvement", "LanguageAnswer", "Merge",
    "MergedRow", "OtherName", "Person", "Restriction", "RestrictionReview", "Tie",
]  # fmt: skip


_OPEN = models.Q(closed_at__isnull=True)


class CaseFileQuerySet(models.QuerySet["CaseFile"]):
    def visible_to(self, officer: Officer) -> Self:
        """The case files that this officer may open: one rule for a single record and for every list (`cases.sight`)."""
        seen = seen_by(officer)
        return self if seen is None else self.filter(seen)

    def writable_by(self, officer: Officer) -> Self:
        """Those that they may write to as well: whoever only audits a file reads it."""
        seen = seen_by(officer, writing=True)
        return self if seen is None else self.filter(seen)

    def open_at(self, instant: datetime) -> Self:
        """Files open at an instant; not those that were closed then and were opened again since."""
        held = Holding.objects.order_by()
        again = held.filter(case_file=models.OuterRef("case_file"), pk__gt=models.OuterRef("pk"), since_at__lte=instant)
        closed = held.filter(case_file=models.OuterRef("pk"), closed_at__lte=instant).exclude(models.Exists(again))
        return self.filter(opened_at__lte=instant).filter(
            ~models.Exists(closed), models.Q(closed_at__isnull=True) | models.Q(closed_at__gt=instant)
        )


class CaseFile(models.Model):
    """The file on which a child's, or a sibling group's, records are put. Always in some team's hands.

    offered_to: the team that is asked to take it on, while a transfer is under way. Those who answer for that team may read
    the file; it stays in the hands of `team` until the transfer is done.
    """

    reference = models.CharField(max_length=20, unique=True)
    children = models.ManyToManyField(Child, related_name="case_files")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="case_files")
    worker = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="case_files")
    offered_to = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="offered_files", db_index=False
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CaseFileQuerySet.as_manager()
    if TYPE_CHECKING:
        holdings: RelatedManager["Holding"]
        involvements: RelatedManager["Involvement"]
        glass_broken: RelatedManager["BreakGlass"]

    class Meta:
        ordering = ["-opened_at"]
        # Hardly any is under way: indexes that hold only those (see `cases.facts`).
        indexes = [
            models.Index(fields=["offered_to"], name="files_offered", condition=models.Q(offered_to__isnull=False)),
            models.Index(fields=["team"], name="files_going", condition=models.Q(offered_to__isnull=False)),
            # What a team and a worker hold now, without all that was closed: a team's board counts from these alone, and never
            # goes to the rows (SQLite does only where what it asks of the condition is in the index, too).
            models.Index(
                fields=["team", "worker", "opened_at", "closed_at"], name="open_files_of_team", condition=_OPEN
            ),
            models.Index(
                fields=["worker", "team", "opened_at", "closed_at"], name="open_files_of_worker", condition=_OPEN
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("case-file", args=[self.pk])

    def holding_at(self, instant: datetime) -> "Holding | None":
        """Who held the file at an instant, as known now; before the first holding, the first. Reads `holdings` once."""
        held = sorted(self.holdings.all(), key=lambda holding: (holding.since_at, holding.pk))
        earlier = [holding for holding in held if holding.since_at <= instant]
        return earlier[-1] if earlier else (held[0] if held else None)


class HoldingQuerySet(models.QuerySet["Holding"]):
    def visible_to(self, officer: Officer) -> Self:
        """Those of case files that this officer may open."""
        seen = seen_by(officer, "case_file__")
        return self if seen is None else self.filter(seen)


class Holding(models.Model):
    """From an instant on, this team and worker held the file, until the next holding; or until it was closed in their hands
    (closed_at), where it was: opened again, it is in a new holding."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="holdings")
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    worker = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True)
    since_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        ordering = ["since_at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_file} from {self.since_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """The page of its case file, which says who holds it and for what; where nobody does, of that."""
        return reverse("case-file" if self.worker_id else "wait", args=[self.case_file_id])


class Involvement(models.Model):
    """That an officer has to do with a case file besides holding it, from when until when, why, and who said so."""

    class Kind(models.TextChoices):
        CO_WORKER = "co-worker", "Co-worker"
        CHAIR = "conference-chair", "Conference chair"
        AUDITOR = "auditor", "Auditor of a sampled file"

    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="involvements")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="involvements")
    kind = models.CharField(max_length=20, choices=Kind)
    reason = models.CharField(max_length=200)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-since_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class DutyShift(models.Model):
    """From when until when an officer is on duty for a team; without a team, out of hours for the whole service."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="shifts")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["officer", "ends_at"], name="shifts_of_an_officer")]
        constraints = [
            models.CheckConstraint(
                name="shift_ends_after_it_starts", condition=models.Q(ends_at__gt=models.F("starts_at"))
            )
        ]

    def __str__(self) -> str:
        return f"duty shift {self.pk}"


class Restriction(models.Model):
    """A child's records open only to those on a list, whatever else would open them; with why, and whom to contact.

    One is in force at a time, but where two records of a child were merged: then only who is on both lists opens them.
    """

    class Level(models.TextChoices):
        RESTRICTED = "restricted", "Restricted"
        SEALED = "sealed", "Sealed (adoption)"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="restrictions")
    level = models.CharField(max_length=20, choices=Level)
    reason = models.CharField(max_length=300)
    named = models.ManyToManyField(Officer, related_name="restrictions_naming_me")
    contact = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    since_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_why = models.CharField(max_length=300, blank=True)
    if TYPE_CHECKING:
        reviews: RelatedManager["RestrictionReview"]

    class Meta:
        ordering = ["-since_at", "-pk"]

    def __str__(self) -> str:
        return f"restriction {self.pk}"

    def get_absolute_url(self) -> str:
        """Where it is accounted for."""
        return reverse("restriction", args=[self.pk])


class RestrictionReview(models.Model):
    """That somebody asked whether a restriction is still needed, and what they found."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="reviews")
    finding = models.CharField(max_length=300)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["occurred_at", "pk"]

    def __str__(self) -> str:
        return f"restriction review {self.pk}"


class Conflict(models.Model):
    """That an officer knows a child or their family, as the officer declared it. It closes the child's files to them,
    whatever else would open them."""

    class Kind(models.TextChoices):
        FAMILY = "family", "Own family"
        KNOWN = "known", "Someone known"

    class Outcome(models.TextChoices):
        ARRANGED = "arranged", "Others do what is to be done"
        NOTHING = "nothing", "Nothing had to be arranged"

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="conflicts")
    kind = models.CharField(max_length=20, choices=Kind)
    given_names = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    search_name = models.CharField(max_length=250, db_index=True, editable=False)
    date_of_birth = models.DateField(null=True, blank=True)
    children = models.ManyToManyField(Child, related_name="conflicts")
    manager = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    declared_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_why = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    outcome_words = models.CharField(max_length=300, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-declared_at", "-pk"]
        verbose_name = "declared conflict"

    def __str__(self) -> str:
        return f"declared conflict {self.pk}"

    def get_absolute_url(self) -> str:
        """Where it is accounted for."""
        return reverse("conflict", args=[self.pk])

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_name = f"{self.given_names} {self.family_name}".casefold()
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class BreakGlass(models.Model):
    """That an officer opened one case file in an emergency, without a relationship: why, until when, and what their
    manager found of it afterwards."""

    class Category(models.TextChoices):
        DANGER = "danger", "A child may be in danger now"
        CALL = "call", "Someone is asking about the child and cannot wait"
        COVER = "cover", "Whoever holds the file cannot be reached"
        OTHER = "other", "Something else"

    class Finding(models.TextChoices):
        RIGHT = "right", "It was right to open it"
        NOT_RIGHT = "not-right", "It was not right to open it"

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="glass_broken")
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="glass_broken")
    category = models.CharField(max_length=20, choices=Category)
    reason = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    manager = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    next_manager = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    finding = models.CharField(max_length=20, choices=Finding, blank=True)
    finding_words = models.CharField(max_length=300, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = "break-glass access"
        verbose_name_plural = "break-glass accesses"
        indexes = [models.Index(fields=["officer", "expires_at"], name="glass_of_an_officer")]

    def __str__(self) -> str:
        return f"emergency access {self.pk}"

    def get_absolute_url(self) -> str:
        """Where it is accounted for."""
        return reverse("emergency-review", args=[self.pk])
