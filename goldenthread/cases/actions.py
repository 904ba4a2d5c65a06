"""Opening a case file, where its children live, and finding what conflicts were declared about a child."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from goldenthread.cases.models import Address, CaseFile, Child, Conflict, Holding
from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import now, today
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.words import is_placeholder
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
    trail.write("open case file", case_file, by=by, why="taking a referral", team=team.key)
    return case_file


def conflicts_met(conflict: Conflict) -> None:
    """Tie a declared conflict to every child of its name, born on its day where both are known. Called in the
    transaction that declares it."""
    found = Child.objects.filter(search_name=conflict.search_name)
    if conflict.date_of_birth is not None:
        found = found.filter(Q(date_of_birth=conflict.date_of_birth) | Q(date_of_birth=None))
    conflict.children.add(*found)


def child_recorded(child: Child) -> None:
    """Close a newly recorded child to whoever declared a conflict under this name. Called in the transaction that
    records the child."""
    declared = Conflict.objects.filter(search_name=child.search_name, withdrawn_at=None)
    if child.date_of_birth is not None:
        declared = declared.filter(Q(date_of_birth=child.date_of_birth) | Q(date_of_birth=None))
    child.conflicts.add(*declared)


@transaction.atomic
def record_address(
    *,
    case_file: CaseFile,
    child: Child,
    lines: str,
    since: date,
    by: Officer,
    postcode: str = "",
    confidential: bool = False,
) -> Address:
    """Where a child of this file lives since a day. Raises NotAllowed where the file is not one that the officer may write
    to; Refused where nothing is written or the day lies ahead."""
    require(by, Permission.RECORD_REFERRALS)
    sight = sight_of(by)
    if not sight.may_write(case_file) or not case_file.children.filter(pk=child.pk).exists():
        raise NotAllowed("That case file is one that you may not write to.")
    if is_placeholder(lines):
        raise Refused("Write where the child lives.")
    if since > today():
        raise Refused("That day lies ahead: record the address when the child lives there.")
    made = Address.objects.create(
        child=child, lines=" ".join(lines.split()), postcode=" ".join(postcode.upper().split()),
        confidential=confidential, since=since, recorded_at=now(), by=by,
    )  # fmt: skip
    trail.write("record address", child, by=by, why=sight.why(case_file), address=made.pk, confidential=confidential)
    return made
