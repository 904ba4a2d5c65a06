"""Opening a case file, and handing it from team to team and worker to worker."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from goldenthread.cases.models import CaseFile, Child, Holding
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.people.access import require
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission


@transaction.atomic
def open_case_file(
    *, children: Iterable[Child], team: Team, worker: Officer | None, opened_at: datetime, by: Officer
) -> CaseFile:
    """A new case file for these children, held by this team from `opened_at`. Raises NotAllowed."""
    require(by, Permission.RECORD_REFERRALS)
    case_file = CaseFile.objects.create(
        reference=f"new-{now().timestamp()}-{by.pk}"[:20], team=team, worker=worker, opened_at=opened_at
    )
    case_file.reference = f"CF{case_file.pk:06d}"
    case_file.save(update_fields=["reference"])
    case_file.children.set(children)
    Holding.objects.create(case_file=case_file, team=team, worker=worker, since_at=opened_at, recorded_at=now())
    trail.write("open case file", case_file, by=by, team=team.key)
    return case_file
