"""What can be chosen of strategy discussions, enquiries, conferences and child protection plans."""

from django.db.models import TextChoices


class Decision(TextChoices):
    """What a strategy discussion decided."""

    JOINT = "joint-enquiry", "Section 47 enquiry, jointly with the police"
    SINGLE = "single-enquiry", "Section 47 enquiry by social care alone"
    ASSESSMENT = "assessment", "An assessment, and no section 47 enquiry"
    NONE = "no-enquiry", "No enquiry"


ENQUIRY = frozenset({Decision.JOINT, Decision.SINGLE})
"""The decisions with which a section 47 enquiry begins."""


class Agency(TextChoices):
    """Who takes part in a strategy discussion."""

    SOCIAL_CARE = "social-care", "Social care"
    POLICE = "police", "Police"
    HEALTH = "health", "Health"
    EDUCATION = "education", "School or nursery"
    OTHER = "other", "Others"


AT_LEAST = frozenset({Agency.SOCIAL_CARE, Agency.POLICE, Agency.HEALTH})
"""Those without whom a strategy discussion is not whole."""


class Outcome(TextChoices):
    """What a section 47 enquiry found."""

    CONFERENCE = "conference", "Concerns substantiated, and the child is at continuing risk: a conference"
    NO_CONFERENCE = "no-conference", "Concerns substantiated, and no continuing risk: no conference"
    NOT_SUBSTANTIATED = "not-substantiated", "Concerns not substantiated"


class Step(TextChoices):
    """How far an initial conference has come."""

    ARRANGED = "arranged", "Arranged"
    HELD = "held", "Held"


class Category(TextChoices):
    """The kind of harm that a plan is about: the four of the guidance, in 2003 as today."""

    NEGLECT = "neglect", "Neglect"
    PHYSICAL = "physical", "Physical abuse"
    SEXUAL = "sexual", "Sexual abuse"
    EMOTIONAL = "emotional", "Emotional abuse"


class WhyEnded(TextChoices):
    """Why a child is no longer on a plan."""

    SAFER = "safer", "No longer at continuing risk of significant harm"
    MOVED = "moved", "Moved: another council's conference has taken over"
    LOOKED_AFTER = "looked-after", "In care, and safe there"
    GROWN_UP = "grown-up", "Eighteen, or has died"
    OTHER = "other", "Something else"
