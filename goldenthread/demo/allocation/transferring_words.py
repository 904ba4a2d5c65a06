"""Made-up words about transfers. None of it is anybody's."""

WHY = (
    "The assessment is finished. The family needs somebody who comes for longer than we do",
    "The children are in need and not in danger; the plan is for a year",
    "The child is known to the family centre that your team works with",
    "The work that is left is with the parents' drinking, and it will take months",
)
ASKED = (
    "See the children every two weeks, and review the plan after three months",
    "Take on the plan as it stands, and the meetings with the school",
    "Work with both parents on mornings and bedtimes; see the youngest alone each time",
    "Go on with the contact that was begun, and say by the spring whether it is enough",
)
OBSTACLES: dict[str, tuple[str, ...]] = {
    "worker": (
        "Two workers are away and nobody can take it before the new one begins",
        "Nobody in the team speaks the family's language",
    ),
    "assessment": ("The part about the father is not written", "The paediatrician's report is not in it"),
    "plan": ("The review meeting has no date", "The core group has not met since the plan was made"),
    "court": ("A hearing about contact is listed, and who attends is not settled",),
    "record": ("The last four visits are not written up", "The chronology stops a year ago"),
    "family": (
        "They move house at the end of the month, and nobody knows to where",
        "The baby is due in the week of the transfer",
    ),
    "service": ("Who pays for the nursery place is not settled between the two teams",),
    "other": ("The school wants to be told first, and it is half-term",),
}
MOVED = (
    "The other side asked for a week more",
    "Whoever was to do it was ill",
    "It hangs on another agency's answer, which was promised for then",
)
CLEARED = (
    "Done, and both managers have seen it",
    "Settled between the two managers on the phone, and written on the file",
    "The meeting has a date, and somebody of the new team comes",
    "The record was brought up to date and read by the new worker",
)
NOT_OURS = (
    "The risk is still being looked into: that is for a referral team",
    "The family lives in the other team's part of town",
    "Nothing in the plan is what we do",
)
RULED = (
    "The children need somebody now, and the plan is for longer than six months: it goes",
    "Both teams have a case. Where the family lives decides: it goes",
)
STAYS = (
    "An enquiry is about to begin: it stays until that is over",
    "Six weeks are left of the plan: a new face would do more harm than good",
)
WHERE = (
    "Assessed, and a plan is agreed with the mother. The father has been seen once",
    "Four visits done. The house is warmer and there is food; mornings are still hard",
    "The plan runs until the summer. School and health visitor come to every meeting",
)
RISKS = (
    "A man who hurt the mother before has been seen near the school. She knows whom to ring",
    "When the mother drinks, the eldest looks after the others and says nothing",
    "No danger that we know of. The health visitor weighs the baby every week and would tell us",
)
TOLD = (
    "The worker told them at home with the new worker there. The children asked whether she likes dogs",
    "The mother was told on the phone and again at home. The children drew a picture for the new worker",
    "Both children were told together, and what stays the same. The younger one did not want to talk",
)
VISITED = (
    "The children showed both of us their room. The old worker said goodbye in her own words",
    "We sat in the kitchen. The eldest asked how often the new worker will come, and wrote it down",
    "Seen alone in the garden. They know both names and both telephone numbers",
)
NO_VISIT = (
    "The family was away in both of the weeks that were planned",
    "The worker had left the team before a day was found",
    "Three dates were made, and the mother called each of them off",
)
WITHDRAWN = (
    "The family moves to another council, and the case goes there",
    "The review found that nothing more is needed: the case will be closed by us",
    "Relatives have come to live with them, and the plan is looked at anew first",
)
