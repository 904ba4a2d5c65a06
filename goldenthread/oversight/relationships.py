"""The verbs that tie an officer to a case file, or to a team for a shift, besides holding the file."""

from datetime import datetime

from django.db import transaction

from goldenthread.cases.models import CaseFile, DutyShift, Involvement
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.oversight import rules
from goldenthread.people.access import require
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission


@transaction.atomic
def involve(
    *,
    case_file: CaseFile,
    officer: Officer,
    kind: str,
    reason: str,
    by: Officer,
    until_at: datetime | None = None,
) -> Involvement:
    """From now on the officer is a co-worker on the file, its conference chair, or the auditor of a sample that it is in.

    An auditor reads and does not write, until a day that is named. Raises NotAllowed; Refused where the officer's role
    never opens records, the reason says nothing, or they are tied to the file in this way already.
    """
    require(by, Permission.REVIEW_ACCESS)
    why = rules.opened(case_file, by)
    rules.reads_records(officer)
    if kind not in Involvement.Kind.values:
        raise Refused("Choose what the officer does for this file.")
    said = rules.says_why(reason, "Why this officer", 200)
    if kind == Involvement.Kind.AUDITOR and until_at is None:
        raise Refused("Say until when the file is open to its auditor.")
    stamped = now()
    if until_at is not None and until_at <= stamped:
        raise Refused("The last day has passed: the file would not open at all.")
    current = Involvement.objects.filter(case_file=case_file, officer=officer, kind=kind)
    if any(tie.until_at is None or tie.until_at > stamped for tie in current.select_for_update()):
        raise Refused(f"{officer.name} is that already. End it first to change it.")
    tie = Involvement.objects.create(
        case_file=case_file, officer=officer, kind=kind, reason=said, since_at=stamped, until_at=until_at,
        recorded_at=stamped, by=by,
    )  # fmt: skip
    trail.write("involve", case_file, by=by, why=why, officer=officer.get_username(), kind=kind, involvement=tie.pk)
    return tie


@transaction.atomic
def end_involvement(*, involvement: Involvement, by: Officer) -> Involvement:
    """From now on the file is closed to the officer, unless something else opens it. Raises NotAllowed, Refused."""
    require(by, Permission.REVIEW_ACCESS)
    tie = Involvement.objects.select_for_update().get(pk=involvement.pk)
    why = rules.opened(tie.case_file, by)
    if tie.until_at is not None and tie.until_at <= now():
        raise Refused("It has ended already.")
    was, tie.until_at = tie.until_at, now()
    tie.save(update_fields=["until_at"])
    trail.write(
        "end involvement", tie.case_file, by=by, why=why, officer=tie.officer.get_username(), kind=tie.kind,
        involvement=tie.pk, changed={"until_at": (was, tie.until_at)},
    )  # fmt: skip
    return tie


@transaction.atomic
def put_on_duty(
    *, officer: Officer, team: Team | None, starts_at: datetime, ends_at: datetime, by: Officer
) -> DutyShift:
    """The officer is on duty for a team, or out of hours for the whole service (no team), from when until when.

    While it lasts, the open files of the team, or of all teams, are open to them. Raises NotAllowed, Refused.
    """
    require(by, Permission.REVIEW_ACCESS)
    rules.shift(officer, team, starts_at, ends_at, by)
    shift = DutyShift.objects.create(
        officer=officer, team=team, starts_at=starts_at, ends_at=ends_at, recorded_at=now(), by=by
    )
    trail.write(
        "put on duty", shift, by=by, officer=officer.get_username(), team=team.key if team else "out-of-hours",
        starts_at=starts_at, ends_at=ends_at,
    )  # fmt: skip
    return shift


@transaction.atomic
def take_off_duty(*, shift: DutyShift, by: Officer) -> None:
    """End a shift now, or take it off the rota where it has not begun. Raises NotAllowed; Refused where it is over."""
    require(by, Permission.REVIEW_ACCESS)
    shift = DutyShift.objects.select_for_update().get(pk=shift.pk)
    rules.shift(shift.officer, shift.team, shift.starts_at, shift.ends_at, by)
    stamped = now()
    trail.write(
        "take off duty",
        shift,
        by=by,
        officer=shift.officer.get_username(),
        changed={"ends_at": (shift.ends_at, stamped)},
    )
    if shift.starts_at >= stamped:
        shift.delete()
    else:
        shift.ends_at = stamped
        shift.save(update_fields=["ends_at"])
