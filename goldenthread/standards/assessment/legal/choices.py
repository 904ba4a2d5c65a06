"""What can be chosen of legal advice."""

from django.db.models import TextChoices


class Call(TextChoices):
    """Only the first call counts as cover: the second is whom the first, or we, ring next."""

    FIRST = "first", "First call"
    SECOND = "second", "Second call, in reserve"


class Urgency(TextChoices):
    """How soon the advice is needed. A first answer is owed within the hour, whichever it is."""

    NOW = "now", "A child may be in danger now"
    TODAY = "today", "Something has to be decided today"
    LATER = "later", "To plan what comes next"


class Outcome(TextChoices):
    """What came of it."""

    ADVISED = "advised", "Advice given"
    PROCEEDINGS = "proceedings", "An application to the court is being prepared"
    MEETING = "meeting", "A meeting with the lawyers is to be held"
    MORE = "more", "More has to be found out first"
