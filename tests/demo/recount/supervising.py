"""Supervision, recounted."""

from datetime import datetime, timedelta

from goldenthread.standards.allocation.supervising import models as room
from tests.demo.recount.books import Books
from tests.demo.recount.raw import Raw, london, night, rows
from tests.demo.recount.uncorrected import standing_of


def recount_supervising(books: Books) -> None:
    """Each worker, each case in each worker's hands, and what was agreed."""
    sessions = standing_of(room.SupervisionSession, "pair_id")
    for pair in rows(room.SupervisionPair):
        held = [row for row in sessions.get(pair["id"], []) if row["held"]]
        begun = {"occurred_at": pair["since_at"], "recorded_at": pair["recorded_at"]}
        for key, since, known, due, done in _walk(begun, held, 28, pair["until_at"]):
            _enter(books, "worker-supervised", ("supervising.supervisionpair", pair["id"], key), pair["team_id"], since, known, due, done)  # fmt: skip
    talked = standing_of(room.CaseSupervision, "case_file_id")
    for file in books.files.values():
        _talked_over(books, file, talked.get(file["id"], []))
    _agreed(books)


def _enter(
    books: Books, key: str, about: tuple[str, int, str], team: int | None, since: datetime, known: datetime, due: datetime,
    done: Raw | None,
) -> None:  # fmt: skip
    then = done["occurred_at"] if done and done["recorded_at"] <= books.known else None
    books.plainly(f"allocation.{key}", about, team, since, known, due, then)


Round = tuple[str, datetime, datetime, datetime, Raw | None]


def _walk(begun: Raw, done: list[Raw], days: int, over: datetime | None) -> list[Round]:
    """From each thing done to the next, and past each day on which one was due and not done."""
    ahead = [d for d in done if d["occurred_at"] > begun["occurred_at"] and (over is None or d["occurred_at"] <= over)]
    last, name, found = begun, "start", list[Round]()
    while True:
        following = ahead.pop(0) if ahead else None
        since, known, number = last["occurred_at"], last["recorded_at"], 0
        while since < following["occurred_at"] if following else since <= last["occurred_at"] + timedelta(days=366):
            due = night(london(since) + timedelta(days=days))
            if following is None and over is not None and due > over:
                break
            found.append((f"{name}-{number}" if number else name, since, known, due, following))
            since, known, number = due, max(due, last["recorded_at"]), number + 1
        if following is None:
            return found
        last, name = following, f"after-{following['id']}"


def _talked_over(books: Books, file: Raw, talked: list[Raw]) -> None:
    """By spells: one worker's holdings in a row, until another has it, nobody has it or it is closed."""
    spells: list[list[Raw]] = []
    before: Raw | None = None
    for one in books.held[file["id"]]:
        if one["worker_id"] is not None:
            if before is not None and before["worker_id"] == one["worker_id"] and before["closed_at"] is None:
                spells[-1].append(one)
            else:
                spells.append([one])
        before = one
    every = books.held[file["id"]]
    for spell in spells:
        last = spell[-1]
        after = every[every.index(last) + 1 :]
        ends = [at for at in (last["closed_at"], after[0]["since_at"] if after else None, file["closed_at"]) if at]
        over = min(ends) if ends else None
        if file["closed_at"] and spell[0]["since_at"] >= file["closed_at"]:
            continue
        begun = {"occurred_at": spell[0]["since_at"], "recorded_at": spell[0]["recorded_at"]}
        mine = [row for row in talked if row["worker_id"] == spell[0]["worker_id"]]
        later = next((row for row in talked if over is not None and row["occurred_at"] > over), None)
        for key, since, known, due, done in _walk(begun, mine, 42, over):
            about = ("cases.casefile", file["id"], f"{spell[0]['id']}-{key}")
            _enter(books, "case-discussed", about, last["team_id"], since, known, due, done or later)


def _agreed(books: Books) -> None:
    done = standing_of(room.AgreedDone, "action_id")
    moved = standing_of(room.AgreedMoved, "action_id")
    back = standing_of(room.AgreedTakenBack, "action_id")
    for action in rows(room.SupervisionAction):
        pk, file = action["id"], action["case_file_id"]
        finished = next(iter(done.get(pk, [])), None)
        if finished is None and pk in back:
            continue
        due = night((moved[pk][-1] if pk in moved else action)["due"])
        team = books.team(file, finished["occurred_at"] if finished else None)
        about = ("supervising.supervisionaction", pk, "")
        _enter(books, "supervision-action-done", about, team, action["agreed_at"], action["recorded_at"], due, finished)
