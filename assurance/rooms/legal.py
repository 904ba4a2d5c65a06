"""Legal advice: asked for and given; a rota with one shift for all."""

from datetime import timedelta

from assurance.rooms.blanks import WHEN
from assurance.rows import Hands, Pages, Row, World, each

POSTED = {"advice-answer": {"advice": "Ask the court in the morning", "outcome": "advised", **WHEN}}
READING = {"read legal advice"}


def fill(row: Row, hands: Hands) -> None:
    """A request and its answer."""
    from goldenthread.core.clock import now
    from goldenthread.standards.assessment.legal import actions
    from goldenthread.standards.assessment.legal.models import LegalRota, RotaShift, Solicitor

    words, at = row.word("words"), now()
    if not LegalRota.objects.exists():
        _rota(hands)
    solicitor, shift = Solicitor.objects.get(), RotaShift.objects.get()
    asked = actions.ask_for_advice(case_file=row.case_file, question=words, urgency="now", asked_at=at, by=hands.by)
    answer = actions.record_advice(
        request=asked, solicitor=solicitor, advice=words, outcome="advised", occurred_at=at, by=hands.by
    )
    row.made |= {"advice": asked.pk, "advised": answer.pk, "solicitor": solicitor.pk, "shift": shift.pk}


def _rota(hands: Hands) -> None:
    from goldenthread.core.clock import now
    from goldenthread.standards.assessment.legal import rota

    at, keeper = now(), hands.manager
    rota.keep_rota(officer=keeper, by=keeper)
    someone = rota.add_solicitor(name="Someone Else", council="Next door", phone="01632 960000", by=keeper)
    rota.add_shift(
        solicitor=someone, starts_at=at + timedelta(hours=1), ends_at=at + timedelta(days=3), arranged_at=at, by=keeper
    )


def keys(row: Row) -> list[tuple[str, int]]:
    """The request."""
    return [("legal.advicerequest", row.made["advice"])]


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """Its pages, and those of the rota."""
    made = row.made
    return {
        "file-advice": [[row.case_file.pk]], **each(("advice", "advice-answer"), made["advice"]),
        "advice-correct": [[made["advice"], made["advised"]]],
        **each(("legal-shift-cut", "legal-shift-hand", "legal-shift-back"), made["shift"]),
        "solicitor-change": [[made["solicitor"]]],
    }  # fmt: skip
