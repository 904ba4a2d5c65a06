"""Legal advice at any hour, recounted: cover, test calls, and answers."""

from datetime import UTC, datetime, time, timedelta

from goldenthread.people.models import Officer
from goldenthread.standards.assessment.legal import models as law
from tests.demo.recount.books import Books
from tests.demo.recount.kinds import ADVISED
from tests.demo.recount.raw import ZONE, Raw, london, months_on, night, rows


def recount_legal(books: Books) -> None:
    (rota,) = rows(law.LegalRota)
    (keeper,) = rows(law.RotaKeeper)
    team = Officer.objects.values_list("team_id", flat=True).get(pk=keeper["officer_id"])
    shifts = [row for row in rows(law.RotaShift) if row["call"] == "first"]
    ends = {
        row["shift_id"]: row for row in rows(law.ShiftEnd)
    }  # the demonstration cuts none twice, and takes none back
    for week in rows(law.CoverWeek):
        began, over = week["starts_at"], week["ends_at"]
        monday = london(began)
        view = max(datetime.combine(monday - timedelta(days=56), time(), ZONE).astimezone(UTC), rota["started_at"])
        soon = view > datetime.combine(monday - timedelta(days=14), time(), ZONE).astimezone(UTC)
        due = max(began, view) if soon else night(london(view) + timedelta(days=42))
        near = [row for row in shifts if row["starts_at"] < over and row["ends_at"] > began]
        done = covered(began, over, near, ends)
        books.plainly(
            "assessment.legal-cover", ("legal.coverweek", week["id"], ""), team, view, max(view, week["recorded_at"]),
            due, done[0] if done and done[1] <= books.known else None,
        )  # fmt: skip
    calls = sorted((row for row in rows(law.TestCall) if row["answered"]), key=lambda row: row["occurred_at"])
    since, known, key = rota["started_at"], rota["recorded_at"], "start"
    for call in [*calls, None]:
        done_at = call["occurred_at"] if call and call["recorded_at"] <= books.known else None
        due = night(months_on(london(since), 6))
        books.plainly(
            "assessment.legal-number-tested", ("legal.legalrota", rota["id"], key), team, since, known, due, done_at
        )
        if call:
            since, known, key = call["occurred_at"], call["recorded_at"], f"after-{call['id']}"
    for asked in rows(law.AdviceRequest):
        books.count(
            "assessment.legal-answered", ("legal.advicerequest", asked["id"], ""), asked["case_file_id"],
            asked["asked_at"], asked["recorded_at"], asked["asked_at"] + timedelta(hours=1),
            next(iter(books.then[ADVISED][asked["id"]]), None), next(iter(books.ever[ADVISED][asked["id"]]), None),
        )  # fmt: skip


def covered(began: datetime, over: datetime, near: list[Raw], ends: dict[int, Raw]) -> tuple[datetime, datetime] | None:
    """Since when every quarter of an hour of the week has somebody on it, and when that was recorded: by playing all
    that was said back in order. Every shift of the demonstration begins and ends on a quarter."""
    told = [(row["occurred_at"], row["recorded_at"], row["id"], None) for row in near]
    told += [(end["occurred_at"], end["recorded_at"], row["id"], end["ends_at"]) for row in near if (end := ends.get(row["id"]))]  # fmt: skip
    quarters = int((over - began) / timedelta(minutes=15))
    span = {row["id"]: [row["starts_at"], row["ends_at"]] for row in near}
    held: dict[int, set[int]] = {}
    moments: list[tuple[datetime, datetime, bool]] = []
    for at in sorted({row[0] for row in told}):
        known = at
        for said, recorded, pk, until in told:
            if said == at:
                known = max(known, recorded)
                starts, last = span[pk][0], until or span[pk][1]
                held[pk] = {n for n in range(quarters) if starts <= began + n * timedelta(minutes=15) < last}
        moments.append((at, known, len(set().union(*held.values())) == quarters))
    since = None
    for at, known, full in reversed(moments):
        if not full:
            break
        since = (at, known)
    return since
