"""Made-up names and words: children, agencies, concerns, reasons. None of it is anybody's."""


def _each(text: str, between: str | None = None) -> tuple[str, ...]:
    return tuple(text.split(between))


GIVEN = {
    "F": _each(
        "Amara Bronwen Cecily Dalia Esme Farida Gwendolen Hafsa Imogen Juno Keziah Lowenna Maeve Nadia Orla Petra Rosalind Safiya "
        "Tamsin Uma Verity Wren Xenia Yara Zofia Adaeze Bethan Clementine Dervla Eshe Freya Ginevra Hana Ione Jasmeen Kirsty"
    ),
    "M": _each(
        "Alfie Bodhi Caspian Dermot Elijah Finlay Gethin Hamza Idris Jude Kwame Lorcan Mateusz Nico Osian Perran Quentin Rafi "
        "Stellan Tobias Umar Viktor Wilfred Xavi Yusuf Zane Arjun Bram Conall Dilan Emeka Fergus Gwyn Hugo Ilya Jago"
    ),
}  # fmt: skip
FAMILY = _each(
    "Abbotswell Achterberg Ainscombe Ballantrae Bassett-Okoro Birkenshaw Blackmoor Brambling Bryndale Cadogan Calloway Carrick "
    "Chelworth Chukwu Clearbrook Coppinger Cranmere Dabrowska Dacre Danjuma Deepdale Dovecote Dunmore Eastwick Elderkin Eze Fairweather "
    "Farouk Fernsby Flintoff Foxglove Garrow Ghosh Glendower Goldthorpe Greenhalgh Gurung Haddock Halloran Harkaway Hartnoll Hassani "
    "Hebblewhite Heron Hollins Holloway Ibekwe Inglewood Jagger Janowicz Kaur-Dean Kellaway Kestrel Killick Kirkbride Lacewing Laskaris "
    "Lockhart Lovelace Maddox Malik-Stone Marchbanks Meadowcroft Merriweather Mistry Moorcock Mwangi Nettleship Nightingale Nwosu Oakley "
    "Ogden Okonjo Olander Osgood Pascoe Pettigrew Pickersgill Plumtree Quayle Quennell Rahimi Rainford Redfern Ridgeway Rookwood Rosewarne "
    "Rowntree Sadiq Saltmarsh Sandiford Seagrave Shackleford Skylark Songhurst Sparrow Stanhope Strickland Sugden Swallow Tanqueray Tejada "
    "Thackeray Thorogood Tindall Trelawney Truscott Tumelty Umeh Underhill Vasquez Venables Wadsworth Wainwright Waterhouse Weatherby Westerdale "
    "Whitlock Wiseacre Wojcik Woodruff Wyndham Yarrow Yelland Yildiz Zamoyski Zeller"
)  # fmt: skip

