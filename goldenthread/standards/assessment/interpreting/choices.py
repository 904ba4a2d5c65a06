"""What can be chosen of interpreters."""

from django.db.models import TextChoices


class Language(TextChoices):
    """Languages and other ways of communicating. What is not listed is written in words beside “other”."""

    ALBANIAN = "albanian", "Albanian"
    AMHARIC = "amharic", "Amharic"
    ARABIC = "arabic", "Arabic"
    BENGALI = "bengali", "Bengali or Sylheti"
    BULGARIAN = "bulgarian", "Bulgarian"
    CANTONESE = "cantonese", "Cantonese"
    CZECH = "czech", "Czech or Slovak"
    DARI = "dari", "Dari"
    FRENCH = "french", "French"
    GUJARATI = "gujarati", "Gujarati"
    HUNGARIAN = "hungarian", "Hungarian"
    KURDISH = "kurdish", "Kurdish"
    LITHUANIAN = "lithuanian", "Lithuanian"
    MANDARIN = "mandarin", "Mandarin"
    PASHTO = "pashto", "Pashto"
    PERSIAN = "persian", "Persian (Farsi)"
    POLISH = "polish", "Polish"
    PORTUGUESE = "portuguese", "Portuguese"
    PUNJABI = "punjabi", "Punjabi"
    ROMANIAN = "romanian", "Romanian"
    RUSSIAN = "russian", "Russian"
    SOMALI = "somali", "Somali"
    SPANISH = "spanish", "Spanish"
    TAMIL = "tamil", "Tamil"
    TIGRINYA = "tigrinya", "Tigrinya"
    TURKISH = "turkish", "Turkish"
    UKRAINIAN = "ukrainian", "Ukrainian"
    URDU = "urdu", "Urdu"
    VIETNAMESE = "vietnamese", "Vietnamese"
    YORUBA = "yoruba", "Yoruba"
    BSL = "bsl", "British Sign Language"
    LIPSPEAKER = "lipspeaker", "Lipspeaker"
    MAKATON = "makaton", "Makaton"
    DEAFBLIND = "deafblind", "Deafblind manual"
    OTHER = "other", "Another language"


class ForWhom(TextChoices):
    """Whom the interpreter is for."""

    CHILD = "child", "The child"
    PARENT = "parent", "A parent or carer"
    BOTH = "both", "The child and a parent or carer"
    RELATIVE = "relative", "Another relative"


class Mode(TextChoices):
    """How the interpreting is done."""

    IN_PERSON = "in-person", "In person"
    VIDEO = "video", "By video"
    PHONE = "phone", "By phone"
    WRITTEN = "written", "Written translation"


class Purpose(TextChoices):
    """What it is for."""

    VISIT = "visit", "A visit"
    ASSESSMENT = "assessment", "An assessment"
    INTERVIEW = "interview", "An interview with the police"
    CONFERENCE = "conference", "A conference or a review"
    MEETING = "meeting", "Another meeting"
    HEALTH = "health", "A medical examination"
    COURT = "court", "Court or legal advice"
    PAPERS = "papers", "Letters, reports or plans"


class ReplyKind(TextChoices):
    """How it stands with a provider."""

    ASKED = "asked", "Asked, no answer yet"
    CONFIRMED = "confirmed", "Confirmed an interpreter"
    CANNOT = "cannot", "Cannot provide one, or no longer can"


class Attended(TextChoices):
    """Whether the interpreter came."""

    CAME = "came", "Came in time"
    LATE = "late", "Came late"
    ABSENT = "absent", "Did not come"


class WhyCancelled(TextChoices):
    """Why a request came to nothing before its time. What a provider cancels is a reply, and the request stands."""

    FAMILY = "family", "The family could not, or did not want to, meet then"
    SERVICE = "service", "We could not meet then"
    NOT_NEEDED = "not-needed", "An interpreter is not needed after all"
    MISTAKE = "mistake", "The request was made by mistake"


class StandIn(TextChoices):
    """Who interpreted in place of an interpreter."""

    CHILD = "child", "A child or young person under 18"
    PARTNER = "partner", "A partner or spouse"
    RELATIVE = "relative", "Another adult relative"
    FRIEND = "friend", "A friend or neighbour"
    STAFF = "staff", "A member of staff who is no interpreter"


class Understood(TextChoices):
    """What the family said afterwards."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"
