"""Made-up solicitors, and words of what was asked and advised. None of it is anybody's."""

# Numbers that Ofcom keeps for drama: nobody has them.
COUNCILS: dict[str, tuple[tuple[str, str], ...]] = {
    "Wexcombe Council": (("Hermione Oduya-Clarke", "01632 960110"), ("Lucian Pendry", "01632 960111")),
    "Thornshire Council": (("Sabine Akintola", "01632 960120"), ("Rufus Merrick", "01632 960121")),
    "Mereborough Council": (("Olwen Castellan", "01632 960130"), ("Tobiah Renshaw", "01632 960131")),
    "Estuary Vale Council": (("Philippa Nwachukwu", "01632 960140"), ("Evander Lisle", "01632 960141")),
}
WHY_CUT = ("Ill since the morning", "A hearing that goes on into the night", "A death in the family")
QUESTIONS = (
    "May the child stay with the aunt tonight if the father says no?",
    "The mother will not let us see the baby: what can we do before the morning?",
    "What has to be shown for an emergency protection order, on what the school saw?",
    "May the ward keep the child until the strategy discussion?",
    "The police are willing to act: do we still have to go to court in three days?",
)
ADVICE = {
    "advised": (
        "With the mother's written agreement the child may stay with the aunt. Without it, only the police or a court can decide.",
        "Ask once more with a second officer there, and write down what is said. If it is refused again, ring back.",
    ),
    "proceedings": ("There is enough for an application. Statement by ten; the hearing is asked for at two.",),
    "meeting": ("Nothing tonight. Bring the chronology to a meeting with the lawyers this week.",),
    "more": ("Find out who holds parental responsibility, and ring again.",),
}
OUTCOMES = ("advised", "advised", "advised", "meeting", "proceedings", "more")