PLACES = _each(
    "Alderholt Ashcombe Barrow Castle Churchway Fernhill Fairlawn Greenbank Harbourside Kingsmead Larkhill Longmeadow Marshfoot "
    "Millbrook Northgate Orchard Quarry Riverside Saltings Southfield Stonebridge Weavers Wexford Woodlands"
)  # fmt: skip
AGENCIES: dict[str, tuple[str, ...]] = {
    "police": ("Wexshire Police, public protection", "Wexshire Police, response east", "Wexshire Police, response west", "Wexshire Police, custody"),
    "school": tuple(f"{place} {kind}" for place in PLACES for kind in ("Primary School", "School", "Nursery School")),
    "education": ("Education welfare service", "Special educational needs service", "Virtual school"),
    "health": (
        "Wexcombe General Hospital, emergency department", "Wexcombe General Hospital, maternity", "Harbourside Surgery", "Quarry Lane Surgery",
        "Northgate Health Centre", "Health visiting, east", "Health visiting, west", "School nursing", "Child and family consultation service",
    ),
    "housing": ("Council housing office", "Wex Valley Homes", "Harbour Housing Association"),
    "probation": ("Probation service, Wexcombe", "Youth justice service"),
    "council": ("Early help service", "Children's centre, Larkhill", "Adult social care", "Education and inclusion", "Benefits office"),
    "other-council": ("Thornshire Council", "Mereborough Council"),
    "voluntary": ("Wexcombe Women's Refuge", "Family Tree Wexcombe", "Harbour Young Carers", "The Listening Room"),
    "legal": ("Court advisory service", "Wexcombe Family Court"),
}  # fmt: skip
PEOPLE = _each(
    "J. Ackroyd|S. Mbatha|the duty sister|P. Llewellyn-Shah|R. Dankworth|the designated teacher|K. Szymanska|A. Fotheringay|D. Onwudiwe|"
    "M. Culpepper|the head teacher|T. Varga|L. Oxenham|the health visitor|F. Badawi|N. Trescothick|the duty sergeant|C. Ponsonby-Rai"
, "|")  # fmt: skip
RELATIONS = {"family": ("a grandmother", "an aunt", "the father", "the mother", "an older brother"),
             "self": ("the young person",), "neighbour": ("a neighbour", "a family friend"), "other": ("a caller",)}  # fmt: skip

