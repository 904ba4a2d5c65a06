"""Strategy discussions, section 47 enquiries, and the clocks of the child protection procedures (1.5)."""

from goldenthread.demo.assessment.desk import AssessmentDesk


def practise(desk: AssessmentDesk) -> None:
    """Nothing yet."""
