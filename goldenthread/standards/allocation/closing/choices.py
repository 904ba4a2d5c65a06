"""What can be chosen of closing a case file."""

from django.db.models import TextChoices


class Reason(TextChoices):
    """Why our work with the children of a file ends."""

    NO_LONGER = "no-longer-in-need", "What was needed is done, and the children are no longer in need of us"
    ASSESSED = "assessed", "After the assessment nothing more was needed"
    EARLY_HELP = "early-help", "Other agencies go on supporting the family"
    REFUSED = "help-refused", "The family does not want help, and the children are safe enough without it"
    MOVED = "moved", "The family has moved, and another council has taken over"
    ORDER = "order", "By an order of a court the children live with somebody else"
    ADOPTED = "adopted", "Adopted"
    ADULT = "adult", "Now an adult, with adult services or without help"
    DIED = "died", "The child has died"


class Told(TextChoices):
    """How somebody was told; not to tell them is an answer too, with why."""

    VISIT = "visit", "In person"
    MEETING = "meeting", "At a meeting"
    PHONE = "phone", "By phone"
    LETTER = "letter", "In writing"
    NOT = "not-told", "Not told"


class Answer(TextChoices):
    """What a manager says to a closure."""

    SIGNED_OFF = "signed-off", "Signed off: the file is closed"
    RETURNED = "returned", "Returned for more work"


class State(TextChoices):
    """How a closure stands."""

    ASKED = "asked", "Waits for a manager"
    RETURNED = "returned", "Returned for more work"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Opened again"
    DROPPED = "dropped", "Not closed after all"


COLOURS = {
    State.ASKED: "yellow",
    State.RETURNED: "orange",
    State.CLOSED: "green",
    State.REOPENED: "purple",
    State.DROPPED: "grey",
}
