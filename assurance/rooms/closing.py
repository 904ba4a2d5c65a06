"""Closing a case file: asked for, with everybody told."""

from assurance.rooms.blanks import WHEN
from assurance.rows import Hands, Pages, Row, World, each

POSTED = {
    "closure-family": {"how": "visit", "words": "They know whom to ring", **WHEN},
    "closure-return": {"words": "See the child once more", **WHEN},
}
READING = {"read closure", "list closures"}


def fill(row: Row, hands: Hands) -> None:
    """A closure in every word, with an agency that has to do with the child."""
    from goldenthread.cases.models import AgencyInvolved
    from goldenthread.core.clock import now
    from goldenthread.standards.allocation.closing import actions

    words, at, by = row.word("words"), now(), hands.by
    AgencyInvolved.objects.create(
        child=row.child,
        kind="school",
        name=f"School of {row.number}",
        what_for=words,
        occurred_at=at,
        recorded_at=at,
        by=by,
    )
    closure = actions.ask_to_close(
        case_file=row.case_file, reason="moved", changed=words, support=words, asked_at=at, by=by
    )
    told = actions.tell_family(closure=closure, how="phone", words=words, occurred_at=at, by=by)
    for agency in closure.agencies.all():
        actions.tell_agency(closure=closure, agency=agency.involved, how="letter", words=words, occurred_at=at, by=by)
    actions.look_at_chronology(closure=closure, words=words, occurred_at=at, by=by)
    row.made |= {"closure": closure.pk, "family told": told.pk}


def keys(row: Row) -> list[tuple[str, int]]:
    """The closure."""
    return [("closing.closure", row.made["closure"])]


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """Its pages."""
    made = row.made
    return {
        "file-close": [[row.case_file.pk]],
        **each((
            "closure", "closure-family", "closure-agency", "closure-chronology", "closure-again", "closure-drop",
            "closure-sign-off", "closure-return", "closure-reopen",
        ), made["closure"]),
        "closure-correct": [[made["closure"], "closurefamilytold", made["family told"]]],
    }  # fmt: skip
