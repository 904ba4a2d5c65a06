"""What can be chosen of a contact that is recorded."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What kind of contact it was."""

    HOME = "home-visit", "Home visit"
    PROTECTION = "protection-visit", "Child protection visit"
    SCHOOL = "school-visit", "Visit at school or nursery"
    OFFICE = "office-visit", "Visit to the office"
    MEETING = "meeting", "Meeting"
    PHONE = "phone", "Phone call"
    LETTER = "letter", "Letter or e-mail"
    SUPERVISION = "supervision", "Decision in supervision"
    OTHER = "other", "Something else"


VISITS = frozenset({Kind.HOME, Kind.PROTECTION, Kind.SCHOOL, Kind.OFFICE})
"""Those at which a child can be visited."""
FACE_TO_FACE = VISITS | {Kind.MEETING, Kind.OTHER}
"""Those at which a child can be seen."""


class Seen(TextChoices):
    """How far a child was seen."""

    ALONE = "alone", "Seen and spoken with alone"
    SEEN = "seen", "Seen, with others there"
    NOT_SEEN = "not-seen", "It is about this child, who was not seen"


SHORT = {Seen.ALONE: "seen alone", Seen.SEEN: "seen", Seen.NOT_SEEN: "not seen"}
"""The same in a list."""
