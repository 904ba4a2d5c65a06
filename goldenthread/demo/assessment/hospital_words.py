"""Made-up words about children in hospital. None of it is anybody's."""

_GENERAL, _INFIRMARY = "Wexcombe General Hospital", "Saltings Infirmary"
HOSPITALS = (
    (_GENERAL, "Emergency department"), (_GENERAL, "Emergency department"), (_GENERAL, "Kingfisher ward"),
    (_GENERAL, "Maternity"), (_INFIRMARY, "Heron ward"), (_INFIRMARY, "Minor injuries"),
)  # fmt: skip
TOLD = {
    "Emergency department": "emergency", "Minor injuries": "emergency", "Kingfisher ward": "ward", "Heron ward": "ward",
    "Maternity": "midwife",
}  # fmt: skip
NURSES = (
    "Sister Adeyinka-Moss", "Staff nurse Pellow", "Dr Fairhurst, registrar", "Charge nurse Kaminski",
    "Midwife Trevelyan-Osei", "Dr Bhattacharya, consultant",
)  # fmt: skip
INJURIES = (
    "A broken wrist, and an account of the fall that does not fit it",
    "Bruises behind both ears that nobody can explain",
    "A burn on the back of one hand with an even edge",
    "The third visit in five weeks, each with another injury",
    "A baby of four months with a swollen leg, and nobody saw it happen",
)
CONCERNS = (
    "No carer has come to see the child for two days",
    "The mother has left the ward against advice and nobody knows who is at home",
    "The young person took tablets and says nobody would miss them",
    "Nobody at home has been shown how to use the feeding pump",
    "The family has nowhere to live that would be fit for a newborn",
)
SEEN = (
    "Awake, quiet, and turned to the nurse and not to the parents. Seen alone for ten minutes",
    "Asleep after the operation. The nurse in charge told how the evening had been",
    "Cheerful with the play specialist. Said that home is loud and that it was the door",
    "In the mother's arms. The mother spoke of the last weeks and wept",
)
STEPS = {
    "worker": "Name and number are on the board at the nurses' desk",
    "doctor": "The consultant of the ward, and the registrar at night",
    "child": "Written down in the child's own words by the play specialist",
    "injuries": "Asked for in writing, with body maps and the times",
    "siblings": "Seen at school today, and well",
    "register": "Checked with the register's keeper, who rang back",
    "parents": "Both were seen, one after the other",
    "strategy": "Held by phone with police and the consultant",
}
RULED_OUT = (
    "The scan shows a bone that breaks easily, and the consultant is sure",
    "Two people saw the fall, and both told it alike",
)
FOUND = (
    "The X-ray shows an older break that nobody had told of",
    "A brother says who did it, and the consultant finds that it fits",
)
HOMES = ("Home to both parents", "Home to the mother", "The grandmother's", "Foster carers")
CARERS = ("Both parents", "The mother, with her sister there for a week", "The grandmother", "The foster carers")
VISITS = (
    "The social worker on the first morning, then every second day. If nobody opens, the police are rung",
    "The health visitor on the first afternoon and the social worker on the next day",
)
CONSULTANTS = ("Dr Bhattacharya", "Dr Llewellyn-Cross", "Dr Oduya")
DONE = (
    "Visited at home the same evening: the child was there and well. The ward manager was rung",
    "The police were told and went to the home with the duty worker",
)
ANSWERS = (
    "Daily visits until a plan is agreed. I have spoken to the ward's matron about how this came about",
    "A strategy discussion in the morning. The child stays with the aunt tonight",
)
