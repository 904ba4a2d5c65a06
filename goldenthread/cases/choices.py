"""What can be chosen of a child and of those around them.

Ethnicity and disability are by the codes of the children in need census (Department for Education; the codes are those of
the published schema for 2025 to 2026).
"""

from django.db.models import TextChoices


class EthnicCode(TextChoices):
    """The national codes, with the two that say why there is none."""

    WBRI = "WBRI", "White British"
    WIRI = "WIRI", "White Irish"
    WIRT = "WIRT", "Traveller of Irish heritage"
    WROM = "WROM", "Gypsy or Roma"
    WOTH = "WOTH", "Any other White background"
    MWBC = "MWBC", "White and Black Caribbean"
    MWBA = "MWBA", "White and Black African"
    MWAS = "MWAS", "White and Asian"
    MOTH = "MOTH", "Any other mixed background"
    AIND = "AIND", "Indian"
    APKN = "APKN", "Pakistani"
    ABAN = "ABAN", "Bangladeshi"
    AOTH = "AOTH", "Any other Asian background"
    BCRB = "BCRB", "Black Caribbean"
    BAFR = "BAFR", "Black African"
    BOTH = "BOTH", "Any other Black background"
    CHNE = "CHNE", "Chinese"
    OOTH = "OOTH", "Any other ethnic group"
    REFU = "REFU", "Asked, and would not say"
    NOBT = "NOBT", "Not asked yet, or not known yet"


class DisabilityCode(TextChoices):
    """The national codes, but for “no disability”, which is an answer."""

    MOB = "MOB", "Mobility"
    HAND = "HAND", "Hand function"
    PC = "PC", "Personal care"
    INC = "INC", "Continence"
    COMM = "COMM", "Communication"
    LD = "LD", "Learning"
    HEAR = "HEAR", "Hearing"
    VIS = "VIS", "Vision"
    BEH = "BEH", "Behaviour"
    CON = "CON", "Consciousness"
    AUT = "AUT", "Autism"
    DDA = "DDA", "Other"


class Asked(TextChoices):
    """What came of asking. What was never asked has no row at all."""

    TOLD = "told", "Told us"
    REFUSED = "refused", "Asked, and would not say"
    NOT_KNOWN = "not-known", "Asked, and not known yet"


class DisabilityAnswer(TextChoices):
    """The same of disability, where “none” is an answer."""

    YES = "yes", "Yes"
    NONE = "none", "No disability"
    REFUSED = "refused", "Asked, and would not say"
    NOT_KNOWN = "not-known", "Asked, and not known yet"


class Language(TextChoices):
    """Languages by their keys in ISO 639-3, as far as families here are likely to speak or sign them."""

    ENG = "eng", "English"
    BFI = "bfi", "British Sign Language"
    SQI = "sqi", "Albanian"
    AMH = "amh", "Amharic"
    ARA = "ara", "Arabic"
    BEN = "ben", "Bengali"
    BUL = "bul", "Bulgarian"
    YUE = "yue", "Cantonese"
    HRV = "hrv", "Croatian"
    CES = "ces", "Czech"
    PRS = "prs", "Dari"
    NLD = "nld", "Dutch"
    FAS = "fas", "Farsi"
    FRA = "fra", "French"
    DEU = "deu", "German"
    ELL = "ell", "Greek"
    GUJ = "guj", "Gujarati"
    HIN = "hin", "Hindi"
    HUN = "hun", "Hungarian"
    IBO = "ibo", "Igbo"
    ITA = "ita", "Italian"
    KUR = "kur", "Kurdish"
    LAV = "lav", "Latvian"
    LIN = "lin", "Lingala"
    LIT = "lit", "Lithuanian"
    MAL = "mal", "Malayalam"
    CMN = "cmn", "Mandarin"
    NEP = "nep", "Nepali"
    ORM = "orm", "Oromo"
    PUS = "pus", "Pashto"
    POL = "pol", "Polish"
    POR = "por", "Portuguese"
    PAN = "pan", "Punjabi"
    ROM = "rom", "Romani"
    RON = "ron", "Romanian"
    RUS = "rus", "Russian"
    SLK = "slk", "Slovak"
    SOM = "som", "Somali"
    SPA = "spa", "Spanish"
    SWA = "swa", "Swahili"
    SYL = "syl", "Sylheti"
    TAM = "tam", "Tamil"
    TIR = "tir", "Tigrinya"
    TUR = "tur", "Turkish"
    TWI = "twi", "Twi"
    UKR = "ukr", "Ukrainian"
    URD = "urd", "Urdu"
    VIE = "vie", "Vietnamese"
    CYM = "cym", "Welsh"
    YOR = "yor", "Yoruba"
    OTHER = "other", "Another language"


