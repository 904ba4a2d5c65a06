"""Conferences, reviews and looked-after children, recounted."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta

from goldenthread.standards.allocation.conferring import models as tables
from tests.demo.recount.books import Books
from tests.demo.recount.kinds import (
    IN_CARE,
    INVITED,
    INVITEE,
    LEFT_CARE,
    POSTED,
    PRESENT,
    PUT_OFF,
    REPORTED,
    SAT,
)
from tests.demo.recount.raw import HOLIDAYS, Raw, london, months_on, night, rows, working

CONFERENCES = ("initial-conference", "review-conference")


def days_before(day: date, amount: int) -> datetime:
    """The end of the so many-th working day before a day."""
    while amount > 0:
        day = day - timedelta(days=1)
        if day.weekday() < 5 and day not in HOLIDAYS:
            amount -= 1
    return night(day)


def last_of(parts: list[Raw | None]) -> Raw | None:
    """When the last of several was done and known; None where one is missing."""
    found = [part for part in parts if part is not None]
    if not found or len(found) < len(parts):
        return None
    return {"occurred_at": max(p["occurred_at"] for p in found), "known": max(p["known"] for p in found)}


def earliest(found: list[Raw]) -> Raw | None:
    return min(found, key=lambda row: (row["occurred_at"], row["first"]), default=None)


def recount_conferring(books: Books) -> None:
    """What each conference and each looked-after child owes."""
    about: dict[int, set[int]] = defaultdict(set)
    for row in rows(tables.Meeting.children.through):
        about[row["meeting_id"]].add(row["child_id"])
    meetings = rows(tables.Meeting)
    whole = {one["id"]: quorum(books, one["id"]) for one in meetings}
    for one in meetings:
        if one["kind"] in CONFERENCES:
            conference(books, one, meetings, about, whole)
    for file in list(books.ever[IN_CARE].by):
        for care in books.ever[IN_CARE][file]:
            reviews(books, care, meetings, about)


def quorum(books: Books, meeting: int) -> Raw | None:
    """When a meeting that was held had social care and two more that are in touch."""
    sat = earliest(books.ever[SAT][meeting])
    if sat is None:
        return None
    agencies, known = set(), sat["known"]
    for person in books.ever[INVITEE][meeting]:
        for came in books.ever[PRESENT][person["first"]][-1:]:
            if came["outcome"] != "absent" and (person["in_touch"] or person["agency"] == "social-care"):
                agencies.add(person["agency"])
                known = max(known, came["known"])
    if "social-care" not in agencies or len(agencies - {"social-care", "family"}) < 2:
        return None
    return {"occurred_at": sat["occurred_at"], "known": known}


def conference(
    books: Books, one: Raw, meetings: list[Raw], about: dict[int, set[int]], whole: dict[int, Raw | None]
) -> None:
    pk, file = one["id"], one["case_file_id"]
    subject = ("conferring.meeting", pk, "")
    sat, moved = earliest(books.ever[SAT][pk]), books.ever[PUT_OFF][pk]
    gone = moved[-1] if moved and (moved[-1]["what"] == "cancelled" or moved[-1]["new_at"] is None) else None
    times = [row["new_at"] for row in moved if row["new_at"] is not None]
    day = london(sat["occurred_at"] if sat else times[-1] if times else one["planned_for"])
    people = books.ever[INVITEE][pk]

    def owe(key: str, since: datetime, known: datetime, due: datetime, done: Raw | None) -> None:
        key = (
            f"review-conference-{key}"
            if key == "reports" and one["kind"] != "initial-conference"
            else f"conference-{key}"
        )
        if sat is None and gone is not None and done is None and due > gone["occurred_at"]:
            return
        books.both(f"allocation.{key}", subject, file, since, known, due, done)

    due = max(days_before(day, 5), working(london(one["convened_at"]), 1))
    wanted = [p for p in people if p["occurred_at"] <= max(due, one["convened_at"])]
    if wanted:
        done = last_of([earliest(books.ever[INVITED][p["first"]]) for p in wanted])
        owe("invitations", one["convened_at"], one["recorded_at"], due, done)
    due = days_before(day, 2 if one["kind"] == "initial-conference" else 5)
    asked = [
        (p, first)
        for p in people
        if p["reports"] and (first := earliest(books.ever[INVITED][p["first"]])) and first["occurred_at"] <= due
    ]
    if asked:
        since = min((first["occurred_at"], first["known"]) for _, first in asked)
        done = last_of([earliest(books.ever[REPORTED][p["first"]]) for p, _ in asked])
        owe("reports", *since, due, done)
    attendance(books, one, sat, gone, moved)
    if sat is None:
        return
    for what, amount in (("decisions", 1), ("minutes", 15)):
        went = earliest([row for row in books.ever[POSTED][pk] if row["what"] == what])
        books.both(
            f"allocation.conference-{what}", subject, file, sat["occurred_at"], sat["known"],
            working(london(sat["occurred_at"]), amount), went,
        )  # fmt: skip
    good = [
        found
        for other in meetings
        if other["case_file_id"] == file
        and other["kind"] in CONFERENCES
        and about[other["id"]] & about[pk]
        and (found := whole[other["id"]]) is not None
        and found["occurred_at"] >= sat["occurred_at"]
    ]
    found = min(good, key=lambda row: (row["occurred_at"], row["known"]), default=None)
    books.both(
        "allocation.conference-quorum", subject, file, sat["occurred_at"], sat["known"], sat["occurred_at"], found
    )


def attendance(books: Books, one: Raw, sat: Raw | None, gone: Raw | None, moved: list[Raw]) -> None:
    pk = one["id"]
    if sat is not None:
        since, known = sat["occurred_at"], one["recorded_at"]
    elif gone is not None:
        return
    elif moved:
        since, known = moved[-1]["new_at"], moved[-1]["known"]
    else:
        since, known = one["planned_for"], one["recorded_at"]
    done = None
    if sat is not None:
        people = [p for p in books.ever[INVITEE][pk] if p["occurred_at"] <= sat["occurred_at"]]
        there = [books.ever[PRESENT][p["first"]][-1:] for p in people]
        if all(there):
            last = max([sat["chain"][-1]["recorded_at"], *(row["chain"][-1]["recorded_at"] for [row] in there)])
            done = {"occurred_at": last, "known": last}
    books.both(
        "allocation.conference-attendance", ("conferring.meeting", pk, ""), one["case_file_id"], since, known,
        working(london(since), 2), done,
    )  # fmt: skip


def reviews(books: Books, care: Raw, meetings: list[Raw], about: dict[int, set[int]]) -> None:
    """Walks from review to review, and past each day on which one was due and not held."""
    over = next((row["occurred_at"] for row in books.ever[LEFT_CARE][care["first"]]), None)
    held = [
        sat
        for one in meetings
        if one["kind"] == "looked-after-review" and care["child_id"] in about[one["id"]]
        and one["case_file_id"] == care["case_file_id"] and (sat := earliest(books.ever[SAT][one["id"]])) is not None
        and sat["occurred_at"] > care["occurred_at"] and (over is None or sat["occurred_at"] <= over)
    ]  # fmt: skip
    held.sort(key=lambda row: (row["occurred_at"], row["first"]))
    rules: list[Callable[[date], datetime]] = [lambda day: working(day, 20), lambda day: night(months_on(day, 3))]
    later: Callable[[date], datetime] = lambda day: night(months_on(day, 6))  # noqa: E731
    stations = [care, *held]
    for number, last in enumerate(stations):
        following = stations[number + 1] if number + 1 < len(stations) else None
        name = "start" if number == 0 else f"after-{last['first']}"
        since, known, missed = last["occurred_at"], last["known"], 0
        while since < following["occurred_at"] if following else since <= last["occurred_at"] + timedelta(days=366):
            rule = rules[number] if missed == 0 and number < 2 else later
            due = rule(london(since))
            if following is None and over is not None and due > over:
                break
            which = ("first-review", "second-review", "review")[min(number, 2) if missed == 0 else 2]
            books.both(
                f"allocation.looked-after-{which}",
                ("conferring.lookedafter", care["first"], f"{name}-{missed}" if missed else name),
                care["case_file_id"], since, known, due, following,
            )  # fmt: skip
            since, known, missed = due, max(due, last["known"]), missed + 1
