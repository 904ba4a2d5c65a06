"""Records on a case file: which of them an officer may open, the same way as the file itself."""

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models
from django.urls import reverse

from goldenthread.cases.facts import Fact, Standing, standing
from goldenthread.cases.models import BreakGlass, CaseFile
from goldenthread.cases.sight import seen_by
from goldenthread.people.models import Officer

R = TypeVar("R", bound="OnFile")


class OnFileQuerySet(models.QuerySet[R]):
    """Rows of a record that has a `case_file`."""

    def visible_to(self, officer: Officer) -> Self:
        """Those on case files that this officer may open."""
        seen = seen_by(officer, "case_file__")
        return self if seen is None else self.filter(seen)

    def writable_by(self, officer: Officer) -> Self:
        """Those that they may write to as well."""
        seen = seen_by(officer, "case_file__", writing=True)
        return self if seen is None else self.filter(seen)


class OnFile(models.Model):
    """A record on a case file: each kind names its own `case_file` key, and `objects = OnFileQuerySet.as_manager()`.

    page: the name of its page's URL.
    """

    page: ClassVar[str]
    why_open = "role"
    """Why whoever opened it could, for the trail: set where it is opened or locked."""
    emergency: BreakGlass | None = None
    """The emergency in which it was opened, where nothing else opens it: set with `why_open`."""
    if TYPE_CHECKING:
        case_file: Any
        case_file_id: int

    class Meta:
        abstract = True

    def file(self) -> CaseFile:
        """Its case file."""
        found: CaseFile = self.case_file
        return found

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse(self.page, args=[self.pk])


class NamedOnFile(OnFile):
    """A record that people call by letters and a number. recorded_at is when it was known; when it was true, each kind says
    itself. token: names one submission of a form."""

    letters: ClassVar[str]
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=40, null=True, blank=True, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How people name it: R000123."""
        return f"{self.letters}{self.pk:06d}"


class FactOnFile(OnFile, Fact):
    """A record that is a fact itself: its first row names it, and what is owed hangs on that."""

    # The first row finds the others, so that what is owed on it needs no other record of the file.
    root = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="later", db_index=False
    )
    if TYPE_CHECKING:
        later: Any

    class Meta(Fact.Meta):
        abstract = True

    def get_absolute_url(self) -> str:
        """Its page, as it stands now."""
        return reverse(self.page, args=[self.first_id])

    @property
    def first(self) -> Self:
        """Its first row."""
        root: Any = self.root  # of an abstract key to itself, the type checker knows this or that class
        found: Self = root or self
        return found

    @property
    def rows(self) -> list[Self]:
        """All its rows. Ask it of the first one."""
        return [self, *self.later.all()]

    @property
    def stands(self) -> Standing[Self] | None:
        """It as it stands; None where it was taken back. Ask it of the first row."""
        return next(iter(standing(self.rows)), None)
