"""What good practice demands of this alcove."""

from goldenthread.obligations.requirement import Requirement

REQUIREMENTS: tuple[Requirement, ...] = ()
