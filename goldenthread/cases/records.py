"""Records on a case file: which of them an officer may open, the same way as the file itself."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models

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
    """A record on a case file: each kind names its own `case_file` key, and `objects = OnFileQuerySet.as_manager()`."""

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
