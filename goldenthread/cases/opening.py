"""Opening one case file: asked of the choke point, and written to the trail."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.http import Http404

from goldenthread.cases.models import CaseFile
from goldenthread.cases.records import OnFile
from goldenthread.cases.sight import emergency_of, sight_of
from goldenthread.core import trail
from goldenthread.people.models import Officer

R = TypeVar("R", bound=OnFile)


def opened_record(officer: Officer, rows: models.QuerySet[R], pk: int, deed: str, **detail: Any) -> R:
    """One record on a case file, out of `rows`, with a trail entry of its being opened; why it could be, and in which
    emergency, is set on it. Raises Http404 where the officer may not open it, as where there is none."""
    sight = sight_of(officer)
    seen = sight.filter("case_file__")
    rows = rows.filter(pk=pk)
    found = (rows if seen is None else rows.filter(seen)).first()
    if found is None:
        raise Http404
    found.why_open = why = sight.why(found.case_file)
    found.emergency = emergency_of(officer, found.case_file) if why == "break-glass" else None
    trail.write(deed, found, by=officer, why=why, **detail)
    return found


def opened_file(officer: Officer, pk: int, deed: str, **detail: Any) -> CaseFile:
    """The case file, with a trail entry of its being opened, and why it could be. Raises Http404 where the officer may not
    open it, as where there is none: neither asks more of the database."""
    sight = sight_of(officer)
    seen = sight.filter()
    rows = CaseFile.objects.select_related("team", "worker__team").filter(pk=pk)
    found = (rows if seen is None else rows.filter(seen)).first()
    if found is None:
        raise Http404
    trail.write(deed, found, by=officer, why=sight.why(found), **detail)
    return found


def children_as_keys(numbers: Iterable[int]) -> list[str]:
    """Children as the trail names them, for an entry whose subject is something else: its `found` would be read as that."""
    return [f"cases.child:{number}" for number in numbers]
