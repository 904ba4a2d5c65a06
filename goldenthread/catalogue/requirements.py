"""Every requirement, listed by hand, in the order of the recommendations that they serve."""

from goldenthread.obligations.requirement import Requirement
from goldenthread.standards.referrals import requirements as referrals

REQUIREMENTS: tuple[Requirement, ...] = (*referrals.REQUIREMENTS,)
