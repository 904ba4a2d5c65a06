"""Made-up words of conferences, reviews and core groups. None of it is anybody's."""

PLACES = ("Town Hall, committee room 2", "Quayside Centre, room 4", "By video", "Harbour House, upstairs")
PEOPLE: dict[str, tuple[str, tuple[str, ...]]] = {
    "police": ("Child protection officer", ("DS Ferris", "DC Amponsah", "DC Wetherby")),
    "health-visitor": ("Health visitor", ("Imogen Rae", "Tolu Bankole", "Sian Prosser")),
    "school-nurse": ("School nurse", ("Greta Lindqvist", "Amina Dar")),
    "school": ("Head teacher", ("Rosa Whitcombe", "Gareth Pole", "Neeta Varma")),
    "nursery": ("Nursery manager", ("Lorna Tighe", "Paulo Reis")),
    "surgery": ("General practitioner", ("Dr Sefton", "Dr Okpara", "Dr Lyle")),
    "housing": ("Housing officer", ("P. Lunt", "Dana Croft")),
    "mental-health": ("Therapist", ("Dr Quiller", "Marsha Dene")),
    "probation": ("Probation officer", ("Keir Nolan", "Ruth Adeoye")),
}
APOLOGIES = ("In court that day", "On leave, and nobody could stand in", "Another conference at the same hour")
DEPUTY = ("A colleague who knows the family", "The duty officer")
CHASED = ("Rung, and promised for tomorrow", "Asked again by e-mail", "Asked their manager")
DECIDED = {
    "initial-conference": ("What was found was gone through with everybody; who does what stands below", "The risks were weighed one by one, and each agency said what it will do"),
    "review-conference": ("The plan was gone through step by step; what has not worked is changed below", "Progress since the last conference was heard from each agency"),
    "core-group": ("The steps of the plan were gone through, and two dates moved", "Each said what was done since the last time"),
    "child-in-need": ("The family and the agencies agreed who does what until the summer", "The plan for the children was made with them"),
    "looked-after-review": ("Where the children live, their school and their health were gone through", "Contact with the family was agreed anew"),
}  # fmt: skip
TO_DO = (
    ("See the children each week, alone, and write down what they say", "Social worker"),
    ("Weigh the baby every fortnight and ring if it falls", "Health visitor"),
    ("Tell the social worker the same day when a child is not at school", "School"),
    ("Help with the rent arrears, so that they stay in the flat", "Housing officer"),
    ("Ask the court whether the order still stands", "Legal services"),
)
CHILD = (
    "Wants to know who will be at home after school",
    "Drew the house with the door shut, and said that they like it so",
    "Said that they want to stay with their brother",
    "Did not want to come; asked that the teacher say it for them",
)
FAMILY = (
    "Think that they were not told early enough, and agree with most of it",
    "Agree, and ask for help in the evenings above all",
    "Feel watched; say that they will open the door all the same",
)
DISSENT = (
    ("The father", "He says that the injury was an accident and that the plan is not needed"),
    ("The head teacher", "She would have had the children on the plan for longer"),
    ("The health visitor", "Two visits a month are too few for a baby of that weight"),
)
SENT = {"decisions": "Both parents, by hand", "minutes": "Everybody who was asked, and the family"}
WHY_ON = (
    "The child could not be left without a plan until another day",
    "Two agencies sent full reports, and the family had come",
)
PUT_OFF = ("The social worker sees the children before the new day, and the plan goes on until then",)
CARE_ENDED = ("With the grandmother, who has an order; the worker visits until summer", "Home, with a support plan")
