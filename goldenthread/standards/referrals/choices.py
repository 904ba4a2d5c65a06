"""The lists that a referral's boxes choose from. Keys are stored; words are shown."""

from django.db.models import TextChoices


class AgencyKind(TextChoices):
    """Who a referral comes from, or goes to."""

    POLICE = "police", "Police"
    SCHOOL = "school", "School or college"
    EDUCATION = "education", "Education service"
    HEALTH = "health", "Health service"
    HOUSING = "housing", "Housing"
    PROBATION = "probation", "Probation or youth justice"
    COUNCIL = "council", "Another service of this council"
    OTHER_COUNCIL = "other-council", "Another council"
    VOLUNTARY = "voluntary", "Voluntary organisation"
    LEGAL = "legal", "Court or other legal agency"
    FAMILY = "family", "Family member"
    SELF = "self", "The child"
    NEIGHBOUR = "neighbour", "Neighbour or friend"
    ANONYMOUS = "anonymous", "Anonymous"
    OTHER = "other", "Someone else"


PRIVATE_KINDS = frozenset(
    {AgencyKind.FAMILY, AgencyKind.SELF, AgencyKind.NEIGHBOUR, AgencyKind.ANONYMOUS, AgencyKind.OTHER}
)
"""Those who refer as private people, and owe no written confirmation."""


class Route(TextChoices):
    """How words reached us, or went from us."""

    PHONE = "phone", "By phone"
    IN_PERSON = "in-person", "In person"
    LETTER = "letter", "Letter"
    EMAIL = "email", "E-mail"
    FORM = "form", "Referral form"
    FAX = "fax", "Fax"


SPOKEN = frozenset({Route.PHONE, Route.IN_PERSON})
WRITTEN_WAYS: tuple[tuple[str, str], ...] = tuple(
    (str(value), str(label)) for value, label in Route.choices if value not in SPOKEN
)


def in_words(route: str) -> str:
    """A route inside a sentence: by phone, in person, by letter, by e-mail."""
    said = Route(route).label.lower()
    return said if route in SPOKEN else f"by {said}"


class DecisionKind(TextChoices):
    """What is to happen on a referral."""

    ASSESSMENT = "assessment", "Assessment"
    STRATEGY = "strategy-discussion", "Strategy discussion"
    SERVICES = "services", "Services or information"
    ONWARD = "onward-referral", "Referral to another agency"
    NO_ACTION = "no-further-action", "No further action"


class OffenceAnswer(TextChoices):
    """May what was referred be a criminal offence against a child?"""

    YES = "yes", "Yes, it may be"
    NO = "no", "No"
    NOT_KNOWN = "not-known", "Not known yet"


class PoliceAnswer(TextChoices):
    """Have the police been advised?"""

    ADVISED = "advised", "Yes, they have been advised"
    NOT_YET = "not-yet", "Not yet"


class ResponseKind(TextChoices):
    """What another agency answered to an onward referral."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    MORE_ASKED = "more-asked", "Asked for more information"
    OTHER = "other", "Another answer"


class Need(TextChoices):
    """What a child or family needs."""

    FAMILY_SUPPORT = "family-support", "Family support at home"
    PARENTING = "parenting", "Parenting programme"
    SHORT_BREAKS = "short-breaks", "Short breaks or respite"
    CHILD_CARE = "child-care", "Child care or nursery place"
    CHILD_MENTAL_HEALTH = "child-mental-health", "Mental health service for the child"
    ADULT_MENTAL_HEALTH = "adult-mental-health", "Mental health service for a parent"
    COUNSELLING = "counselling", "Counselling or therapy"
    DOMESTIC_ABUSE = "domestic-abuse", "Domestic abuse service"
    SUBSTANCE_MISUSE = "substance-misuse", "Drug or alcohol service"
    DISABILITY = "disability", "Equipment or adaptation for disability"
    HOUSING = "housing", "Housing"
    EDUCATION = "education", "School place or support at school"
    YOUNG_CARER = "young-carer", "Support for a young carer"
    ADVOCACY = "advocacy", "Advocate"
    INTERPRETING = "interpreting", "Interpreter or translation"
    MONEY = "money", "Help with money or goods"
    OTHER = "other", "Something else"


class WhyUnmet(TextChoices):
    """Why what was needed was not offered or not provided."""

    NO_SERVICE = "no-service", "No such service"
    WAITING_LIST = "waiting-list", "Waiting list"
    THRESHOLD = "threshold", "Below threshold"
    COST = "cost", "Cost"
    DECLINED = "declined", "Declined by the family"
    LANGUAGE = "language", "Not in the family's language"
    TOO_FAR = "too-far", "Too far or wrong time"
    OTHER = "other", "Another reason"


class QuantityUnit(TextChoices):
    """What a quantity of need is counted in."""

    HOURS_A_WEEK = "hours-a-week", "hours a week"
    SESSIONS = "sessions", "sessions"
    NIGHTS = "nights", "nights"
    PLACES = "places", "places"
    ITEMS = "items", "items"
    POUNDS = "pounds", "pounds"


class Recipient(TextChoices):
    """Who the monthly report of unmet need goes to."""

    CHIEF_EXECUTIVE = "chief-executive", "Chief executive"
    EXECUTIVE_MEMBER = "executive-member", "Executive member"
