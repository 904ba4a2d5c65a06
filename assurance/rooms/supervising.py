"""Supervision: of the officer of the row, and of the case of the row."""

from typing import Any

from assurance.rooms.blanks import WHEN
from assurance.rows import MISSING, Hands, Pages, Row, World, each

POSTED: dict[str, dict[str, Any]] = {"agreed-done": {"words": "The school rang back", **WHEN}}
READING = {"read case supervision", "read supervision action"}


def fill(row: Row, hands: Hands) -> None:
    """What was said of the case, in every word, and what was agreed. Nobody is named on some of these files, and the verb would
    refuse it: so it is written without it."""
    from goldenthread.core.clock import now, today
    from goldenthread.people.roles import Permission
    from goldenthread.standards.allocation.supervising.models import (
        CaseSupervision,
        SupervisionAction,
        SupervisionAnswer,
        SupervisionPair,
        SupervisionSession,
    )

    words, at, by = row.word("words"), now(), hands.manager
    said = CaseSupervision.objects.create(
        case_file=row.case_file,
        worker=hands.by,
        discussed=words,
        decisions=words,
        occurred_at=at,
        recorded_at=at,
        by=by,
    )
    SupervisionAnswer.objects.create(supervision=said, question="plan", answer="no", words=words)
    action = SupervisionAction.objects.create(
        case_file=row.case_file, supervision=said, what=words, officer=hands.by, due=today(), agreed_at=at, recorded_at=at,
        by=by,
    )  # fmt: skip
    row.made |= {"supervised": said.pk, "agreed": action.pk}
    # Their own supervision, which they see and do not lead; of whoever records nothing, one of somebody else, which is closed to them.
    own = row.officer.may(Permission.RECORD_REFERRALS)
    if own or not row.officer.may(Permission.READ_RECORDS):
        worker = row.officer if own else hands.by
        pair = SupervisionPair.objects.create(
            worker=worker, supervisor=by, team=worker.team, since_at=at, recorded_at=at, by=by
        )
        session = SupervisionSession.objects.create(pair=pair, occurred_at=at, recorded_at=at, by=by)
        row.made |= {"pair": pair.pk, "session": session.pk}


def keys(row: Row) -> list[tuple[str, int]]:
    """What was said, and what was agreed."""
    return [
        ("supervising.casesupervision", row.made["supervised"]), ("supervising.supervisionaction", row.made["agreed"]),
    ]  # fmt: skip


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """Its pages."""
    made = row.made
    pair = made.get("pair", MISSING)
    return {
        "file-supervision": [[row.case_file.pk]],
        **each(("discussion", "discussion-agree", "discussion-correct"), made["supervised"]),
        **each(("agreed-done", "agreed-move", "agreed-take-back"), made["agreed"]),
        **each(("supervision-pair", "supervision-session", "supervision-end"), pair),
        "supervision-correct": [[pair, made.get("session", MISSING)]],
    }
