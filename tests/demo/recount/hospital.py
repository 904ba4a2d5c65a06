"""Children in hospital, recounted."""

from datetime import UTC, datetime, time, timedelta

from goldenthread.standards.assessment.hospital import models as wards
from tests.demo.recount.books import Books
from tests.demo.recount.kinds import ANSWERED, DISCHARGE_PLAN, HARM_REVIEW, LEFT, STEP, VISIT
from tests.demo.recount.raw import ZONE, Raw, first, london, months_on, rows, working


def recount_hospital(books: Books) -> None:
    """What each notification of a child in hospital owes."""
    for told in rows(wards.HospitalNotification):
        ward(books, told)


def ward(books: Books, told: Raw) -> None:
    pk, file, received, recorded = told["id"], told["case_file_id"], told["received_at"], told["recorded_at"]
    about = ("hospital.hospitalnotification", pk, "")

    def owe(
        key: str, since: datetime, known: datetime, due: datetime | None, done: Raw | None, ever: Raw | None
    ) -> None:
        if due is not None:
            books.count(f"assessment.{key}", about, file, since, known, due, done, ever)
            return
        if since <= books.as_at and known <= books.known:
            team = books.team(file, ever["occurred_at"] if ever else None)
            verdict = books.verdict(None, done["occurred_at"] if done else None, None)
            books.counts[f"assessment.{key}", team, london(since).replace(day=1), verdict] += 1

    seen, ever_seen = books.then[VISIT][pk], books.ever[VISIT][pk]
    owe("hospital-response", received, recorded, received + timedelta(hours=12), first(seen), first(ever_seen))
    # What is owed at all is told by all that is known since (decision 2): rows hold what stands now.
    reviews, left = books.ever[HARM_REVIEW][pk], first(books.ever[LEFT][pk])
    harm = reviews[-1]["answer"] if reviews else told["harm"]
    wanted = {"worker", "doctor", "child", "siblings", "register", "parents"}
    wanted |= {"injuries", "strategy"} if harm != "no" else set()
    steps = {row["step"]: row for row in reversed(books.ever[STEP][pk])}
    whole = None
    if wanted <= steps.keys():
        parts = [steps[step] for step in wanted]
        if harm == "no" and not {"injuries", "strategy"} <= steps.keys() and reviews:
            parts.append(reviews[-1])
        whole = {"occurred_at": max(r["occurred_at"] for r in parts), "known": max(r["known"] for r in parts)}
    known = whole if whole and whole["known"] <= books.known else None
    owe("hospital-steps", received, recorded, working(london(received), 3), known, whole)
    began = datetime.combine(months_on(london(told["admitted_at"]), 3), time(), ZONE).astimezone(UTC)
    if left is None or left["occurred_at"] >= began:
        after = [row for row in ever_seen if row["occurred_at"] >= began]
        done = first([row for row in after if row["known"] <= books.known])
        owe("long-hospital-stay", began, max(began, recorded), working(london(began), 10), done, first(after))
    since = (received, recorded) if told["harm"] != "no" else None
    for review in reviews:
        if left and review["occurred_at"] > left["occurred_at"]:
            break
        since = None if review["answer"] == "no" else since or (review["occurred_at"], review["known"])
    if since is None:
        return
    plan = first(books.ever[DISCHARGE_PLAN][pk])
    owe("discharge-plan", *since, left["occurred_at"] if left else None, plan if plan and plan["known"] <= books.known else None, plan)  # fmt: skip
    if left and (left["how"] != "planned" or plan is None or plan["occurred_at"] > left["occurred_at"]):
        answer = first([row for row in books.ever[ANSWERED][pk] if row["occurred_at"] >= left["occurred_at"]])
        books.plainly(
            "assessment.unplanned-discharge", about, left["team_id"], left["occurred_at"], left["known"],
            left["occurred_at"] + timedelta(hours=4),
            answer["occurred_at"] if answer and answer["known"] <= books.known else None,
        )  # fmt: skip
