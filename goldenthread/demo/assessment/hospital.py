"""Children in hospital: notified, seen, and not discharged without a plan (2.9)."""

from goldenthread.demo.assessment.desk import AssessmentDesk


def practise(desk: AssessmentDesk) -> None:
    """Nothing yet."""
