"""The plan's actions, and what is owed about officers (emergencies, conflicts, restrictions), recounted."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta

from goldenthread.cases.models import BreakGlass, Conflict, Restriction, RestrictionReview
from goldenthread.people.models import Officer
from goldenthread.plan.models import Action, ActionEvent
from tests.demo.recount.books import Books
from tests.demo.recount.raw import ZONE, Raw, london, night, rows, working


def recount_actions(books: Books) -> None:
    events: dict[int, list[Raw]] = defaultdict(list)
    for event in sorted(rows(ActionEvent), key=lambda r: (r["occurred_at"], r["recorded_at"], r["id"])):
        events[event["action_id"]].append(event)
    for action in rows(Action):
        since = datetime.combine(action["since_on"], time(), ZONE).astimezone(UTC)
        if since > books.as_at or action["known_at"] > books.known:
            continue
        done = None
        due = action["first_due"]
        for event in events[action["id"]]:  # rows hold what stands now (decision 2)
            if event["kind"] == "completed":
                done = event
            elif event["kind"] == "reopened":
                done = None
            elif event["kind"] in ("due-changed", "restated") and "due" in event["after"]:
                due = date.fromisoformat(event["after"]["due"]) if event["after"]["due"] else None
        excuse = books.excuses.get(("plan.action-done", "plan.action", action["id"], ""))
        known = done is not None and done["recorded_at"] <= books.known
        verdict = books.verdict(night(due) if due else None, done["occurred_at"] if done and known else None, excuse)
        books.counts["plan.action-done", action["team_id"], action["since_on"].replace(day=1), verdict] += 1


def recount_oversight(books: Books) -> None:
    team = {row["id"]: row["team_id"] for row in rows(Officer)}

    def one(key: str, pk: int, of: int, since: datetime, due: datetime, done: datetime | None, nth: str = "") -> None:
        if since > books.as_at or since > books.known:
            return
        known = done if done is not None and done <= books.known else None
        kind = {"break-glass": "breakglass"}.get(key.rsplit("-", 1)[0], key.rsplit("-", 1)[0])
        books.due[f"oversight.{key}", f"cases.{kind}", pk, nth] = due
        books.counts[f"oversight.{key}", team[of], london(since).replace(day=1), books.verdict(due, known, None)] += 1

    for glass in rows(BreakGlass):
        opened, reviewed = glass["opened_at"], glass["reviewed_at"]
        due = working(london(opened), 2)
        one("break-glass-review", glass["id"], glass["officer_id"], opened, due, reviewed)
        if glass["next_manager_id"] and (reviewed is None or reviewed > due):
            again = working(london(due), 2)
            one("break-glass-review", glass["id"], glass["officer_id"], due, again, reviewed, "escalated")
    for conflict in rows(Conflict):
        since, ends = conflict["declared_at"], [conflict["reviewed_at"], conflict["withdrawn_at"]]
        done = min((at for at in ends if at), default=None)
        one("conflict-review", conflict["id"], conflict["officer_id"], since, working(london(since), 1), done)
    for restriction in rows(Restriction):
        looked = [r["occurred_at"] for r in rows(RestrictionReview) if r["restriction_id"] == restriction["id"]]
        began = [restriction["since_at"], *looked]
        for nth, (since, done) in enumerate(zip(began, [*looked, restriction["lifted_at"]], strict=True)):
            due = night(london(since) + timedelta(days=90))
            one("restriction-review", restriction["id"], restriction["contact_id"], since, due, done, str(nth))
