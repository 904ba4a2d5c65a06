"""What every verb on a transfer does first: hold it, and ask for whom this officer acts."""

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sight import RECEIVING, sight_of
from goldenthread.core.errors import NotAllowed
from goldenthread.obligations.touching import hold_file
from goldenthread.obligations.writing import locked
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.transferring import rules
from goldenthread.standards.allocation.transferring.course import Course, course_of
from goldenthread.standards.allocation.transferring.models import Transfer


def held_for_sending(
    transfer: Transfer, by: Officer, permission: Permission = Permission.RECORD_REFERRALS
) -> tuple[Transfer, Course]:
    """The transfer and how it stands, held with its file until the transaction ends, for somebody who may write to the
    file. Raises NotAllowed."""
    hold_file(transfer.case_file)
    found = locked(transfer, by, permission)
    return found, course_of(found)


def held_for_receiving(
    transfer: Transfer, by: Officer, permission: Permission = Permission.SIGN_OFF
) -> tuple[Transfer, Course]:
    """The same, for somebody who answers for the team that is asked. They read the file and do not write to it: what they
    write is on the transfer. Raises NotAllowed."""
    require(by, permission)
    hold_file(transfer.case_file)
    rows = Transfer.objects.select_related("case_file").select_for_update(of=("self",))
    found = rows.filter(pk=transfer.pk).first()
    sight = sight_of(by)
    if found is None or not sight.why(found.case_file):
        raise NotAllowed(f"Transfer {transfer} is one that you may not write to.")
    if not rules.answers_for(by, found.to_team_id):
        raise NotAllowed(f"This is for those to say who answer for {found.to_team.name}.")
    found.why_open = sight.why(found.case_file) if sight.may_write(found.case_file) else RECEIVING
    return found, course_of(found)


def held_for_either(
    transfer: Transfer, by: Officer, permission: Permission = Permission.RECORD_REFERRALS
) -> tuple[Transfer, Course]:
    """The same, for somebody of either side. Raises NotAllowed."""
    require(by, permission)
    if sight_of(by).may_write(CaseFile.objects.get(pk=transfer.case_file_id)):
        return held_for_sending(transfer, by, permission)
    return held_for_receiving(transfer, by, permission)
