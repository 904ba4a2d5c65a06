"""An auditor's recount of what is owed on assessments and plans, from raw rows, by other code than the requirements'."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from goldenthread.standards.assessment.assessing import models as room
from goldenthread.standards.referrals.models import Decision, Referral
from tests.demo.recount.books import Books
from tests.demo.recount.raw import Raw, london, months_on, night, working

DAYS = {"single": 45, "section-47": 45}
"""Working days, of the kinds that the demonstration's years know."""
ENQUIRY_DAYS_BEFORE, ENQUIRY_CHANGED = 35, date(2013, 4, 15)
"""An enquiry that began before that day was a core assessment."""
SAYS_NOTHING = {"tbc", "n/a", "see above"}  # no part of the demonstration is one of these, or shorter than three words


def days_of(kind: str, started: date) -> int:
    """How many working days such an assessment may take."""
    if kind == "section-47" and started < ENQUIRY_CHANGED:
        return ENQUIRY_DAYS_BEFORE
    return DAYS[kind]


class Rows:
    """Facts as they stand ever after, by what they hang on, in order of time."""

    def __init__(self, model: Any, hangs_on: str) -> None:
        self.raw = list(model._base_manager.order_by("pk").values())
        self.by: dict[int, list[Raw]] = defaultdict(list)
        gone = {row["supersedes_id"] for row in self.raw}
        for row in sorted(self.raw, key=lambda r: (r["occurred_at"], r["root_id"] or r["id"])):
            if row["id"] not in gone and not row["withdrawn"]:
                self.by[row[hangs_on]].append(row)

    def known(self, row: Raw) -> datetime:
        """When its date was first known: of the demonstration's rows, none was corrected but parts."""
        found: datetime = row["recorded_at"]
        return found


def recount_assessing(books: Books) -> None:
    """Count everything of the alcove into the auditor's books."""
    parts, seen, views = (Rows(m, "assessment_id") for m in (room.AssessmentPart, room.ChildSeen, room.ChildsViews))
    handed, answers = Rows(room.HandingIn, "assessment_id"), Rows(room.ManagersAnswer, "assessment_id")
    plans = defaultdict(list)
    for plan in room.ChildInNeedPlan.objects.values():
        plans[plan["assessment_id"]].append(plan)
    agreed, reviews = Rows(room.PlanSignOff, "plan_id"), Rows(room.PlanReview, "plan_id")
    children = defaultdict(list)
    for link in room.Assessment.children.through._default_manager.values():
        children[link["assessment_id"]].append(link["child_id"])
    referrals = {row["id"]: row for row in Referral.objects.values()}

    def owe(
        key: str, kind: str, pk: int, file: int, since: datetime, known: datetime, due: datetime, done: Raw | None,
        nth: str = "",
    ) -> None:  # fmt: skip
        told = done if done and done["recorded_at"] <= books.known else None
        books.count(f"assessment.{key}", (f"assessing.{kind}", pk, nth), file, since, known, due, told, done)

    firsts: dict[int, Raw] = {}
    for one in sorted(room.Assessment.objects.values(), key=lambda row: (row["started_at"], row["id"])):
        pk, file, kind, referral = one["id"], one["case_file_id"], one["kind"], referrals.get(one["referral_id"])
        if referral:
            firsts.setdefault(referral["id"], {"occurred_at": one["started_at"], "recorded_at": one["recorded_at"]})
        # A single assessment counts from the referral, an enquiry from its own start.
        since = referral["received_at"] if referral and kind == "single" else one["started_at"]
        known = one["recorded_at"]
        due = working(london(since), days_of(kind, london(since)))
        first = {}
        for row in parts.raw:
            if row["assessment_id"] == pk and len(row["text"].split()) > 2 and row["text"] not in SAYS_NOTHING:
                first.setdefault(row["part"], row)
        written = max((row["recorded_at"] for row in first.values()), default=None)
        whole = {"occurred_at": written, "recorded_at": written} if len(first) == 4 else None
        owe("four-parts", "assessment", pk, file, since, known, due, whole)
        signed = next((row for row in answers.by[pk] if row["answer"] == "signed-off"), None)
        owe(f"signed-off-{kind}", "assessment", pk, file, since, known, due, signed)
        for back in answers.by[pk]:
            if back["answer"] == "returned":
                again = next((row for row in handed.by[pk] if row["id"] > back["handing_in_id"]), None)
                at = back["occurred_at"]
                owe(
                    "returned", "assessment", pk, file, at, back["recorded_at"], working(london(at), 5), again,
                    f"return-{back['id']}",
                )  # fmt: skip
        for child in children[pk]:
            start = one["started_at"]
            mine = [next((r for r in told.by[pk] if r["child_id"] == child), None) for told in (seen, views)]
            owe(
                "child-seen", "assessment", pk, file, start, known, working(london(start), 5), mine[0], f"child-{child}"
            )
            owe("childs-views", "assessment", pk, file, start, known, due, mine[1], f"child-{child}")
        decided = [row for row in parts.by[pk] if row["part"] == "decisions"]
        if signed and decided and decided[0]["outcome"] == "child-in-need-plan":
            given = [row for plan in plans[pk] for row in agreed.by[plan["id"]][:1]]
            done = min(given, key=lambda row: row["occurred_at"], default=None)
            at = signed["occurred_at"]
            owe("child-in-need-plan", "assessment", pk, file, at, signed["recorded_at"], working(london(at), 10), done)
        for plan in plans[pk]:
            _plan(plan, agreed.by[plan["id"]], reviews.by[plan["id"]], owe)
    _started(books, firsts, referrals)


def _plan(plan: Raw, agreed: list[Raw], reviews: list[Raw], owe: Any) -> None:
    pk, file = plan["id"], plan["case_file_id"]
    if agreed:
        at = agreed[0]["occurred_at"]
        due = night(months_on(london(at), 3))
        owe(
            "first-plan-review",
            "childinneedplan",
            pk,
            file,
            at,
            agreed[0]["recorded_at"],
            due,
            next(iter(reviews), None),
        )
    for place, review in enumerate(reviews):
        if review["outcome"] == "continue":
            following = reviews[place + 1] if place + 1 < len(reviews) else None
            at = review["occurred_at"]
            due = night(months_on(london(at), 6))
            owe(
                "plan-review",
                "childinneedplan",
                pk,
                file,
                at,
                review["recorded_at"],
                due,
                following,
                f"after-{review['id']}",
            )


def _started(books: Books, firsts: dict[int, Any], referrals: dict[int, Any]) -> None:
    decided: dict[int, Any] = {}
    for row in Rows(Decision, "referral_id").by.values():
        for decision in row:
            if decision["what"] == "assessment":
                decided.setdefault(decision["referral_id"], decision)
    for pk, decision in decided.items():
        done, at = firsts.get(pk), decision["occurred_at"]
        told = done if done and done["recorded_at"] <= books.known else None
        books.count(
            "assessment.started", ("referrals.referral", pk, ""), referrals[pk]["case_file_id"], at,
            decision["recorded_at"], working(london(at), 1), told, done,
        )  # fmt: skip
