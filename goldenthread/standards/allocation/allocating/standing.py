"""How things stand on a case file for the page that allocates it: so that two managers at once see each other."""

from goldenthread.cases.models import CaseFile
from goldenthread.core.versions import Standing, version_of
from goldenthread.standards.allocation.allocating.models import Allocation


def of_allocation(case_file: CaseFile) -> Standing:
    """Who holds it, and what for as was said last."""
    held = CaseFile.objects.select_related("team", "worker").get(pk=case_file.pk)
    holdings = [[one.pk, one.team_id, one.worker_id] for one in held.holdings.all()]
    made = list(Allocation.objects.filter(case_file=held).select_related("by"))
    last = made[0] if made else None
    now = [("Team", str(held.team)), ("Worker", held.worker.name if held.worker else "nobody yet")]
    if last:
        now.append((f"Purpose, {last}", last.purpose))
    version = version_of(holdings, [one.pk for one in made])
    return Standing(version, last.by.name if last else "", last.recorded_at if last else None, tuple(now))
