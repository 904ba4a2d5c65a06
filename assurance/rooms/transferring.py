"""Transfers: a case that another team is asked to take on."""

from assurance.rooms.blanks import WHEN
from assurance.rows import Hands, Pages, Row, World, each

POSTED = {
    "transfer-handover": {
        "where": "Assessed",
        "risks": "Nobody knows who comes at night",
        "told": "The child knows",
        **WHEN,
    },
    "transfer-disagree": {"words": "The plan was not reviewed", **WHEN},
}
READING = {"read transfer"}


def fill(row: Row, hands: Hands) -> None:
    """A transfer to a team that is none of the row's, with an obstacle and a handover record, in every word."""
    from goldenthread.core.clock import now, today
    from goldenthread.people.models import Team
    from goldenthread.standards.allocation.transferring import actions, handing, obstacles

    words, at, by = row.word("words"), now(), hands.by
    transfer = actions.request_transfer(
        case_file=row.case_file, to_team=Team.objects.get(key="elsewhere"), why=words, asked=words, asked_at=at,
        by=hands.manager,
    )  # fmt: skip
    obstacle = obstacles.name_obstacle(
        transfer=transfer,
        side="sending",
        kind="other",
        what=words,
        owner=hands.manager,
        due=today(),
        occurred_at=at,
        by=by,
    )
    record = handing.record_handover(transfer=transfer, where=words, risks=words, told=words, occurred_at=at, by=by)
    row.made |= {"transfer": transfer.pk, "hurdle": obstacle.pk, "handover": record.pk}


def keys(row: Row) -> list[tuple[str, int]]:
    """The transfer."""
    return [("transferring.transfer", row.made["transfer"])]


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """Its pages."""
    made = row.made
    return {
        "transfers": [[]],
        "file-transfer": [[row.case_file.pk]],
        **each((
            "transfer", "transfer-accept", "transfer-disagree", "transfer-rule", "transfer-obstacle", "transfer-handover",
            "transfer-visit", "transfer-complete", "transfer-withdraw",
        ), made["transfer"]),
        **each(("transfer-move", "transfer-clear"), made["transfer"], made["hurdle"]),
        "transfer-correct": [[made["transfer"], "handoverrecord", made["handover"]]],
    }  # fmt: skip
