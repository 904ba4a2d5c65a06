"""What can be chosen of conferences, reviews and other meetings about children."""

from django.db.models import TextChoices

from goldenthread.cases.choices import InvolvedKind


class MeetingKind(TextChoices):
    """What kind of meeting it is."""

    INITIAL = "initial-conference", "Initial child protection conference"
    REVIEW = "review-conference", "Child protection review conference"
    CORE_GROUP = "core-group", "Core group"
    NEED = "child-in-need", "Child in need planning meeting"
    LOOKED_AFTER = "looked-after-review", "Looked-after review"


CONFERENCES = frozenset({MeetingKind.INITIAL, MeetingKind.REVIEW})
"""Those at which agencies together decide whether a child is safe: they need a quorum, reports and minutes."""
INDEPENDENT = CONFERENCES | {MeetingKind.LOOKED_AFTER}
"""Those whose chair has no part in the case."""

SOCIAL_CARE, FAMILY = "social-care", "family"
AGENCIES: tuple[tuple[str, str], ...] = (
    (SOCIAL_CARE, "Children's social care"),
    *((str(value), str(label)) for value, label in InvolvedKind.choices if value != InvolvedKind.OTHER),
    (FAMILY, "Family"),
    (str(InvolvedKind.OTHER), "Other"),
)
"""Who should come: the kinds of agency that have to do with children, our own service, and the family."""
NOT_AGENCIES = frozenset({SOCIAL_CARE, FAMILY})
"""Those who do not answer for another agency."""
OTHERS_NEEDED = 2
"""So many agencies besides social care make a quorum, each of them in touch with the child."""


class Way(TextChoices):
    """How somebody was invited, or words reached us."""

    LETTER = "letter", "Letter"
    EMAIL = "email", "E-mail"
    PHONE = "phone", "By phone"
    IN_PERSON = "in-person", "In person"


class Reply(TextChoices):
    """What somebody answers to an invitation."""

    COMING = "coming", "Coming"
    DEPUTY = "deputy", "Sends somebody else"
    APOLOGIES = "apologies", "Apologies: cannot come"


class ReportMove(TextChoices):
    """What became of an agency's report."""

    RECEIVED = "received", "The report came"
    CHASED = "chased", "It has not come: asked for it again"


class There(TextChoices):
    """Whether somebody was there."""

    CAME = "came", "Came"
    LATE = "late", "Came late"
    PHONE = "phone", "Took part by phone"
    DEPUTY = "deputy", "Somebody else came for them"
    ABSENT = "absent", "Did not come"


class Part(TextChoices):
    """How a child or the family took part."""

    CAME = "came", "Was there"
    HELPED = "helped", "Was there with an advocate or somebody of their choice"
    VIEWS = "views", "Was not there; somebody brought what they think"
    NOT = "not", "Took no part"


class Sent(TextChoices):
    """What was sent after a conference."""

    DECISIONS = "decisions", "What was decided, to the family"
    MINUTES = "minutes", "The minutes"


class Move(TextChoices):
    """What became of a meeting that was not held as planned."""

    PUT_OFF = "put-off", "Put off"
    CANCELLED = "cancelled", "Cancelled"


class WhyMoved(TextChoices):
    """Why it was not held as planned."""

    NOT_QUORATE = "not-quorate", "Too few agencies came"
    FAMILY = "family", "The family could not come"
    REPORTS = "reports", "Reports were missing"
    CHAIR = "chair", "There was no chair"
    NOT_NEEDED = "not-needed", "It is not needed any more"
    OTHER = "other", "Something else"


class Basis(TextChoices):
    """By what law a child is looked after (Children Act 1989)."""

    AGREED = "agreed", "By agreement (section 20)"
    CARE_ORDER = "care-order", "Care order (section 31)"
    INTERIM = "interim", "Interim care order (section 38)"
    EMERGENCY = "emergency", "Emergency protection order, or police protection (sections 44 and 46)"
    REMAND = "remand", "Remand, or another order of a court"


class WhyLeftCare(TextChoices):
    """Why a child is no longer looked after."""

    HOME = "home", "Home to parents or family"
    ORDER = "order", "Adopted, or with guardians under an order"
    GROWN_UP = "grown-up", "Eighteen, or has died"
    OTHER = "other", "Something else"