class InterpreterNeed(TextChoices):
    """Whether somebody has to interpret. Never a child or a relative."""

    NO = "no", "No"
    SPOKEN = "spoken", "Yes, of a spoken language"
    SIGN = "sign", "Yes, of a sign language"
    DEAFBLIND = "deafblind", "Yes, a communicator-guide for deafblind people"


class Writing(TextChoices):
    """How to write to the family."""

    ENGLISH = "english", "In English"
    TRANSLATED = "translated", "Translated"
    EASY = "easy", "In easy words or pictures"
    ALOUD = "aloud", "Not in writing: tell them"


class Way(TextChoices):
    """How a child makes themselves understood."""

    SPEECH = "speech", "Speech"
    BSL = "bsl", "British Sign Language"
    MAKATON = "makaton", "Makaton"
    PECS = "pecs", "Picture exchange (PECS)"
    SYMBOLS = "symbols", "Symbols or a communication board"
    DEVICE = "device", "A device that speaks"
    EYES = "eyes", "Eye pointing"
    OBJECTS = "objects", "Objects of reference"
    BODY = "body", "Sounds, face and movement"
    PLAY = "play", "Play and drawing"
    HEARING_AIDS = "hearing-aids", "With hearing aids or an implant"
    LIP_READING = "lip-reading", "Reads lips"
    LARGE_PRINT = "large-print", "Large print or braille"


class Relation(TextChoices):
    """What a person is to a child."""

    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    STEP_PARENT = "step-parent", "Step-parent"
    PARTNER = "partner", "A parent's partner"
    GRANDPARENT = "grandparent", "Grandparent"
    ADULT_SIBLING = "adult-sibling", "Grown-up brother or sister"
    AUNT_UNCLE = "aunt-uncle", "Aunt or uncle"
    OTHER_RELATIVE = "relative", "Other relative"
    FOSTER_CARER = "foster-carer", "Foster carer"
    GUARDIAN = "guardian", "Guardian"
    FRIEND = "friend", "Friend of the family"
    LODGER = "lodger", "Lodger, or somebody else in the home"
    OTHER = "other", "Somebody else"


class SiblingRelation(TextChoices):
    """What another child is to a child."""

    FULL = "full", "Brother or sister"
    TWIN = "twin", "Twin"
    HALF = "half", "Half-brother or half-sister"
    STEP = "step", "Step-brother or step-sister"
    COUSIN = "cousin", "Cousin"
    IN_HOUSEHOLD = "household", "Lives in the same household"


class YesNo(TextChoices):
    """With an honest third."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not-known", "Not known"


class InvolvedKind(TextChoices):
    """What kind of agency has to do with a child."""

    SURGERY = "surgery", "Doctor's surgery"
    HEALTH_VISITOR = "health-visitor", "Health visitor"
    SCHOOL_NURSE = "school-nurse", "School nurse"
    HOSPITAL = "hospital", "Hospital or clinic"
    MENTAL_HEALTH = "mental-health", "Child mental health"
    THERAPY = "therapy", "Speech, occupational or physical therapy"
    SCHOOL = "school", "School"
    NURSERY = "nursery", "Nursery or childminder"
    EDUCATION = "education", "Education service"
    POLICE = "police", "Police"
    PROBATION = "probation", "Probation or youth justice"
    HOUSING = "housing", "Housing"
    ADULTS = "adults", "Adult social care"
    EARLY_HELP = "early-help", "Early help"
    VOLUNTARY = "voluntary", "Voluntary organisation"
    COURT = "court", "Court or court advisers"
    OTHER = "other", "Other"
