"""A child known to the service, what else the child is called, and where the child lives or lived."""

from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.db import models

from goldenthread.people.models import Officer

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from goldenthread.cases.household import (
        AgencyInvolved,
        ChildAmendment,
        Communication,
        Disability,
        Ethnicity,
        LanguageAnswer,
        Tie,
    )
    from goldenthread.cases.models import CaseFile, Restriction


class ChildManager(models.Manager["Child"]):
    """Children, without the records that were merged into another: those are in no search, list or choice."""

    def get_queryset(self) -> models.QuerySet["Child"]:
        """As above."""
        return super().get_queryset().filter(merged_into=None)


class Child(models.Model):
    """A child known to the service. merged_into: the record that stands for this child since two were found to be of one
    child; this one is then on no file, and keeps what it said (see `merges`)."""

    class Sex(models.TextChoices):
        FEMALE = "F", "Female"
        MALE = "M", "Male"
        NOT_KNOWN = "U", "Not known"

    given_names = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    date_of_birth = models.DateField(null=True, blank=True)
    birth_date_is_estimate = models.BooleanField(default=False)
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.NOT_KNOWN)
    search_name = models.CharField(max_length=250, db_index=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_records"
    )

    objects = ChildManager()
    every = models.Manager["Child"]()
    if TYPE_CHECKING:
        merged_into_id: int | None
        addresses: RelatedManager["Address"]
        agencies: RelatedManager["AgencyInvolved"]
        amendments: RelatedManager["ChildAmendment"]
        case_files: RelatedManager["CaseFile"]
        communications: RelatedManager["Communication"]
        disabilities: RelatedManager["Disability"]
        ethnicities: RelatedManager["Ethnicity"]
        languages: RelatedManager["LanguageAnswer"]
        other_names: RelatedManager["OtherName"]
        restrictions: RelatedManager["Restriction"]
        ties: RelatedManager["Tie"]

    class Meta:
        ordering = ["family_name", "given_names"]

    def __str__(self) -> str:
        return f"Child {self.pk}"

    @property
    def name(self) -> str:
        """Given names, then family name. For pages only: never for a log, a URL, an e-mail or a page title."""
        return f"{self.given_names} {self.family_name}"

    def age_on(self, day: date) -> int | None:
        """Whole years on a day, or None where the date of birth is not known."""
        born = self.date_of_birth
        return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def current(self) -> "Child":
        """The record that stands for this child now: itself, or the one that it was merged into, however many steps on."""
        found = self
        while found.merged_into_id is not None:
            found = Child.every.get(pk=found.merged_into_id)
        return found

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_name = f"{self.given_names} {self.family_name}".casefold()
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class TakenBack(models.Model):
    """Something that may be taken back: it stays, with who said that it was wrong, and is on no list."""

    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


T = TypeVar("T", bound=TakenBack)


class StandingManager(models.Manager[T]):
    """Rows that were not taken back."""

    def get_queryset(self) -> models.QuerySet[T]:
        """As above."""
        return super().get_queryset().filter(withdrawn_at=None)


class OtherName(TakenBack):
    """Another name that a child goes or went by, beside the one on the record; found by every search, as the other is."""

    class Kind(models.TextChoices):
        KNOWN_AS = "known-as", "Known as"
        BIRTH = "birth", "Name at birth"
        FORMER = "former", "Former name"
        SPELLING = "spelling", "Other spelling"
        ALIAS = "alias", "Name given to another service"
        MERGED = "merged", "Name on a record that was merged into this one"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="other_names")
    kind = models.CharField(max_length=20, choices=Kind)
    given_names = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    search_name = models.CharField(max_length=250, db_index=True, editable=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = StandingManager["OtherName"]()
    every = models.Manager["OtherName"]()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"other name {self.pk}"

    @property
    def name(self) -> str:
        """Given names, then family name. For pages only."""
        return f"{self.given_names} {self.family_name}".strip()

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_name = f"{self.given_names} {self.family_name}".strip().casefold()
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Address(TakenBack):
    """Where a child lived, from when until when, and why they moved there. A confidential one is in no page, list, report
    or export unless it is asked for by itself. until: left out, they lived there until the next address began."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="addresses")
    lines = models.CharField(max_length=200)
    postcode = models.CharField(max_length=10, blank=True)
    confidential = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    moved_because = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = StandingManager["Address"]()
    every = models.Manager["Address"]()

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return f"address {self.pk}"
