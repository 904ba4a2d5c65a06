"""Opening one case file: asked of the choke point, and written to the trail."""

from typing import Any

from django.http import Http404

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.people.models import Officer


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
