"""What is said in the made-up council when a file is closed. All of it is made up."""

REASONS = (
    "no-longer-in-need",
    "no-longer-in-need",
    "no-longer-in-need",
    "early-help",
    "early-help",
    "assessed",
    "moved",
    "help-refused",
)
CHANGED = (
    "Both go to school every day, and their mother says that mornings are quiet",
    "The children sleep in beds of their own, and the damp is gone",
    "Nobody shouts any more, the older one says; the father lives elsewhere and comes on Sundays",
    "The baby weighs what a baby should, and smiles at strangers",
    "Nothing has changed but that an aunt is there now; the children think it is enough",
)
SUPPORT = (
    "The school's family worker, once a week; the mother rings her first",
    "The health visitor, and the grandmother at weekends",
    "The family centre; the parents have the number of the duty team",
    "Nobody by appointment: the school knows whom to ring",
)
FAMILY = (
    "They had expected it, and asked whom to ring at night",
    "The mother was glad; the older boy asked whether we would come back if it starts again, and was told how to reach us",
    "They thanked us for little, and took the number",
)
NOT_TOLD = ("They moved and left no address; the new council was told", "To say so would have told him where they live")
AGENCY = (
    "Goes on as before, and will ring us if mornings get worse", "Was surprised; knows now what to look out for",
    "Agreed, and keeps the family's file open",
)  # fmt: skip
CHRONOLOGY = (
    "Three moves in a year, then quiet; each worry began when the father came back",
    "Long quiet stretches, broken every winter",
    "One bad spring, and nothing since that would need us",
)
RETURNED = (
    "Nobody has seen the younger one alone since the summer", "The school has not been asked", "What became of the repair?",
)  # fmt: skip
AGAIN = ("Seen alone at school, and well", "The school was asked, and agrees", "The repair is done; seen by us")
SIGNED = (
    "I read the file and rang the school", "The chronology bears it out, and so does the health visitor",
    "I met the family at the last review, and agree",
)  # fmt: skip
DROPPED = (
    "The father is back in the house",
    "A new worry from the school",
    "The mother asked us to stay until the summer",
)
REOPENED = (
    "Closed too soon: the school rang the next week, and it is the same worry",
    "The closing letter came back: they never left",
)
EXCUSES = (
    "The work ends, and nothing that could still be done would help the child",
    "Not done in time, raised with the worker, and overtaken by the assessment",
    "The family would not be asked again; talked over with them at the closing",
)
