"""What the made-up council does here."""

from goldenthread.demo.assessment.desk import AssessmentDesk


def practise(desk: AssessmentDesk) -> None:
    """Nothing yet."""
