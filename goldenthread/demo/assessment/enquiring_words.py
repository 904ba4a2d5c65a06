"""Made-up words of section 47 enquiries, by what came of them. None of it is anybody's."""

_INFORMATION = (
    "I saw the children at school with the police officer, and each of them apart. The paediatrician's letter came the same "
    "evening. The mother was told at noon, and came at once.",
    "The police took two statements. The health visitor brought the weights of the last half year. The school's log has "
    "seven entries since the spring, and I have read each of them with the teacher.",
    "Three visits, one of them at night. The neighbour who phoned has been seen. The grandmother was asked, and told what she "
    "had seen and what she had only heard.",
)
_FAMILY = (
    "The parents were told what was found, each alone, and what they say is written beside it.",
    "Gone through with the mother line by line. She minds that it took so long to be told who had phoned.",
)
PARTS: dict[str, dict[str, tuple[str, ...]]] = {
    "conference": {
        "information": _INFORMATION,
        "analysis": (
            "Both children tell the same, and neither had heard the other. The account of the fall does not fit the medical. "
            "The strength is the aunt, who believes them.",
            "It has happened before and was explained before. What is new is that the child has stopped asking for help. That the "
            "parents came to each meeting counts for something, and does not make the evenings safer.",
        ),
        "conclusions": (
            "The children have been harmed and are likely to be again if nothing changes. They need adults around one table "
            "who know all of it.",
            "Significant harm, over time rather than at once. A family's own promise is not enough to keep them safe.",
        ),
        "decisions": tuple(
            f"Decided with my manager: a conference. Until then the help that began this week goes on. {said}"
            for said in _FAMILY
        ),
    },
    "no-conference": {
        "information": _INFORMATION,
        "analysis": (
            "It happened, and whoever did it has left. The mother changed the locks before anybody asked her to. What worries me is "
            "how lonely she is now.",
            "The harm came from outside the home. Inside it the children are believed and held. They sleep badly, and say so.",
        ),
        "conclusions": (
            "The children were harmed, and are not likely to be harmed again as things stand. They need somebody to talk to.",
            "Safe where they are, with the adults who are there now. That would change if he came back to live there.",
        ),
        "decisions": tuple(
            f"Decided with my manager: no conference, and help that the family has chosen. {said}" for said in _FAMILY
        ),
    },
    "not-substantiated": {
        "information": _INFORMATION,
        "analysis": (
            "The medical, the school and the child all fit the mother's account. What speaks for harm is one sentence that was "
            "overheard, and nobody can say when.",
            "Nothing bears out what was phoned in. The caller had reason to be worried and could not know the rest.",
        ),
        "conclusions": (
            "No sign that the children have been harmed or are likely to be. The enquiry itself has upset them, and we have said that "
            "we are sorry for it.",
            "The worry was not borne out. What is left is a tired family with good friends.",
        ),
        "decisions": tuple(
            f"Decided with my manager: nothing more from us, and a letter that says so. {said}" for said in _FAMILY
        ),
    },
}  # fmt: skip
