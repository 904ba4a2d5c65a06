"""Made-up words about allocations. None of it is anybody's."""

PURPOSES = (
    "Find out whether the children are safe at home, and what the parents can change by themselves",
    "See that the children are at school, fed and seen by a doctor, and agree with the parents who helps with what",
    "Support the mother through the separation, so that the children know where they sleep each night",
    "Keep the plan moving: contact twice a week, and a decision about where the children grow up by the summer",
    "Help the parents with the baby's sleep and feeding, and see that nobody is hurt when they are tired",
    "Understand why the eldest runs away, and agree with them what would make home bearable",
    "Work with the school and the family on what the child needs to be heard and understood",
)
EXPECTED = (
    "First visit within three working days; each child seen alone. Plan shown to the family within two weeks",
    "Visit each week, one visit in two unannounced. Speak to the school each Friday. Write up the same day",
    "See the children without the parents before the month ends. Core details put right. Review in six weeks",
    "Join the nurse's visit on Tuesday. Tell the manager the same day when nobody opens the door",
    "Meet both parents, apart. Ask the child what they want to happen. Assessment handed in by its date",
)
OTHERS = (
    ("The health visitor", "Weighs the baby each week and rings after each visit"),
    ("The class teacher", "Says the same day when the child does not come to school"),
    (
        "The family support worker",
        "Goes on Mondays and Thursdays at tea time, and practises the evening with the parents",
    ),
    ("The community paediatrician", "Sees the child this month and writes what the school needs to know"),
    ("The grandmother", "Has the children from Friday to Sunday, and says when she cannot"),
)
COLLEAGUES = (
    "Comes along to the first visit, and knows the case when the worker is away",
    "Does the parenting course with both parents, and says what changes",
    "Holds the weekly talk with the eldest",
)
REFUSED = (
    "Twenty-two case files, and two of them in court this month",
    "I know the family from where I live",
    "On leave from Monday for two weeks; the first visit cannot wait so long",
)
RULED = (
    "Two case files go to the senior practitioner until the month ends; the first visit is made together",
    "It stands: the duty officer makes the first visit, and supervision looks at it again in a week",
    "The court work is taken over by the senior practitioner",
)
TALKED = (
    "What would tell us that it gets better, and what we do if it does not by the review",
    "How to see the youngest alone; the interpreter is booked for all visits",
    "The purpose is clear to the family; the father's part is not, and is asked next time",
)
TOLD = {
    "danger": ("The eldest was hit last week. Duty visits daily; somebody must be named today",),
    "watched": (
        "Two posts are empty and one worker is ill. Duty rings twice a week and has seen the children once",
        "Nobody is free before the month's end. The school and the health visitor know whom to ring",
        "The worker who was to have it left. Duty sees the family on Thursdays",
    ),
    "settled": (
        "The children are with the grandmother, and the review is not before next month",
        "Work ended well; what is left is to close it properly",
    ),
}
HEARD = (
    "Agency cover is agreed from Monday; it is the first case that goes there",
    "The next team takes it: I have spoken to its manager, and the names come on Friday",
    "I look at it each morning until somebody is named, and duty reports to me",
)
