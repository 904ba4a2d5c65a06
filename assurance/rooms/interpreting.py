"""Interpreters: one who was asked for and confirmed."""

from datetime import timedelta

from assurance.rooms.blanks import WHEN
from assurance.rows import Hands, Pages, Row, World, each

POSTED = {
    "interpreter-understood": {"answer": "yes", **WHEN},
    "interpreter-reply": {"answer": "asked", "provider": "Wex Languages", **WHEN},
}
READING = {"read interpreter request"}


def fill(row: Row, hands: Hands) -> None:
    """A request and its reply."""
    from goldenthread.core.clock import now
    from goldenthread.standards.assessment.interpreting import actions

    at, words = now(), row.word("words")
    request = actions.ask_for_interpreter(
        case_file=row.case_file, for_whom="parent", language="other", language_other=row.word("language"),
        mode="in-person", purpose="visit", about=words, needed_at=at, asked_at=at - timedelta(hours=1), by=hands.by,
    )  # fmt: skip
    reply = actions.record_reply(
        request=request, provider="Wex Languages", answer="confirmed", words=words, occurred_at=at, by=hands.by
    )
    row.made |= {"interpreter": request.pk, "reply": reply.pk}


def keys(row: Row) -> list[tuple[str, int]]:
    """The request."""
    return [("interpreting.interpreterrequest", row.made["interpreter"])]


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """Its pages."""
    made = row.made
    return {
        "file-interpreter": [[row.case_file.pk]],
        **each((
            "interpreter", "interpreter-reply", "interpreter-attendance", "interpreter-understood", "interpreter-stand-in",
            "interpreter-cancel",
        ), made["interpreter"]),
        "interpreter-correct": [[made["interpreter"], "providerreply", made["reply"]]],
    }  # fmt: skip
