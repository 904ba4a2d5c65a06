"""Every requirement, listed by hand, in the order of the recommendations that they serve."""

from goldenthread.obligations.requirement import Requirement

REQUIREMENTS: tuple[Requirement, ...] = ()
