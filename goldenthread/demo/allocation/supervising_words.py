"""What is said in the made-up council's supervision. All of it is made up."""

from random import Random

from goldenthread.standards.allocation.supervising.choices import Answer, Question

MISSED = (
    "The manager was in court",
    "The worker was called to a strategy discussion",
    "Illness",
    "A child had to be moved that day",
)
DISCUSSED = (
    "How mornings go since the younger one started nursery, and who gets up",
    "That the last three visits were all announced, and what the house is like when they are not",
    "What the children say of their mother's new partner, and that nobody has met him",
    "The school's worry about lateness, and that it stopped when the aunt moved in",
    "Whether the drinking has stopped or is only out of sight",
    "That the health visitor and we see two different families",
    "How the boy copes with two homes, and which of them he calls his",
)
DECIDED = (
    "The next visit is not announced",
    "The plan stays as it is until the next review; the father is to be asked in",
    "See each child alone before the month is out",
    "Bring the review forward",
    "Nothing changes: what was agreed is working and needs time",
    "Ask the school for a week of times, not an impression",
)
AGREED = (
    "Meet the new partner at home",
    "Ring the health visitor and compare notes",
    "Bring the chronology up to date from the school's letters",
    "See the older child at school",
    "Ask the housing office what became of the repair",
    "Write to the grandmother about the summer",
)
DONE = (
    "Met; he was polite and said little", "Done, and it changes how the last months look", "Seen alone for half an hour",
    "Rang twice, and spoke on the second day", "Written, and an answer came",
)  # fmt: skip
MOVED = ("The family was away for the week", "The school was on holiday", "The worker was on leave")
TAKEN_BACK = ("The family did it themselves", "Another agency had done it already")
_WORRY = {
    Question.SEEN: ("The younger one only with her mother there", "The visit was cut short"),
    Question.HEARD: ("What he wants has never been asked", "Only through an older sister"),
    Question.CHRONOLOGY: ("The last half year is missing", "Not since the transfer"),
    Question.PLAN: ("Two of the four steps have not begun", "The family does not know it"),
    Question.RISK: ("He is back in the house", "The arguments are at night now"),
    Question.OTHERS: ("The referral to the clinic was never sent", "Nobody came to the last two core groups"),
    Question.ENDING: ("It was never said", "Everybody means something else by better"),
}


def answer(question: Question, chance: Random) -> tuple[str, str]:
    """An answer, with a word where the answer asks for one."""
    draw = chance.random()
    good = Answer.NO if question is Question.RISK else Answer.YES
    if draw < 0.72:
        return str(good), ""
    word = _WORRY[question][int(chance.random() * 2)]
    if draw < 0.82:
        return str(Answer.NOT_KNOWN), word
    return str(Answer.YES if question is Question.RISK else Answer.NO), word
