"""What can be chosen about the register, and what it was called when."""

from datetime import date

from django.db.models import TextChoices

PLANS_SINCE = date(2008, 4, 1)
"""In England, child protection registers were phased out by 1 April 2008, when every child who would have been on one has a
child protection plan: Working Together to Safeguard Children 2006 and the guidance on the Integrated Children's System
(not checked against the originals)."""


def term(day: date) -> str:
    """What it was called on a day: the register, or today's plan."""
    return "Child protection plan" if day >= PLANS_SINCE else "Child protection register"


class Category(TextChoices):
    """Kinds of harm, as Working Together has had them since 1991; the keys are the fields of a listing."""

    NEGLECT = "neglect", "Neglect"
    PHYSICAL = "physical", "Physical abuse"
    SEXUAL = "sexual", "Sexual abuse"
    EMOTIONAL = "emotional", "Emotional abuse"


class EndReason(TextChoices):
    """Why a child is no longer on it."""

    SAFER = "safer", "No longer at continuing risk of significant harm"
    MOVED = "moved", "Moved away, and another council has taken over"
    LOOKED_AFTER = "looked-after", "Looked after, and safe there"
    ADULT = "adult", "Has turned 18"
    DIED = "died", "Has died"
    LEFT = "left", "The other council's child no longer lives here"
    TAKEN_OFF = "taken-off", "The other council took the child off its register"


OTHERS_ONLY = frozenset({EndReason.LEFT.value, EndReason.TAKEN_OFF.value})
"""Reasons that end only the entry of another council's child."""


class State(TextChoices):
    """How a child stands to the register at an instant."""

    ON = "on", "On the register now"
    OTHER = "other-council", "On another council's register, and placed here"
    WAS = "was", "Was on the register before"
    NONE = "none", "Not on the register"


class Answer(TextChoices):
    """What is decided of a record that a check showed."""

    IS = "is", "This is the child"
    IS_NOT = "is-not", "This is not the child"
    UNSURE = "unsure", "Not sure: ask a manager"


SURE = [choice for choice in Answer.choices if choice[0] != Answer.UNSURE]
