"""Chronologies, recounted: events put in, chronologies gone through, and read."""

from datetime import UTC, datetime, time, timedelta

from goldenthread.standards.allocation.chronology import models as room
from tests.demo.recount.books import Books
from tests.demo.recount.raw import ZONE, Raw, Told, first, london, months_on, night, working

EVER = datetime(2100, 1, 1, tzinfo=UTC)


def recount_chronology(books: Books) -> None:
    """What each file, and each event that was put in, owes."""
    events, marks = Told(room.SignificantEvent, "case_file_id", EVER), Told(room.EventMark, "case_file_id", EVER)
    reviews, read = Told(room.ChronologyReview, "case_file_id", EVER), Told(room.ChronologySeen, "review_id", EVER)
    for found in events.by.values():
        for event in found:
            put_in(books, event)
    for file in books.files.values():
        pk = file["id"]
        gone_through(books, file, reviews[pk])
        news = [(row["chain"][-1]["recorded_at"], f"event-{row['first']}") for row in events[pk]]
        news += [(row["chain"][-1]["recorded_at"], f"mark-{row['first']}") for row in marks[pk]]
        after_news(books, file, sorted(news), reviews[pk])
        for review in reviews[pk]:
            seen(books, file, review, first(read[review["first"]]))


def put_in(books: Books, event: Raw) -> None:
    made = event["chain"][-1]["recorded_at"]
    opened = books.files[event["case_file_id"]]["opened_at"]
    learnt = max(datetime.combine(event["learnt_on"], time(), ZONE).astimezone(UTC), opened)
    since = min(learnt, made)
    books.both(
        "allocation.chronology-event", ("chronology.significantevent", event["first"], ""), event["case_file_id"], since,
        made, working(london(since), 5), {"occurred_at": made, "known": made},
    )  # fmt: skip


def gone_through(books: Books, file: Raw, reviews: list[Raw]) -> None:
    """Walks through each time in which it was open."""
    never = True
    for opened, known, closed, before in times_open(books, file):
        ahead = [r for r in reviews if r["occurred_at"] > opened and (closed is None or r["occurred_at"] <= closed)]
        walked(books, file, (opened, known), closed, ahead.copy(), before, never=never)
        never = never and not ahead


def times_open(books: Books, file: Raw) -> list[tuple[datetime, datetime, datetime | None, str]]:
    """From its opening, or from when it was opened again, until it was closed."""
    held = books.held[file["id"]]
    starts = [(file["opened_at"], max(file["opened_at"], held[0]["recorded_at"]), "")]
    ends = [one["closed_at"] for one in held[:-1] if one["closed_at"]]
    for place, one in enumerate(held[:-1]):
        if one["closed_at"]:
            again = held[place + 1]
            starts.append((again["since_at"], again["recorded_at"], f"again-{again['id']}-"))
    return [(*start[:2], end, start[2]) for start, end in zip(starts, [*ends, file["closed_at"]], strict=True)]


def closed_after(books: Books, file: Raw, since: datetime) -> datetime | None:
    """When the file was closed next after an instant at which it was open."""
    return next((end for _, _, end, _ in times_open(books, file) if end is None or end >= since), file["closed_at"])


def walked(
    books: Books, file: Raw, last: tuple[datetime, datetime], closed: datetime | None, ahead: list[Raw], before: str, *,
    never: bool,
) -> None:  # fmt: skip
    """From the beginning to each review, and past each day on which one was due and nobody went through it."""
    name = "start"
    while True:
        following = ahead.pop(0) if ahead else None
        (since, known), number = last, 0
        while since < following["occurred_at"] if following else since <= last[0] + timedelta(days=366):
            begins = never and name == "start" and number == 0
            due = working(london(since), 10) if begins else night(months_on(london(since), 3))
            if following is None and closed is not None and due > closed:
                break
            books.both(
                f"allocation.chronology-{'begun' if begins else 'reviewed'}",
                ("cases.casefile", file["id"], before + (f"{name}-{number}" if number else name)), file["id"], since, known, due,
                following,
            )  # fmt: skip
            since, known, number = due, max(due, last[1]), number + 1
        if following is None:
            return
        last, name = (following["occurred_at"], following["known"]), f"after-{following['first']}"


def after_news(books: Books, file: Raw, news: list[tuple[datetime, str]], reviews: list[Raw]) -> None:
    while news:
        since, key = news[0]
        minute = since.replace(second=0, microsecond=0)
        done = first([r for r in reviews if r["occurred_at"] >= minute])
        due = working(london(since), 5)
        closed = closed_after(books, file, since)
        if closed is not None and due > closed and (done is None or done["occurred_at"] > closed):
            news.pop(0)
            continue
        if done or closed is None or due <= closed:
            about = ("cases.casefile", file["id"], key)
            books.both("allocation.chronology-after-event", about, file["id"], since, since, due, done)
        if done is None:
            return
        news = [one for one in news if one[0].replace(second=0, microsecond=0) > done["occurred_at"]]


def seen(books: Books, file: Raw, review: Raw, read: Raw | None) -> None:
    since, due = review["occurred_at"], working(london(review["occurred_at"]), 10)
    closed = closed_after(books, file, since)
    if closed is not None and due > closed and (read is None or read["occurred_at"] > closed):
        return
    team = file["team_id"] if read is None else review["team_id"]
    done = read["occurred_at"] if read and read["known"] <= books.known else None
    books.plainly(
        "allocation.chronology-seen", ("cases.casefile", file["id"], f"review-{review['first']}"), team, since,
        review["known"], due, done,
    )  # fmt: skip
