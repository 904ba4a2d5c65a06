"""Every requirement, listed by hand, room by room in the order of the recommendations that they serve."""

from goldenthread.obligations.requirement import Requirement
from goldenthread.oversight.requirements import REQUIREMENTS as OVERSIGHT
from goldenthread.plan.requirements import REQUIREMENTS as PLAN
from goldenthread.standards.allocation.allocating.requirements import REQUIREMENTS as ALLOCATING
from goldenthread.standards.allocation.chronology.requirements import REQUIREMENTS as CHRONOLOGY
from goldenthread.standards.allocation.closing.requirements import REQUIREMENTS as CLOSING
from goldenthread.standards.allocation.conferring.requirements import REQUIREMENTS as CONFERRING
from goldenthread.standards.allocation.supervising.requirements import REQUIREMENTS as SUPERVISING
from goldenthread.standards.allocation.transferring.requirements import REQUIREMENTS as TRANSFERRING
from goldenthread.standards.assessment.assessing.requirements import REQUIREMENTS as ASSESSING
from goldenthread.standards.assessment.hospital.requirements import REQUIREMENTS as HOSPITAL
from goldenthread.standards.assessment.household.requirements import REQUIREMENTS as HOUSEHOLD
from goldenthread.standards.assessment.housing.requirements import REQUIREMENTS as HOUSING
from goldenthread.standards.assessment.interpreting.requirements import REQUIREMENTS as INTERPRETING
from goldenthread.standards.assessment.legal.requirements import REQUIREMENTS as LEGAL
from goldenthread.standards.assessment.protection.requirements import REQUIREMENTS as PROTECTION
from goldenthread.standards.assessment.recording.requirements import REQUIREMENTS as RECORDING
from goldenthread.standards.assessment.register.requirements import REQUIREMENTS as REGISTER
from goldenthread.standards.referrals.requirements import REQUIREMENTS as REFERRALS

REQUIREMENTS: tuple[Requirement, ...] = (
    *REFERRALS,
    *PROTECTION,
    *ASSESSING,
    *RECORDING,
    *REGISTER,
    *HOUSEHOLD,
    *INTERPRETING,
    *HOUSING,
    *LEGAL,
    *HOSPITAL,
    *ALLOCATING,
    *TRANSFERRING,
    *CHRONOLOGY,
    *CONFERRING,
    *SUPERVISING,
    *CLOSING,
    *PLAN,
    *OVERSIGHT,
)
