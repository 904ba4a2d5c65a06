"""Temporary accommodation: is it suitable for the child, and who was told where it is not (2.6)."""

from goldenthread.demo.assessment.desk import AssessmentDesk


def practise(desk: AssessmentDesk) -> None:
    """Nothing yet."""
