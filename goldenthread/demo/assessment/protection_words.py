"""Made-up words of strategy discussions, conferences and plans. None of it is anybody's."""

KNOWN = (
    "Health: an injury that does not fit the account of it. School: absent twice this month, each time after a weekend at the flat",
    "Police: called to the address three times since the summer. School: a friend was told about being locked in",
    "Health visitor: weight has fallen through two lines since the last check. Housing: the electricity is off",
    "A relative says that an adult who may not be there was seen leaving at seven in the morning",
)
WHY: dict[str, tuple[str, ...]] = {
    "joint-enquiry": ("What is described would be an offence, and the child must be seen by both", "The police hold a statement that we need"),
    "single-enquiry": ("Significant harm is likely, and nothing that the police would investigate", "Neglect over time; police will join if more is found"),
    "assessment": ("The threshold of significant harm is not met on what all three agencies know",),
    "no-enquiry": ("The account was checked with the hospital and the school, and both fit it",),
}  # fmt: skip
BROUGHT_IN = "The enquiry that began with the first discussion goes on; health has now been heard and agrees"
IMMEDIATE = (
    "The children sleep at their grandmother's until the conference, which she and the mother have agreed to",
    "The uncle has left the address; the police check tonight that he stays away",
    "Seen at home today by social worker and police together",
)
PURPOSE = (
    "How the injury came about, and whether the home is safe",
    "What the children live with, and who can keep them safe",
)
EXPECTATIONS = (
    "The children are seen today, alone; the paediatrician tomorrow; the manager is told each evening",
    "Social worker and police see the children at school first; then the parents together",
)
POLICE = ("DS Ferris, public protection", "DC Amponsah, public protection", "The duty inspector")
HEALTH = ("Dr Ravensworth, paediatrician", "The named nurse and the health visitor", "The midwife on duty")
EDUCATION = ("The head teacher", "The designated teacher")
FOUND: dict[str, tuple[str, ...]] = {
    "conference": ("The harm is real, and nothing has changed that would stop it", "Both children told the same, apart from each other"),
    "no-conference": ("It happened, and whoever did it is gone; the mother acted at once", "Substantiated, and the family's own plan holds"),
    "not-substantiated": ("The medical and the school both fit the parents' account", "Nobody saw what the caller described, and the child denies it"),
}  # fmt: skip
CONFERENCE: dict[bool, tuple[str, ...]] = {
    True: ("A plan for each child: visits every ten working days, the uncle stays away, school tells us the same day",),
    False: ("No plan: the family's own arrangements are enough, and the team goes on helping",),
}
CORE_GROUP = (
    "Two of five points are done; the mother asks for evening visits",
    "School sees a change; the repair is still not done",
)
REVIEW = (
    "The plan goes on: safer than before, and not yet safe enough",
    "All agencies told what they had seen; the plan was made shorter",
)
ENDED = ("All at the conference agreed that the children are safe; help goes on by the family support team",)
