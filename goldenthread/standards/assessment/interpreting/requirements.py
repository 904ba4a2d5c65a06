"""What good practice demands here."""

from goldenthread.obligations.requirement import Requirement

REQUIREMENTS: tuple[Requirement, ...] = ()
