"""Transfers from team to team, recounted from raw rows."""

from datetime import datetime

from goldenthread.standards.allocation.transferring import models as moves
from tests.demo.recount.books import Books
from tests.demo.recount.kinds import (
    HANDED,
    HURDLE,
    HURDLE_GONE,
    HURDLE_MOVED,
    NOT_ASKED,
    REPLY,
    RULING,
    TOGETHER,
    WENT_OVER,
)
from tests.demo.recount.raw import Raw, first, london, night, rows, working


def recount_transferring(books: Books) -> None:
    """What each transfer owes."""
    for transfer in rows(moves.Transfer):
        recount_one(books, transfer)


def earliest(found: list[Raw]) -> Raw | None:
    return min(found, key=lambda row: row["occurred_at"], default=None)


def recount_one(books: Books, transfer: Raw) -> None:
    pk, file, ever = transfer["id"], transfer["case_file_id"], books.ever
    asked = {"occurred_at": transfer["asked_at"], "known": transfer["recorded_at"]}
    over = first(ever[WENT_OVER][pk])
    replies, rulings = ever[REPLY][pk], ever[RULING][pk]
    stopped = first([row for row in rulings if row["verdict"] == "stays"] + ever[NOT_ASKED][pk])

    def owe(key: str, mark: str, since: Raw, due: datetime, done: Raw | None, team: int | None) -> None:
        if done is None and stopped is not None:
            if stopped["occurred_at"] <= due:
                return
            done = stopped
        about, name = ("transferring.transfer", pk, mark), f"allocation.transfer-{key}"
        if team is None:  # the file's, at the time when it was settled
            excused = books.excuses.get((name, *about))
            settled = done["occurred_at"] if done else excused["occurred_at"] if excused else None
            team = books.team(file, settled)
        told = done["occurred_at"] if done and done["known"] <= books.known else None
        books.plainly(name, about, team, since["occurred_at"], since["known"], due, told)

    def days(since: Raw, amount: int) -> datetime:
        return working(london(since["occurred_at"]), amount)

    hurdles = ever[HURDLE][pk]
    said = earliest(replies + [row for row in hurdles if row["side"] == "receiving"])
    owe("answered", "", asked, days(asked, 5), said, transfer["to_team_id"])
    for row in hurdles:
        due, team = row["due"], row["team_id"]
        for moved in sorted(ever[HURDLE_MOVED][row["first"]], key=lambda one: (one["known"], one["first"])):
            due, team = (moved["due"] if moved["known"] <= night(due) else due), moved["team_id"]
        owe("obstacle", f"obstacle-{row['first']}", row, night(due), first(ever[HURDLE_GONE][row["first"]]), team)
    for place, row in enumerate(replies):
        if row["reply"] == "disagreed":
            later = [one for one in replies[place + 1 :] if one["reply"] == "accepted"]
            later += [one for one in [*rulings, *ever[NOT_ASKED][pk]] if one["occurred_at"] >= row["occurred_at"]]
            owe("ruled", f"answer-{row['first']}", row, days(row, 5), earliest(later), transfer["from_team_id"])
    # Whose the file was before it went over: the sending team's, all through.
    sender = transfer["from_team_id"]
    last = max((place for place, row in enumerate(replies) if row["reply"] == "disagreed"), default=-1)
    yes = replies[last + 1 :] + ([row for row in rulings if row["verdict"] == "goes"] if last >= 0 else [])
    if agreed := earliest(yes):
        owe("handover", "", agreed, days(agreed, 5), first(ever[HANDED][pk]), sender)
        seen = first([row for row in ever[TOGETHER][pk] if row["made"]])
        owe("joint-visit", "", agreed, days(agreed, 10), seen, sender)
    owe("completed", "", asked, days(asked, 20), over, sender)


def days_taken() -> list[tuple[int, int, float]]:
    """Of each transfer that is done: from which team to which, and the days from the request to the file's going over, by the
    holdings and not by what the transfer says."""
    from goldenthread.cases.models import Holding

    held = {row["id"]: row for row in rows(Holding)}
    asked = {row["id"]: row for row in rows(moves.Transfer)}
    found = []
    for row in rows(moves.TransferDone):
        transfer, holding = asked[row["transfer_id"]], held[row["holding_id"]]
        days = (holding["since_at"] - transfer["asked_at"]).total_seconds() / 86400
        found.append((transfer["from_team_id"], holding["team_id"], days))
    return sorted(found)
