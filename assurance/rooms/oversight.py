"""Who may open a record and who did: files, addresses, restrictions, conflicts, emergencies, the trail, what is owed."""

from datetime import date

from assurance.rooms.blanks import on
from assurance.rows import MISSING, Hands, Pages, Row, World, each, secret

POSTED = {
    "address-show": {"reason": "A visit this afternoon"},
    "address-add": {"lines": "2 Open Street", **on("since", 1, 2, 2024)},
    "excuse": {"reason": "The family has moved to Scotland"},
    "emergency": {"reference": "CF424242", "category": "danger", "reason": "The police hold the child now"},
}
READING = {
    "denied", "refused", "read case file", "see who may open", "see confidential address", "read trail", "see restriction",
    "see break-glass",
}  # fmt: skip


def fill(row: Row, hands: Hands) -> None:
    """The child lives at a confidential address."""
    from goldenthread.cases.actions import record_address

    record_address(
        case_file=row.case_file, child=row.child, lines=f"1 {secret(row.number)} Row", since=date(2020, 1, 1),
        confidential=True, by=hands.by,
    )  # fmt: skip


def keys(row: Row) -> list[tuple[str, int]]:
    """The file and the child, and what closes them."""
    return [
        ("cases.casefile", row.case_file.pk), ("cases.child", row.child.pk),
        ("cases.restriction", row.made.get("restriction", -1)), ("cases.conflict", row.made.get("conflict", -1)),
    ]  # fmt: skip


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """Their pages."""
    file, made = row.case_file.pk, row.made
    return {
        "duty-end": [[MISSING]],
        **each(("case-file", "file-access", "file-involve", "file-restrict"), file),
        **each(("address-show", "address-add"), file, row.child.pk),
        "involvement-end": [[file, made.get("tie", MISSING)]],
        "record": [["referrals.referral", row.referral.pk]],
        "trail-record": [["referrals.referral", row.referral.pk], ["cases.casefile", file]],
        "excuse": [[made["owed"]]],
        **each(("team-board", "team-work"), row.team.key), "trail-officer": [[row.officer.pk]],
        "emergency-review": [[made.get("glass", MISSING)]],
        **each(("restriction", "restriction-review", "restriction-lift"), made.get("restriction", MISSING)),
        **each(("conflict", "conflict-withdraw"), made.get("conflict", MISSING)),
    }  # fmt: skip
