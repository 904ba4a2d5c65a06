"""What can be chosen of temporary accommodation."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """Where the child was moved to. Bed and breakfast is the law's word for any private place with a shared kitchen or
    bathroom, breakfast or none (S.I. 2003/3326, article 2)."""

    BED_AND_BREAKFAST = "bed-and-breakfast", "Bed and breakfast"
    HOSTEL = "hostel", "Hostel"
    HOTEL = "hotel", "Hotel, with a kitchen and bathroom of their own"
    NIGHTLY = "nightly", "Flat or house let by the night"
    REFUGE = "refuge", "Refuge"
    TENANCY = "tenancy", "Temporary tenancy"
    RELATIVES = "relatives", "With relatives or friends for the time being"
    OTHER_AREA = "other-area", "In another council's area, of whatever kind"


class ToldBy(TextChoices):
    """How we came to know of the move."""

    HOUSING = "housing", "The housing authority"
    FAMILY = "family", "The family"
    OTHER = "other", "Somebody else"


class Heading(TextChoices):
    """What a place is judged by."""

    SAFETY = "safety", "Safety"
    SPACE = "space", "Space and sleeping"
    COOKING = "cooking", "Cooking and washing"
    NEIGHBOURS = "neighbours", "Who else lives there"
    SCHOOL = "school", "School and travel"
    HEALTH = "health", "Health and disability"
    SUPPORT = "support", "Support near by"


class Judged(TextChoices):
    """What was found under a heading."""

    SUITABLE = "suitable", "Suitable"
    SHORTFALL = "shortfall", "Shortfall"


class Overall(TextChoices):
    """The whole of it, for this child."""

    SUITABLE = "suitable", "Suitable for this child"
    FOR_NOW = "for-now", "Only for now, and something must change"
    UNSUITABLE = "unsuitable", "Not suitable for this child"


class Outcome(TextChoices):
    """What came of a shortfall that was reported."""

    PUT_RIGHT = "put-right", "It was put right"
    MOVED = "moved", "The child was moved"
    PARTLY = "partly", "Part of it was put right"
    NOTHING = "nothing", "Nothing was done"


class WentTo(TextChoices):
    """Where the child went when it ended."""

    SETTLED = "settled", "A settled home"
    HOME = "home", "Back home"
    OTHER_TEMPORARY = "other-temporary", "Other temporary accommodation"
    RELATIVES = "relatives", "Relatives or friends"
    CARE = "care", "The council's care"
    NOT_KNOWN = "not-known", "Not known"
