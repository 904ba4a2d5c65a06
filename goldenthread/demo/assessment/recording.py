"""What is recorded of visits, calls and meetings, and how soon after they happened (2.3)."""

from goldenthread.demo.assessment.desk import AssessmentDesk


def practise(desk: AssessmentDesk) -> None:
    """Nothing yet."""
