"""Made-up words of assessments and plans. None of it is anybody's."""

PURPOSES = (
    "Can the children stay safely at home, and what would that take?",
    "What lies behind the missed school days, and who can help?",
    "Is what was seen an accident, and are the children safe meanwhile?",
    "What does the family need so that the parents can go on caring?",
    "What are the arguments at home doing to the children?",
)
EXPECTATIONS = (
    "The school tells us each Friday what it saw; we tell the parents what we hear before we write it down.",
    "The parents let us see the children at home and at school; we come when we say, and phone if we cannot.",
    "The health visitor weighs the baby each week; the family keeps the appointments, and we drive them if need be.",
    "The housing officer tells us what can be done about the damp; we write the letter of support this week.",
)
PARTS: dict[str, tuple[str, ...]] = {
    "information": (
        "I visited three times, twice without notice. The flat was warm and there was food. The class teacher says that mornings "
        "have been late since the autumn. The mother told me that she works nights and has nobody for the mornings.",
        "The health visitor has seen the child twice this month: weight on the line, rash healing. The grandmother has moved "
        "in. The father works away and did not return my calls of 3 and 9.",
        "The school's log has eleven entries since the summer, nine of them on Mondays. The child has two good friends and likes "
        "swimming. The mother has been without her medicine for some weeks, as her doctor confirms.",
        "Police were called four times in a year. The children were in the next room each time. The parents have lived apart since "
        "the last call. The neighbour who phoned us has heard nothing since.",
    ),
    "analysis": (
        "The lateness follows the shifts, and nothing else does: on the mother's free days the child is early. What looks like a "
        "lack of interest is a lack of a second adult.",
        "The strength is the grandmother. The risk is that all hangs on her, and that she is not well herself. If she stops, we "
        "are where we were in the autumn.",
        "Mondays follow weekends at the father's. The child neither eats nor sleeps there, and says so. It may also be that the "
        "change itself upsets him; the log of his old school speaks against it.",
        "The children have learned to keep quiet. That is what worries me most: they are easy to overlook. Living apart has helped, and "
        "it is new.",
    ),
    "conclusions": (
        "The child needs somebody at home between six and eight. Without it, school will be lost bit by bit. Nothing points to "
        "significant harm.",
        "A child in need: of a rested carer, and of a baby's checks being kept. I would think again if the weight left its line.",
        "He needs weekends that he can sleep through. He is not likely to suffer significant harm if these change; he may be, if not.",
        "They need to be safe, to be told that it was not their fault, and one adult outside the family to talk to.",
    ),
    "decisions": (
        "Talked over with the mother and decided with my manager on the day of the last visit. The daughter agrees, and wants the "
        "breakfast club to be the one with her friend.",
        "Decided with my manager. The family thinks it right, but for the visits without notice, which they mind. They stay for now.",
        "Decided after a talk with both parents, one at a time. The father disagrees and has had it in writing.",
        "Decided with the family and the school at one table. The boy said that he would try it until Easter.",
    ),
}
MENDED = " Added after it was returned: what the school said in its letter, and what speaks against this view."
RETURNED = (
    "The analysis tells facts that are not in the information. Say what the child herself makes of it.",
    "Who decided, and with whom was it talked over? The decisions do not say.",
    "The father's side is missing: he was not asked, or it was not written down.",
    "I cannot tell what happens to the child if nothing changes. Please say so in the conclusions.",
)
SIGNED = (
    "The facts bear out the conclusions, and the child's own words are answered in the decisions.",
    "A fair picture, with what speaks against it. The decisions name who does what.",
    "Thorough and short. I have asked the worker about the weekends, and am satisfied.",
)
AIMS = (
    "Mornings go well: she has eaten, is at school in time and knows who is at home",
    "The baby grows as babies should, and Gran gets a rest",
    "He sleeps at weekends, and is not afraid of Sundays",
    "Nobody shouts at home, and if somebody does, the children know where to go",
)
STEPS: tuple[tuple[str, str, str, str, str], ...] = (
    ("A calm start to the day", "A place at breakfast club, five days a week", "agency", "the head of year", "She is there before the bell and has eaten"),
    ("A carer who is rested", "Six hours of help at home a week", "us", "family support worker", "Gran has been to her choir"),
    ("Somebody to talk to", "Eight meetings with the counsellor at school", "agency", "school counsellor", "He says that there is one person who knows"),
    ("A warm, dry room", "The damp in the back bedroom is mended", "agency", "the housing officer", "The wall is dry, and his drawings stay up"),
    ("Medicine that is taken", "The prescription is fetched each fourth Friday", "family", "the mother", "Mum is awake when he comes home"),
    ("Checks that are kept", "The baby is weighed each week", "agency", "the health visitor", "The line in the red book goes up"),
)  # fmt: skip
CAME = (
    "The child, the mother, the class teacher and the family support worker. The health visitor sent a note.",
    "Both parents and the grandmother. The housing officer was asked and did not come.",
    "The mother and the school counsellor; the child for the first half, as he had wished.",
)
CHANGED = (
    "Two of the three signs are there. The third needs more time.",
    "School days missed have gone from nine a month to two. She has slept at her friend's for the first time.",
    "Little has changed since the last time, but that the damp is mended.",
)
REVIEW_WHY = {
    "continue": ("It helps, and is not finished.", "What was promised began late, so that it is too early to say."),
    "end": ("The signs that the plan named are there, and the family wants to go on alone.", "School and health visitor go on; we are not needed."),
    "step-up": ("The police were called again, and the plan cannot keep them safe.",),
}  # fmt: skip

