"""What can be chosen of children in hospital."""

from django.db.models import TextChoices


class Told(TextChoices):
    """Who in the hospital told us."""

    WARD = "ward", "A ward"
    EMERGENCY = "emergency", "The emergency department (A&E)"
    MIDWIFE = "midwife", "Midwifery"
    PAEDIATRICIAN = "paediatrician", "A paediatrician"
    OTHER = "other", "Somebody else in the hospital"


class Harm(TextChoices):
    """Whether somebody may have harmed the child on purpose. “Not known yet” counts as yes until it is settled."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not-known", "Not known yet"


class Step(TextChoices):
    """The steps of the protocol between the hospitals and us."""

    WORKER = "worker", "The ward knows who the child's social worker is"
    DOCTOR = "doctor", "We know which doctor answers for the child"
    CHILD = "child", "The child was listened to, or watched, and what was seen is written down"
    INJURIES = "injuries", "A written record of the injuries was asked for"
    SIBLINGS = "siblings", "It is known how the brothers and sisters are"
    REGISTER = "register", "It was checked whether the child is on the child protection register"
    PARENTS = "parents", "The parents were spoken to"
    STRATEGY = "strategy", "A strategy discussion was held with police and health"
    MEETING = "meeting", "A discharge meeting was held"


ALWAYS = (Step.WORKER, Step.DOCTOR, Step.CHILD, Step.SIBLINGS, Step.REGISTER, Step.PARENTS)
IF_HARM = (Step.INJURIES, Step.STRATEGY)
"""Owed besides where harm is suspected, or not known yet. The discharge meeting has no day of its own: the plan has."""


class How(TextChoices):
    """How a child left."""

    PLANNED = "planned", "As agreed"
    HOSPITAL = "hospital", "The hospital discharged the child without us"
    REMOVED = "removed", "Somebody took the child away"
