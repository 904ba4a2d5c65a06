"""What each room shows on a case file's page, in the order of the work."""

from collections.abc import Callable

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sections import Section
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.allocating import on_file as allocating
from goldenthread.standards.allocation.chronology import on_file as chronology
from goldenthread.standards.allocation.closing import on_file as closing
from goldenthread.standards.allocation.conferring import on_file as conferring
from goldenthread.standards.allocation.supervising import on_file as supervising
from goldenthread.standards.allocation.transferring import on_file as transferring
from goldenthread.standards.assessment.assessing import on_file as assessing
from goldenthread.standards.assessment.hospital import on_file as hospital
from goldenthread.standards.assessment.housing import on_file as housing
from goldenthread.standards.assessment.interpreting import on_file as interpreting
from goldenthread.standards.assessment.legal import on_file as legal
from goldenthread.standards.assessment.protection import on_file as protection
from goldenthread.standards.assessment.recording import on_file as recording
from goldenthread.standards.assessment.register import on_file as register

_IN_ORDER: tuple[Callable[..., Section | None], ...] = (
    allocating.section,
    protection.section,
    register.section,
    assessing.section,
    recording.section,
    interpreting.section,
    housing.section,
    hospital.section,
    legal.section,
    conferring.section,
    chronology.section,
    supervising.section,
    transferring.section,
    closing.section,
)


def sections(officer: Officer, case_file: CaseFile, *, may_record: bool) -> list[Section]:
    """The sections that have something to show or to do for this officer."""
    found = (make(officer, case_file, may_record=may_record) for make in _IN_ORDER)
    return [section for section in found if section is not None]
