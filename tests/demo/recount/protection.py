"""Case records and the child protection procedures, recounted: from the strategy discussion to the end of a plan."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta

from goldenthread.cases.models import Child
from goldenthread.standards.assessment.protection import models as safety
from goldenthread.standards.assessment.recording import models as contacts
from goldenthread.standards.referrals import models as room
from tests.demo.recount.books import Books
from tests.demo.recount.kinds import CONFERENCE, CONTACT, DECISION, END, FOUND, GROUP, PLAN, REVIEW, TALK
from tests.demo.recount.raw import Raw, london, night, rows, working

Seen = dict[int, dict[int, str]]


def seen_in() -> Seen:
    """How each child was seen, by the record that says so."""
    seen: Seen = defaultdict(dict)
    for row in rows(contacts.ChildInRecord):
        seen[row["record_id"]][row["child_id"]] = row["seen"]
    return seen


def recount_case_records(books: Books) -> None:
    for on in books.ever[CONTACT].by.values():
        for record in on:
            urgent = record["kind"] == "protection-visit"
            key = "assessment.protection-visit-recorded" if urgent else "assessment.record-made"
            made = record["chain"][-1]["recorded_at"]
            books.both(
                key, ("recording.caserecord", record["first"], ""), record["case_file_id"], record["occurred_at"],
                record["known"], working(london(record["occurred_at"]), 1 if urgent else 2),
                {"occurred_at": made, "known": made},
            )  # fmt: skip


def recount_protection(books: Books) -> None:
    talks = [talk for on in books.ever[TALK].by.values() for talk in on]
    about: dict[int, set[int]] = defaultdict(set)
    for row in rows(safety.StrategyDiscussion.children.through):
        about[row["strategydiscussion_id"]].add(row["child_id"])
    there: dict[int, set[str]] = defaultdict(set)
    for row in rows(safety.AgencyAtDiscussion):
        there[row["discussion_id"]].add(row["agency"])
    for referral in rows(room.Referral):
        wanted = [d for d in books.ever[DECISION][referral["id"]] if d["what"] == "strategy-discussion"]
        if wanted:
            held = sorted(
                (t for t in talks if t["referral_id"] == referral["id"]),
                key=lambda t: (t["occurred_at"], t["first"]),
            )
            since = wanted[0]["occurred_at"]
            books.both(
                "protection.strategy-discussion", ("referrals.referral", referral["id"], ""),
                referral["case_file_id"], since, wanted[0]["known"], working(london(since), 1), next(iter(held), None),
            )  # fmt: skip
    for talk in talks:
        since, first, file = talk["occurred_at"], talk["first"], talk["case_file_id"]
        subject = ("protection.strategydiscussion", first, "")
        whole = [
            other
            for other in talks
            if other["case_file_id"] == file and other["occurred_at"] >= since and about[other["id"]] & about[talk["id"]]
            and {"social-care", "police", "health"} <= there[other["id"]]
        ]  # fmt: skip
        whole.sort(key=lambda t: (t["occurred_at"], t["first"]))
        day = london(since)
        books.both(
            "protection.three-agencies",
            subject,
            file,
            since,
            talk["known"],
            working(day, 1),
            next(iter(whole), None),
        )
        if not talk["decision"].endswith("-enquiry") or talk["decision"] == "no-enquiry":
            continue
        found = books.ever[FOUND][first]
        books.both(
            "protection.enquiry-outcome",
            subject,
            file,
            since,
            talk["known"],
            working(day, 10),
            next(iter(found), None),
        )
        for outcome in [row for row in found if row["outcome"] == "conference"][:1]:
            held = [row for row in books.ever[CONFERENCE][first] if row["step"] == "held"]
            books.both(
                "protection.initial-conference", subject, file, since, max(talk["known"], outcome["known"]),
                working(day, 15), next(iter(held), None),
            )  # fmt: skip
    seen = seen_in()
    born = {row["id"]: row["date_of_birth"] for row in rows(Child)}
    for on in books.ever[PLAN].by.values():
        for plan in on:
            plan_of(books, plan, born[plan["child_id"]], seen)


def plan_of(books: Books, plan: Raw, born: date | None, seen: Seen) -> None:
    child = plan["child_id"]
    visits = [
        record
        for record in books.ever[CONTACT][plan["case_file_id"]]
        if record["kind"].endswith("-visit") and seen[record["id"]].get(child) in ("alone", "seen")
    ]
    alone = [record for record in visits if seen[record["id"]][child] == "alone"]

    def days(amount: int) -> Callable[[date], datetime]:
        return lambda day: working(day, amount)

    def months(amount: int) -> Callable[[date], datetime]:
        def after(day: date) -> datetime:
            number = day.year * 12 + day.month - 1 + amount
            month = date(number // 12, number % 12 + 1, 1)
            last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            return night(month.replace(day=min(day.day, last.day)))

        return after

    def old_enough(day: date) -> bool:
        return born is None or (day.year - born.year - ((day.month, day.day) < (born.month, born.day))) >= 3

    rounds(books, plan, "visit", "visit", visits, days(10), days(10))
    rounds(books, plan, "seen-alone", "seen-alone", alone, days(20), days(20), old_enough)
    groups, reviews = books.ever[GROUP][plan["first"]], books.ever[REVIEW][plan["first"]]
    six_weeks = lambda day: night(day + timedelta(days=42))  # noqa: E731
    rounds(books, plan, "first-core-group", "core-group", groups, days(10), six_weeks)
    rounds(books, plan, "first-review-conference", "review-conference", reviews, months(3), months(6))


def rounds(
    books: Books, plan: Raw, first: str, then: str, done: list[Raw], first_rule: Callable[[date], datetime],
    rule: Callable[[date], datetime], counts: Callable[[date], bool] = lambda day: True,
) -> None:  # fmt: skip
    """Walks through time: from each thing done to the next, and past each day on which one was due and not done."""
    over = next((row["occurred_at"] for row in books.ever[END][plan["first"]]), None)
    done = [d for d in done if d["occurred_at"] > plan["occurred_at"] and (over is None or d["occurred_at"] <= over)]
    last, name, ahead = plan, "start", sorted(done, key=lambda row: (row["occurred_at"], row["first"]))
    while True:
        following = ahead.pop(0) if ahead else None
        since, known, number = last["occurred_at"], last["known"], 0
        while since < following["occurred_at"] if following else since <= last["occurred_at"] + timedelta(days=366):
            opening = name == "start" and number == 0
            due = (first_rule if opening else rule)(london(since))
            if following is None and over is not None and due > over:
                break
            if counts(london(since)):
                books.both(
                    f"protection.{first if opening else then}",
                    ("protection.protectionplan", plan["first"], f"{name}-{number}" if number else name),
                    plan["case_file_id"], since, known, due, following,
                )  # fmt: skip
            since, known, number = due, max(due, last["known"]), number + 1
        if following is None:
            return
        last, name = following, f"after-{following['first']}"
