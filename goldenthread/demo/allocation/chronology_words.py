"""What is said in the made-up chronologies."""

# What happened, why it matters, from which agency, who told us, and how much it matters: while the file was open.
NOW = (
    ("The father moved out", "He took the younger one to nursery. Since then nobody has", "family", "The grandmother, by phone", "significant"),
    ("The mother's new partner moved in", "The children were not asked, and the older one sleeps at a friend's since", "education", "The head of year", "key"),
    ("The grandmother who cared at weekends died", "She was the one adult whom the children named when asked who looks after them", "family", "The aunt", "key"),
    ("Excluded from school for five days", "School was the only place where breakfast was certain", "education", "The school's letter", "significant"),
    ("The health visitor could not get in for the third time", "Nobody outside the home has seen the baby this month", "health", "The health visitor", "significant"),
    ("The police were called to the home at night", "The children were on the stairs when they came", "police", "The police's own notice", "key"),
    ("The rent arrears led to a notice to leave", "It would be the fourth home, and the second school, in two years", "housing", "The housing officer", "significant"),
    ("The mother began treatment for alcohol", "She has said for the first time that the mornings are hard because of it", "health", "The surgery", "significant"),
)  # fmt: skip
# The same of what happened before the file was opened, and came to light later.
BEFORE = (
    ("The family lived in another county and had a social worker there", "Three services each began from nothing", "council", "Their letter", "key"),
    ("An older half-brother was taken into care", "What was said of him then is said of this child now", "council", "The old file", "key"),
    ("Born early, and in special care for six weeks", "Every illness since has been put down to it", "health", "The surgery's summary", "significant"),
    ("The mother was in a refuge", "The father knows the town, and the children know why they may not say where they live", "voluntary", "The mother", "key"),
    ("Out of school for most of a year", "Nobody asked where the child was in the daytime", "education", "The school's record", "significant"),
    ("The father was in prison", "The visits stopped, and nobody has said to the children why", "justice", "The probation officer", "significant"),
)  # fmt: skip
REVIEWS = (
    "Read from the beginning, each crisis comes some weeks after a move. I had seen them one by one. The plan has to hold through the next move, which is in spring.",
    "Four agencies each wrote “no concerns” in the same month in which the school wrote of hunger. I ask all four to read the page together.",
    "The last three months are calm, and the grandmother is in each of them. If she cannot go on there is nothing else. I raise it with my manager.",
    "What was known late changes it: the injury of two years ago was put down to a fall by somebody who did not know of the brother.",
    "Nothing new in this quarter but two kept appointments. What the child says of home has not been written down since autumn: that comes first.",
)
SEEN = (
    "I had not seen how often the same thing was explained away. Bring it to the conference, and put the two injuries side by side.",
    "Agreed. The gap in the spring is ours: nobody was allocated. Say so in it.",
    "It tells me more than the last report did. What I miss is what the child made of each move. Ask, and add it.",
    "Read whole, with the worker. We hold a strategy discussion this week.",
)
MARKED = (
    "It was the first time that somebody outside the family put it into words",
    "Nothing was done after it for four months, and the next one was worse",
    "The same concern, from somebody who could not have known of the first",
)
MENDED = "It was told more exactly since"