# What children said, by age in years: up to and with.
WORDS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (1, (
        "Watched over a feed and a nappy change: follows his mother with his eyes, calms at once in her arms, turns away from the loud television.",
        "Watched for an hour: reaches for her grandmother, crawls off and comes back to look. Started when the door banged.",
    )),
    (3, (
        "“Mummy sleep. Me make toast.” Put the doll to bed and said: “Sshh, not wake him.”",
        "Showed me the bed: “Nana bed. My bed.” Chose the happy face for Nana, the sad one for the stairs.",
    )),
    (7, (
        "“I don't like it when they shout. I go under my bed with Rex.” Rex is the toy dog.",
        "Drew the house with a big sun. “That's when Gran is here.” Of the dark window: “That's Sunday.”",
        "“I want to go to school with Maisie and have breakfast with Maisie.”",
    )),
    (12, (
        "“I do my brother's packed lunch. I don't mind. I just want Mum to get better.”",
        "“Everyone asks Mum. Nobody asked me. I'd like to stay at the same school.”",
        "“Weekends are boring and I can't sleep there. Can I just go for the day?”",
    )),
    (18, (
        "“You can write what you like, nothing changes. But I'd talk to Ms Ray if she had time.”",
        "“I'm fine. It's my sister you should worry about.”",
        "“I want it to be my decision when I see my dad.”",
    )),
)  # fmt: skip
WORDS_DISABLED = (
    "With choice cards: looked at “Gran” and pushed “Saturday” away, each time, on both visits.",
    "Signed MORE SWIM and HOME, and NO to the picture of the club. His teacher was there to read his signs.",
    "Took two photographs out of her day: the bus and the hall. Kept the dog, twice.",
    "Smiled and stilled when his brother came in. Turned his head from the hoist. His sign for yes is looking up.",
)
UNDERSTOOD = (
    "She looks after others more than she should at her age",
    "He feels safe with his grandmother, and not on Sundays",
    "She wants to be asked, and has a clear view of her own",
    "The house is calm when the television is off",
)
NONE_YOUNG = (
    "A baby of some weeks, asleep at both visits. I shall watch a feed next week.",
    "Too small for words; I have described what I saw in the information.",
)
NONE_OLDER = (
    "Came to the door and went away again, on three visits; passed back the letter that I had left, unopened.",
    "Said that they did not want to talk to social workers. I have left the number of the advocate.",
    "Their mother would not let me see them without her. With her there, they looked at her before each word.",
)
NOT_SEEN = (
    "Nobody was in on three visits, one of them in the evening. The school has seen the child each day.",
    "Staying with an aunt in another county until next week; the aunt has seen our letter.",
)
NOT_ALONE = (
    "Wished a teacher to stay, who sat by and did not speak",
    "A baby in arms: the mother was there",
    "The mother stayed in the room. I have asked the school for a place to meet",
)
REMARKS = (
    "",
    "",
    "",
    "The father may complain: his side is in the information.",
    "The housing officer's letter came today.",
)
LANGUAGES = (("English", False),) * 9 + (("Polish", True), ("Sylheti", True), ("Kurdish", True))
