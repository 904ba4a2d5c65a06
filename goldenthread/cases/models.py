"""Children and case files, and which team and worker held a file when."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from goldenthread.people.models import Officer, Team

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


def seen_by(officer: Officer, path: str = "") -> models.Q | None:
    """The filter for the case files that an officer may open; None: all of them.

    path: how the case file is reached from what is filtered (“case_file__”). Written so, and not as a list of files,
    the database looks at the files of what it found, and need not gather every file that the officer may open.
    """
    reached = officer.team_ids_reached()
    if reached is None:
        return None
    if not reached:
        return models.Q(**{f"{path}pk__in": []})
    return models.Q(**{f"{path}team__in": reached}) | models.Q(**{f"{path}worker": officer})


class CaseFileQuerySet(models.QuerySet["CaseFile"]):
    def visible_to(self, officer: Officer) -> Self:
        """The case files that this officer may open: one rule for a single record and for every list."""
        seen = seen_by(officer)
        return self if seen is None else self.filter(seen)

    def open_at(self, instant: datetime) -> Self:
        """Files open at an instant."""
        return self.filter(opened_at__lte=instant).filter(
            models.Q(closed_at__isnull=True) | models.Q(closed_at__gt=instant)
        )


class Child(models.Model):
    """A child known to the service."""

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

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_name = f"{self.given_names} {self.family_name}".casefold()
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class CaseFile(models.Model):
    """The file on which a child's, or a sibling group's, records are put. Always in some team's hands."""

    reference = models.CharField(max_length=20, unique=True)
    children = models.ManyToManyField(Child, related_name="case_files")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="case_files")
    worker = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="case_files")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CaseFileQuerySet.as_manager()
    if TYPE_CHECKING:
        holdings: RelatedManager["Holding"]

    class Meta:
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return self.reference

    def holding_at(self, instant: datetime) -> "Holding | None":
        """Who held the file at an instant, as known now; before the first holding, the first. Reads `holdings` once."""
        held = sorted(self.holdings.all(), key=lambda holding: (holding.since_at, holding.pk))
        earlier = [holding for holding in held if holding.since_at <= instant]
        return earlier[-1] if earlier else (held[0] if held else None)


class Holding(models.Model):
    """From an instant on, this team and worker held the file, until the next holding."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="holdings")
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    worker = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True)
    since_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["since_at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_file} from {self.since_at:%Y-%m-%d}"
