"""The child protection register, or today's child protection plans: who is on it, and the check of it for every referral (2.4)."""

from goldenthread.demo.assessment.desk import AssessmentDesk


def practise(desk: AssessmentDesk) -> None:
    """Nothing yet."""
