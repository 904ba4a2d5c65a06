"""Handing a case file from team to team and worker to worker. What is open on it follows; what is settled stays."""

from datetime import datetime

from django.db import transaction

from goldenthread.cases.models import CaseFile, Holding
from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations import ledger
from goldenthread.people.access import require
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission


@transaction.atomic
def hand_over(*, case_file: CaseFile, team: Team, worker: Officer | None, since_at: datetime, by: Officer) -> Holding:
    """From `since_at`, this team and this worker (None: nobody yet) hold the case file.

    Raises NotAllowed where the officer may not decide on it; Refused where the worker is of another team, nothing
    would change, the time is in the future or before the file came to its present holder, or the file would go to another
    team while a transfer of it is under way.
    """
    require(by, Permission.DECIDE_REFERRALS)
    found = CaseFile.objects.writable_by(by).select_for_update(of=("self",)).filter(pk=case_file.pk).first()
    if found is None:
        raise NotAllowed("That case file is one that you may not open.")
    case_file = found
    if worker and (worker.team_id != team.pk or not worker.may(Permission.RECORD_REFERRALS)):
        raise Refused(f"{worker.name} is not a worker of {team.name}: choose one who is.")
    if (case_file.team_id, case_file.worker_id) == (team.pk, worker.pk if worker else None):
        raise Refused("The case file is in these hands already.")
    if team.pk != case_file.team_id and case_file.offered_to_id is not None:
        raise Refused(
            "A transfer of this case file is under way: complete it or withdraw it; until then the file stays."
        )
    if since_at > now():
        raise Refused("The time of handing over is in the future: record it when it has happened.")
    last = case_file.holdings.last()
    if last and since_at < last.since_at:
        raise Refused("That is before the file came to its present holder: check the time.")
    holding = Holding.objects.create(
        case_file=case_file, team=team, worker=worker, since_at=since_at, recorded_at=now()
    )
    why, was = sight_of(by).why(case_file), (case_file.team_id, case_file.worker_id)
    case_file.team, case_file.worker = team, worker
    case_file.save(update_fields=["team", "worker"])
    trail.write(
        "hand over",
        case_file,
        by=by,
        why=why,
        changed={"team": (was[0], team.pk), "worker": (was[1], worker.pk if worker else None)},
    )
    ledger.refresh_case_file(case_file)
    ledger.refresh(holding)
    return holding
