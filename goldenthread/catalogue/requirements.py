"""Every requirement, listed by hand, in the order of the recommendations that they serve."""

from goldenthread.obligations.requirement import Requirement
from goldenthread.oversight.requirements import REQUIREMENTS as OVERSIGHT
from goldenthread.plan.requirements import REQUIREMENTS as PLAN
from goldenthread.standards.referrals.requirements import REQUIREMENTS as REFERRALS

REQUIREMENTS: tuple[Requirement, ...] = (*REFERRALS, *PLAN, *OVERSIGHT)
