"""Standard 1, recounted: what a referral owes, whether languages were asked about, and the monthly report."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from goldenthread.people.models import Officer
from goldenthread.standards.referrals import models as room
from tests.demo.recount.books import Books, first_of
from tests.demo.recount.kinds import (
    ACKNOWLEDGED,
    ANSWER,
    DECISION,
    OFFENCE,
    ONWARD,
    POLICE,
    RESPONSE,
    SENT,
    TOLD,
    WRITTEN,
    Kind,
)
from tests.demo.recount.raw import ZONE, Raw, Told, london, rows, working


def recount_referrals(books: Books) -> None:
    """Everything that referrals owe, and the reports about them."""
    for referral in rows(room.Referral):
        one_referral(books, referral)
        language(books, referral)
    for one in rows(room.ReportCycle):
        cycle(books, one)


def one_referral(books: Books, referral: Raw) -> None:
    pk, file = referral["id"], referral["case_file_id"]
    received, recorded = referral["received_at"], referral["recorded_at"]

    def once(key: str, kind: "Kind", due: datetime, fits: Callable[[Raw], bool] = lambda row: True) -> None:
        done, ever = ([row for row in told[kind][pk] if fits(row)] for told in (books.then, books.ever))
        books.count(
            f"referrals.{key}", ("referrals.referral", pk, ""), file, received,
            max(recorded, seen["known"]) if key == "police-advised" and seen else recorded,
            due, next(iter(done), None), next(iter(ever), None),
        )  # fmt: skip

    tomorrow = working(london(received), 1)
    once("decision", DECISION, tomorrow)
    if referral["agency_kind"] != "anonymous":
        once("acknowledgement", ACKNOWLEDGED, tomorrow)
    if referral["professional"] and referral["route"] in ("phone", "in-person"):
        once("written-confirmation", WRITTEN, received + timedelta(hours=48))
    seen = None
    once("offence-considered", OFFENCE, tomorrow, lambda row: row["answer"] in ("yes", "no"))
    yes = [row for row in books.then[OFFENCE][pk] if row["answer"] == "yes"]
    if yes:
        seen = yes[0]
        once("police-advised", POLICE, received + timedelta(hours=4), lambda row: row["answer"] == "advised")
    for onward in books.then[ONWARD][pk]:
        onward_of(books, onward, pk, file, seen)
    for decision in books.then[DECISION][pk]:
        made = decision["occurred_at"]
        on = [row["id"] for row in decision["chain"]]
        books.count(
            "referrals.unmet-need-recorded", ("referrals.referral", pk, f"decision-{decision['first']}"), file,
            made, decision["known"], working(london(made), 1),
            first_of(books.then[ANSWER], on), first_of(books.ever[ANSWER], on),
        )  # fmt: skip


def language(books: Books, referral: Raw) -> None:
    """Whether languages were asked about: of the children of whom it was not answered before the referral came."""
    received, asked = referral["received_at"], []
    for child in books.children[referral["id"]]:
        told = [row for row in books.spoken[child] if row["answer"] in ("told", "refused")]
        if not told or told[0]["occurred_at"] >= received:
            asked.append(told[0] if told else None)
    if not asked:
        return
    done = None
    if None not in asked:
        given = [row for row in asked if row]
        done = {name: max(row[name] for row in given) for name in ("occurred_at", "known")}
    books.count(
        "assessment.language-asked", ("referrals.referral", referral["id"], ""), referral["case_file_id"], received,
        referral["recorded_at"], working(london(received), 1),
        done if done and done["known"] <= books.known else None, done,
    )  # fmt: skip


def onward_of(books: Books, onward: Raw, pk: int, file: int, seen: Raw | None) -> None:
    made, known = onward["occurred_at"], onward["known"]
    about = ("referrals.referral", pk, f"onward-{onward['first']}")
    on = [row["id"] for row in books.ever[ONWARD].all.values() if row["id"] == onward["first"]]

    def purpose(told: Told) -> Raw | None:
        now = next((row for row in told[pk] if row["first"] == onward["first"]), None)
        if now is None or not now["purpose"]:
            return None
        return {"occurred_at": min(row["recorded_at"] for row in now["chain"] if row["purpose"])}

    books.count(
        "referrals.onward-purpose", about, file, made, known, working(london(made), 1),
        purpose(books.then[ONWARD]), purpose(books.ever[ONWARD]),
    )  # fmt: skip
    books.count(
        "referrals.onward-response", about, file, made, known, working(london(made), 10),
        first_of(books.then[RESPONSE], on), first_of(books.ever[RESPONSE], on),
    )  # fmt: skip
    if seen:
        books.count(
            "referrals.police-told-onward", about, file, made, max(known, seen["known"]), working(london(made), 1),
            first_of(books.then[TOLD], on), first_of(books.ever[TOLD], on),
        )  # fmt: skip


def cycle(books: Books, cycle: Raw) -> None:
    team = Officer.objects.values_list("team_id", flat=True).get(pk=cycle["officer_id"])
    sent: dict[date, dict[str, Raw]] = defaultdict(dict)
    for report in books.then[SENT][cycle["id"]]:
        sent[report["month"]].setdefault(report["recipient"], report)
    month = cycle["started_on"].replace(day=1)
    while True:
        month = (month + timedelta(days=31)).replace(day=1)  # the month in which the report on the one before is owed
        since = datetime.combine(month, time(), ZONE).astimezone(UTC)
        if since > books.as_at:
            return
        if max(since, cycle["recorded_at"]) > books.known:
            continue
        got = sent[(month - timedelta(days=1)).replace(day=1)]
        done = max(row["occurred_at"] for row in got.values()) if len(got) == 2 else None
        books.due[
            "referrals.unmet-need-report",
            "referrals.reportcycle",
            cycle["id"],
            f"{(month - timedelta(days=1)):%Y-%m}",
        ] = working(month, 10)
        excuse = books.excuses.get(
            ("referrals.unmet-need-report", "referrals.reportcycle", cycle["id"],
             f"{(month - timedelta(days=1)):%Y-%m}")
        )  # fmt: skip
        verdict = books.verdict(working(month, 10), done, excuse)
        books.counts["referrals.unmet-need-report", team, month, verdict] += 1
