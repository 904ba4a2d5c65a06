"""What can be chosen of transfers."""

from enum import Enum

from django.db.models import TextChoices


class Reply(TextChoices):
    """What the receiving team says to a request."""

    ACCEPTED = "accepted", "Accepted"
    DISAGREED = "disagreed", "Not agreed: the case should stay where it is"


class Side(TextChoices):
    """One of the two teams of a transfer."""

    SENDING = "sending", "The team that holds the case"
    RECEIVING = "receiving", "The team that is asked to take it on"


class ObstacleKind(TextChoices):
    """What stands in the way."""

    WORKER = "worker", "No worker is free to take it on"
    ASSESSMENT = "assessment", "An assessment is not finished"
    PLAN = "plan", "A plan, a conference or a review has to be held first"
    COURT = "court", "Something before a court"
    RECORD = "record", "The record is not in order"
    FAMILY = "family", "Something with the family: a move, a birth, an illness"
    SERVICE = "service", "A service or a payment is not settled"
    OTHER = "other", "Something else"


class Verdict(TextChoices):
    """How a manager above both teams rules where they disagree."""

    GOES = "goes", "The case is transferred"
    STAYS = "stays", "The case stays where it is"


class Stage(Enum):
    """How a transfer that is under way stands: in words, and the colour of the tag."""

    DISPUTED = "Not agreed: to be ruled on", "red"
    HELD_UP = "Obstacles", "orange"
    AGREED = "Agreed", "blue"
    ASKED = "Not answered yet", "yellow"

    @property
    def words(self) -> str:
        """As it is told."""
        return self.value[0]

    @property
    def colour(self) -> str:
        """Of its tag."""
        return self.value[1]
