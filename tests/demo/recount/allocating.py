"""Allocation, and files that nobody has, recounted from raw rows."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from goldenthread.standards.allocation.allocating import models as room
from tests.demo.recount.books import Books
from tests.demo.recount.raw import ZONE, Raw, london, months_on, night, rows, working
from tests.demo.recount.uncorrected import standing_of

CHAIN = {"team-manager": 1, "group-manager": 3, "head-of-service": 5}
"""Working days from the beginning of the wait; the executive member is told within a month."""


def recount_allocating(books: Books) -> None:
    """What each holding, each allocation and the cycle of reports owes."""
    given: dict[int, list[Raw]] = {}
    of_file: dict[int, list[Raw]] = {}
    for row in sorted(rows(room.Allocation), key=lambda row: (row["allocated_at"], row["id"])):
        given.setdefault(row["holding_id"], []).append(row)
        of_file.setdefault(row["case_file_id"], []).append(row)
    told, heard = standing_of(room.WaitTold, "holding_id"), standing_of(room.WaitHeard, "told_id")
    for file, held in books.held.items():
        for place, holding in enumerate(held):
            after = held[place + 1 :]
            shut = [one["closed_at"] for one in (books.files[file], holding, *after) if one["closed_at"]]
            closed = min(shut, default=None)
            over = min([row["since_at"] for row in after[:1]] + shut, default=None)
            if holding["worker_id"] is not None:
                _stated(books, holding, given.get(holding["id"], []), over, last=not after)
                for one in given.get(holding["id"], []):
                    _allocation(books, one, holding["team_id"], over, of_file[file])
                continue
            named = min(
                [row["since_at"] for row in after if row["worker_id"] is not None] + ([closed] if closed else []),
                default=None,
            )
            if place == 0 or held[place - 1]["worker_id"] is not None or held[place - 1]["closed_at"]:
                _chain(books, holding, told.get(holding["id"], []), named)
            for one in told.get(holding["id"], []):
                if one["rank"] != "executive-member" and one["to_id"] != one["by_id"]:
                    _heard(books, holding, one, heard.get(one["id"], []), named)
    _reports(books)


def _enter(
    books: Books, key: str, about: tuple[str, int, str], team: int | None, since: tuple[datetime, datetime],
    due: datetime, done: tuple[datetime, datetime] | None,
) -> None:  # fmt: skip
    known = done[0] if done and done[1] <= books.known else None
    books.plainly(f"allocation.{key}", about, team, *since, due, known)


def _both(row: Raw, at: str = "occurred_at") -> tuple[datetime, datetime]:
    return row[at], row["recorded_at"]


def _team_of(books: Books, holding: Raw, done: Raw | None) -> int:
    """Whose the file is; of what is done (an excuse settles nothing here), whose it was."""
    return books.team(holding["case_file_id"], done["occurred_at"] if done else None)


def _stated(books: Books, holding: Raw, given: list[Raw], over: datetime | None, *, last: bool) -> None:
    since, due = _both(holding, "since_at"), working(london(holding["since_at"]), 1)
    if not given and over is not None and over <= due:
        return
    about = ("cases.holding", holding["id"], "")
    excuse = books.excuses.get(("allocation.purpose-stated", *about))
    if given:
        team = books.team(holding["case_file_id"], given[0]["allocated_at"])
    elif last:
        team = books.team(holding["case_file_id"], excuse["occurred_at"] if excuse else None)
    else:
        team = holding["team_id"]
    done = _both(given[0], "allocated_at") if given else None
    _enter(books, "purpose-stated", about, team, since, due, done)


def _allocation(books: Books, one: Raw, team: int, over: datetime | None, of_file: list[Raw]) -> None:
    about, since = ("allocating.allocation", one["id"], ""), _both(one, "allocated_at")
    answers = rows_of(room.AllocationAnswer, one["id"])
    talked = rows_of(room.AllocationDiscussed, one["id"])
    for key, found, days in (("accepted", answers, 1), ("discussed", talked, 20)):
        due = working(london(since[0]), days)
        if found or over is None or over > due:
            _enter(books, key, about, team, since, due, _both(found[0]) if found else None)
    for said in answers:
        if said["answer"] != "refused":
            continue
        over_by = [_both(row) for row in rows_of(room.RefusalRuling, one["id"])]
        over_by += [_both(a, "allocated_at") for a in of_file if a["id"] != one["id"]]
        done = min((both for both in over_by if both[0] >= said["occurred_at"]), default=None)
        about = ("allocating.allocation", one["id"], f"answer-{said['id']}")
        _enter(books, "refusal-ruled", about, team, _both(said), working(london(said["occurred_at"]), 1), done)


_KEPT: dict[tuple[object, int], list[Raw]] = {}


def rows_of(model: type[room.AllocationAnswer | room.AllocationDiscussed | room.RefusalRuling], pk: int) -> list[Raw]:
    """The facts on one allocation: each table is read once."""
    if (model, 0) not in _KEPT:
        _KEPT[model, 0] = []
        for allocation, found in standing_of(model, "allocation_id").items():
            _KEPT[model, allocation] = found
    return _KEPT.get((model, pk), [])


def _chain(books: Books, holding: Raw, told: list[Raw], named: datetime | None) -> None:
    day = london(holding["since_at"])
    for rank in (*CHAIN, "executive-member"):
        due = working(day, CHAIN[rank]) if rank in CHAIN else night(months_on(day, 1))
        first = next((row for row in told if row["rank"] == rank), None)
        if first is None and named is not None and named <= due:
            continue
        about = ("cases.holding", holding["id"], "")
        team = _team_of(books, holding, first)
        _enter(
            books, f"unallocated-{rank}", about, team, _both(holding, "since_at"), due, _both(first) if first else None
        )


def _heard(books: Books, holding: Raw, told: Raw, heard: list[Raw], named: datetime | None) -> None:
    due = working(london(told["occurred_at"]), 2)
    if not heard and named is not None and named <= due:
        return
    about = ("cases.holding", holding["id"], f"told-{told['id']}")
    team = _team_of(books, holding, heard[0] if heard else None)
    _enter(books, "unallocated-heard", about, team, _both(told), due, _both(heard[0]) if heard else None)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE).astimezone(UTC)


def _reports(books: Books) -> None:
    """Each week and each month that had ended: on no file, and no team's."""
    for cycle in rows(room.WaitCycle):
        sent = {(row["period"], row["as_at"]): row for row in rows(room.WaitReportSent)}
        sunday = cycle["started_on"] + timedelta(days=(6 - cycle["started_on"].weekday()) % 7)
        first = cycle["started_on"].replace(day=1)
        weeks = (sunday + timedelta(weeks=n) for n in count())
        months = (months_on(first, n) - timedelta(days=1) for n in count(1))
        for key, period, ends, days in (("weekly", "week", weeks, 2), ("monthly", "month", months, 5)):
            for end in ends:
                if end >= london(books.as_at):
                    break
                after = end + timedelta(days=1)
                row = sent.get((period, end))
                about = ("allocating.waitcycle", cycle["id"], f"{end:%Y-%m-%d}")
                since = (_begins(after), max(_begins(after), cycle["recorded_at"]))
                done = _both(row) if row else None
                _enter(books, f"unallocated-{key}", about, None, since, working(after, days), done)