CONCERNS: dict[str, tuple[str, ...]] = {
    "abuse_or_neglect": (
        "Bruises on both arms, and an account of them that has changed twice",
        "Hungry, and in the same clothes for the third week running",
        "A brother said that they are hit with a belt when the baby wakes",
        "Police were called to a fight between the parents; the children were upstairs and awake",
        "A cousin told a teacher about something that an uncle did, and then would say no more",
        "Left alone overnight, found by a neighbour at six in the morning",
        "Home without heating or food when visited; medicine within reach of the toddler",
    ),
    "childs_disability_or_illness": (
        "Parents can no longer lift her safely and have had no night's sleep for a month",
        "New diagnosis; the family asks what help there is at home and at weekends",
        "Discharge from hospital is planned and no carer has been trained for the feeding tube",
    ),
    "parents_disability_or_illness": (
        "Mother is in hospital again and the oldest child is looking after the others",
        "Father's illness has become worse; the children are missing school to care for him",
    ),
    "family_in_acute_stress": (
        "Family has lost its tenancy and is moving between friends' sofas",
        "Mother asks for help: she is afraid of what she might do when the twins cry",
        "Parents have separated after a crisis and neither can keep the children this week",
    ),
    "family_dysfunction": (
        "Frequent arguments and drinking at home; the children keep away until late",
        "A parent's new partner has been violent before, in another family",
        "The children pass messages between parents who do not speak, and one has stopped eating",
    ),
    "socially_unacceptable_behaviour": (
        "Missing from home four times this month, seen with much older men",
        "Arrested for carrying a knife; says that he has to",
    ),
    "low_income": ("No money for food or the electricity meter since benefits were stopped",),
    "absent_parenting": (
        "Arrived alone; says that she is fifteen and that nobody is expecting her",
        "Grandparents can no longer manage, and the parents cannot be found",
    ),
    "cases_other_than_in_need": ("Enquiry of another council about a family that lived here",),
    "not_stated": ("Concern passed on without detail; the referrer will send more in writing",),
}  # fmt: skip
DECISION_REASONS: dict[str, tuple[str, ...]] = {
    "assessment": (
        "What is described needs to be seen and understood before anything else is decided",
        "Third concern in a year, each from someone else",
        "The family's own account and the school's do not agree",
    ),
    "strategy-discussion": (
        "The child may be suffering significant harm, and the police and health need to be asked at once",
        "An injury that nobody has explained, in a child who cannot speak for herself",
    ),
    "services": ("The family asks for a particular service and nothing suggests harm", "Early help knows the family and can begin this week"),
    "onward-referral": ("The need is one that the health service meets", "Housing is the cause, and the housing office can act"),
    "no-further-action": ("Checked with school and health visitor: no concern of theirs, and the family has been told", "The child lives in another council's area, which has been told"),
}  # fmt: skip
NO_OFFENCE = (
    "Nothing described would be an offence",
    "A worry about care and money, and no sign of harm by anyone",
    "Spoke with the referrer: an accident, seen by staff",
)
OFFENCE_NOT_KNOWN = ("The child has not been spoken with yet", "Waiting for the doctor's opinion on the injury")
POLICE_NOT_YET = ("Line engaged twice; the duty officer will ring back", "Waiting for the manager to agree")
POLICE_OFFICERS = ("DS Ferris", "DC Amponsah", "PC Bellweather", "DC Rzepka", "the duty inspector")
PURPOSES = (
    "To see the child within two weeks and tell us whether treatment is needed",
    "To find the family a tenancy away from the present address",
    "To offer the mother a place on the next programme and tell us if she does not come",
    "To check hearing and development, and send us the result",
    "To give a risk assessment of the adult before he returns home",
)
RESPONSES = (
    "Needs the parents' consent first",
    "Does not meet our threshold at present",
    "Will come back to us after the team meeting",
)
UNMET: dict[str, tuple[str, ...]] = {
    "family-support": ("Someone at home at the times when the children get up and go to bed",),
    "parenting": ("A place on a parenting programme in the evening",),
    "short-breaks": ("One night a fortnight away for the child, so that the family can sleep",),
    "child-care": ("A nursery place for the two-year-old",),
    "child-mental-health": ("To be seen by the child and family consultation service",),
    "adult-mental-health": ("Help for the mother's depression before the baby is born",),
    "counselling": ("Someone for the child to talk with about what happened",),
    "domestic-abuse": ("A place on a programme about living safely after violence",),
    "substance-misuse": ("A drug worker who can visit at home",),
    "disability": ("A hoist and a bathroom that the family can use",),
    "housing": ("A tenancy with enough bedrooms",),
    "education": ("A school place after an exclusion",),
    "young-carer": ("A young carers' group near home",),
    "interpreting": ("An interpreter in the family's language for each visit",),
    "money": ("A bed and a cooker",),
}  # fmt: skip
NEEDS_OF: dict[str, tuple[str, ...]] = {
    "abuse_or_neglect": ("family-support", "counselling", "domestic-abuse", "child-mental-health", "substance-misuse"),
    "childs_disability_or_illness": ("short-breaks", "disability", "short-breaks", "child-care"),
    "parents_disability_or_illness": ("young-carer", "adult-mental-health", "family-support"),
    "family_in_acute_stress": ("housing", "family-support", "money", "child-care"),
    "family_dysfunction": ("parenting", "substance-misuse", "counselling"),
    "socially_unacceptable_behaviour": ("education", "child-mental-health"),
    "low_income": ("money", "housing"),
    "absent_parenting": ("interpreting", "education", "housing"),
    "cases_other_than_in_need": ("family-support",),
    "not_stated": ("family-support", "parenting"),
}  # fmt: skip
WHY_UNMET = {
    "no-service": 18,
    "waiting-list": 38,
    "threshold": 20,
    "cost": 9,
    "declined": 9,
    "language": 3,
    "too-far": 3,
}
UNITS = {"short-breaks": "nights", "family-support": "hours-a-week", "child-care": "places", "counselling": "sessions", "money": "items", "parenting": "places"}  # fmt: skip
OFFERED = ("", "", "A leaflet and the helpline's number", "A place on the waiting list", "Two visits by early help")
HOW_MET = ("A place came free", "The family found it with our letter of support", "Paid for from the team's small fund")
EXCUSES = {
    "referrals.acknowledgement": "The caller left no number and no address to write to",
    "referrals.written-confirmation": "The agency has closed and nobody there can confirm it",
    "referrals.onward-response": "The family moved away before the agency could answer",
}
EXCUSE = "Found on audit, too late to be of use to the child; raised with the worker"
