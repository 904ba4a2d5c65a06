"""What is asked of each case in supervision, as data."""

from django.db.models import TextChoices


class Question(TextChoices):
    """The questions with which a manager makes sure of the work on one case. Our own words."""

    SEEN = "seen-alone", "Has each child been seen alone since we last spoke?"
    HEARD = "heard", "Do we know what each child says and wants?"
    CHRONOLOGY = "chronology", "Is the chronology up to date?"
    PLAN = "plan", "Is the plan doing what it should for the child?"
    RISK = "risk", "Is the child at greater risk than when we last spoke?"
    OTHERS = "others", "Have the other agencies done what they said they would?"
    ENDING = "ending", "Do we know what would let us stop?"


class Answer(TextChoices):
    """What is answered. Not known is an answer, and not the same as no."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not-known", "Not known"


WORRYING = frozenset(
    {*((question.value, Answer.NO.value) for question in Question if question is not Question.RISK), ("risk", "yes")}
)
"""Answers that a reader should see at once; “not known” is always one of them."""


def needs_a_word(question: str, answer: str) -> bool:
    """Whether an answer says too little by itself: “not known” always does, and what is worrying."""
    return answer == Answer.NOT_KNOWN or (question, answer) in WORRYING
