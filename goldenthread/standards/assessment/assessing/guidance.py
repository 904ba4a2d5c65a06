"""What belongs in each part of an assessment, and what helps to hear a child: shown beside the boxes. In our own words."""

from dataclasses import dataclass

from goldenthread.standards.assessment.assessing.choices import PartKind, Tool


@dataclass(frozen=True, slots=True)
class Guidance:
    """What belongs in a part: in a sentence, as a list, and in an example done well. mistake: what is often written there
    and belongs elsewhere."""

    asks: str
    belongs: tuple[str, ...]
    mistake: str
    example: str


GUIDANCE: dict[str, Guidance] = {
    PartKind.INFORMATION: Guidance(
        "What was learned, from whom, and when?",
        (
            "what you saw and heard yourself, with the day",
            "what others told you, each by name and role",
            "the child's health, schooling, friends and days as they are",
            "what the parents can and do give, and what makes it hard",
            "money, home, family and neighbours",
            "what you could not find out, and whom you asked",
        ),
        "What you make of it belongs in the analysis.",
        "“On 4 March Mrs Obi (class teacher) said that since January he has come without lunch on most Mondays. On 6 March I "
        "saw the kitchen: bread, milk, cereal. His mother told me that her wages are paid on Mondays.”",
    ),
    PartKind.ANALYSIS: Guidance(
        "What does it mean for this child?",
        (
            "which facts matter most, and why",
            "what is strong, and can be built on",
            "what harms or may harm the child, how much and how soon",
            "how things hang together: what makes what worse",
            "what else could explain the facts, and what speaks for or against it",
            "what the child says, and what weight it has",
        ),
        "New facts belong in the information: here nothing is told for the first time.",
        "“He is hungry once a week because money runs out, and not because nobody cares: on the other days he is fed, clean and "
        "on time. If the rent goes up in May, it will be more than Mondays. His worry is for his mother, not for himself.”",
    ),
    PartKind.CONCLUSIONS: Guidance(
        "What follows from the analysis?",
        (
            "what the child needs, each need by itself",
            "whether the child is a child in need, or is suffering or likely to suffer significant harm",
            "what happens to the child if nothing changes",
            "how sure you are, and what would change your mind",
        ),
        "What will be done, and by whom, belongs in the decisions.",
        "“He needs a meal on Mondays, and his mother needs the benefit that she has not claimed. Without it, his health will "
        "suffer by the summer. He is a child in need. Nothing points to significant harm.”",
    ),
    PartKind.DECISIONS: Guidance(
        "What was decided, by whom, and why?",
        (
            "what will be done, and what will not",
            "who decided, with whom it was talked over, and when",
            "why this and not something else",
            "what the child and the parents think of it",
        ),
        "A wish is not a decision: name who does it.",
        "“We make a plan for a child in need. Ms Farrow (team manager) and I decided it on 20 March with his mother. A "
        "referral to the food bank alone would not last. He says: ‘I can stop saving my crisps for her.’”",
    ),
}

TOOLS: dict[str, tuple[str, str]] = {
    Tool.CHOICE_CARDS: (
        "for a child who points or looks, but does not speak",
        "Two or three pictures at a time: this or that? Swap their places and ask again, so that you do not take a favourite "
        "side for an answer.",
    ),
    Tool.FEELINGS_FACES: (
        "for a child who has few words for feelings",
        "Begin with your own face and the child's day, not with the worry. Let them add faces that are missing.",
    ),
    Tool.MY_DAY: (
        "for a child who tells best in order, or who needs to know what comes next",
        "Lay the day out in photographs of the child's own places. Ask which to take away, and which to have twice.",
    ),
    Tool.BODY_MAP: (
        "for a child who can show where, but not say what",
        "For comfort and discomfort, what they like done to them and what not. For an injury, ask a doctor first, so that "
        "evidence is not spoiled.",
    ),
    Tool.THREE_HOUSES: (
        "for a child who draws, or likes things sorted",
        "One sheet for worries, one for good things, one for wishes. Write down what the child says of each drawing, in their "
        "words.",
    ),
    Tool.YES_NO: (
        "for a child with very little movement",
        "Ask who knows the child what their yes and their no look like, and test it with what you know already. Write the "
        "signs down for whoever comes next.",
    ),
    Tool.WATCHING: (
        "for a baby, and for a child with profound disabilities",
        "Watch a whole routine: a meal, a bath, going home. Note what the child moves towards and away from, with whom, and "
        "what calms them. Say what you saw, and apart from it what you think it means.",
    ),
    Tool.WHO_KNOWS: (
        "for a child whose way of speaking is their own",
        "Somebody who knows it and is not part of the worry: a teacher, a speech therapist, an advocate. Say in the record who "
        "it was, and keep apart what the child said and what they took it to mean.",
    ),
}
"""Each tool: whom it is for, and how it is used."""
