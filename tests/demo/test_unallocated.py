"""Case files without a worker, as reported, held against a count that goes through the tables as they are by the minute."""

import io
import json
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from goldenthread.cases.models import CaseFile, Holding, Merge, MergedRow
from goldenthread.people.models import Officer, Team
from goldenthread.reports.models import PublishedReport
from goldenthread.reports.registry import build, render
from goldenthread.standards.allocation.allocating.figures import by_month, open_files, waiting_at
from goldenthread.standards.allocation.allocating.waiting import child_days
from goldenthread.standards.referrals.models import Referral
from tests.demo.conftest import TODAY
from tests.demo.recount.raw import PAST, london, night, rows

pytestmark = pytest.mark.usefixtures("authority")
MINUTE = timedelta(minutes=1)
DAYS = [*PAST, TODAY - timedelta(days=1)]


class _Joined:
    """Since when each child was on a file, as known by an instant: with the first referral that names it, as the tables stand
    with every merge that stands taken apart again."""

    def __init__(self, as_at: datetime) -> None:
        merges = {row["id"]: row for row in rows(Merge)}
        self.into = {
            row["merged_id"]: row["kept_id"]
            for row in merges.values()
            if row["recorded_at"] <= as_at and not (row["undone_at"] and row["undone_at"] <= as_at)
        }
        self.notes = [
            (note, merges[note["merge_id"]])
            for note in rows(MergedRow)
            if merges[note["merge_id"]]["undone_at"] is None and note["what"] in {"moved", "set-aside"}
        ]
        self.since: dict[int, dict[int, datetime]] = defaultdict(dict)
        referrals = {row["id"]: row for row in rows(Referral)}
        first: dict[int, int] = {}
        for row in referrals.values():
            first.setdefault(row["case_file_id"], row["id"])
        named = set()
        for number, child in self.apart(Referral.children.through, "referral_id"):
            referral = referrals[number]
            file = referral["case_file_id"]
            named.add((file, child))
            if referral["recorded_at"] <= as_at:
                self.put(file, child, None if first[file] == number else referral["received_at"])
        for file, child in self.apart(CaseFile.children.through, "casefile_id"):
            if (file, child) not in named:
                self.put(file, child, None)

    def apart(self, table: type[models.Model], owner: str) -> set[tuple[int, int]]:
        found = {row["id"]: (row[owner], row["child_id"]) for row in rows(table)}
        for note, merge in reversed(self.notes):  # the first merge last: it says whose it was
            if note["model"] == table._meta.label_lower:
                to = found.get(note["row"], (note["before"].get(owner), 0))[0]
                found[note["row"]] = (to, merge["merged_id"])
        return set(found.values())

    def put(self, file: int, child: int, at: datetime | None) -> None:
        while child in self.into:
            child = self.into[child]
        begins = at or datetime(1, 1, 1, tzinfo=UTC)
        self.since[file][child] = min(begins, self.since[file].get(child, begins))

    def on(self, file: int) -> list[datetime]:
        return sorted(self.since[file].values())


class Simulated:
    """Every case file, walked through from its opening to an instant: who held it, minute by minute, where nobody did."""

    def __init__(self, as_at: datetime) -> None:
        self.open: Counter[int] = Counter()
        self.waiting: dict[int, tuple[int, int]] = {}  # file: team, child-minutes without a break
        self.months: dict[tuple[date, int], int] = defaultdict(int)  # child-minutes
        self.files: dict[date, set[int]] = defaultdict(set)
        children = _Joined(as_at)
        held = defaultdict(list)
        for row in rows(Holding):
            if row["recorded_at"] <= as_at:
                held[row["case_file_id"]].append(
                    (row["since_at"], row["id"], row["team_id"], row["worker_id"], row["closed_at"])
                )
        for file in rows(CaseFile):
            if file["opened_at"] <= as_at:
                self.walk(file["id"], file["opened_at"], file["closed_at"], sorted(held[file["id"]]), as_at, children)

    def walk(
        self, pk: int, opened: datetime, closed: datetime | None, held: list, as_at: datetime, children: _Joined
    ) -> None:
        # In the demonstration a file is in the hands of its first holder from its very opening.
        if not held:
            return
        last = held[0]
        for one in held:
            if one[0] <= as_at:
                last = one
        shut = [at for at in (closed, last[4]) if at is not None]  # it may have been opened again since
        is_open = not any(at <= as_at for at in shut)
        self.open[last[2]] += is_open
        if all(worker is not None for *_, worker, _ in held):
            return
        run, team, minute = 0, 0, opened
        came, here = children.on(pk), 0
        ends = as_at if closed is None or closed > as_at else closed
        place = 0
        while minute < ends:
            while place + 1 < len(held) and held[place + 1][0] <= minute:
                place += 1
            _, _, team, worker, over = held[place]
            if over is not None and over <= minute:
                run = 0  # closed in their hands
            elif worker is None:
                while here < len(came) and came[here] <= minute:
                    here += 1
                run += here
                month = london(minute).replace(day=1)
                self.months[month, team] += here
                self.files[month].add(pk)
            else:  # while somebody is named there is nothing to count
                run = 0
                if place + 1 == len(held):
                    break
                minute = held[place + 1][0] - MINUTE
            minute += MINUTE
        if run and is_open:
            self.waiting[pk] = (team, run)


@cache  # of the one authority that the tests of this folder only look at
def simulated_at(day: date) -> Simulated:
    """As at the end of a day, on what was known then."""
    return Simulated(night(day))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_what_waits_and_its_child_days_are_those_of_a_walk_through_the_minutes(day: date) -> None:
    as_at = night(day)
    simulated = simulated_at(day)
    found = waiting_at(as_at)
    assert {wait.case_file_id: wait.team_id for wait in found} == {
        pk: team for pk, (team, _) in simulated.waiting.items()
    }
    for wait in found:
        # A file may be opened, held or closed within a minute: a walk by whole minutes is right to one of them.
        assert abs(child_days(wait.child_time) * 1440 - simulated.waiting[wait.case_file_id][1]) <= wait.children
    assert [wait.child_time for wait in found] == sorted((wait.child_time for wait in found), reverse=True)
    assert open_files(as_at) == +simulated.open
    first = date(day.year - 1, day.month, 1)
    counted = by_month(first, as_at)
    expected = {key: minutes for key, minutes in simulated.months.items() if key[0] >= first}
    assert set(counted) == set(expected)
    for key, month in counted.items():
        assert abs(child_days(month.child_time) * 1440 - expected[key]) <= 5 * len(month.files)
    for month in {month for month, _ in expected}:
        assert set().union(*(m.files for (at, _), m in counted.items() if at == month)) == simulated.files[month]


def test_somebody_waits_and_the_teams_differ() -> None:
    counted = by_month(date(2025, 7, 1), night(TODAY))
    assert len({team for _, team in counted}) >= 2
    assert len({at for at, _ in counted}) >= 6
    assert waiting_at(night(PAST[0])) or waiting_at(night(PAST[2]))


@pytest.mark.parametrize("kind", ["html", "docx", "pdf", "json"])
def test_the_report_names_no_child_in_any_format(kind: str) -> None:
    head = Officer.objects.get(username="head-of-service")
    document = build("unallocated", PAST[2], by=head)
    made = render(document, kind)
    assert len(made) > 1000
    if kind == "json":
        words = json.dumps(json.loads(made), ensure_ascii=False)
        assert all(
            name in words
            for name in Team.objects.filter(pk__in=open_files(night(PAST[2]))).values_list("name", flat=True)
        )
        for child in CaseFile.objects.filter(holdings__worker=None).values_list(
            "children__given_names", "children__family_name"
        ):
            assert " ".join(map(str, child)) not in words
    assert io.BytesIO(made).read(4)


def test_what_was_sent_is_kept_as_it_went_out_and_its_page_opens_it(client: Client) -> None:
    head = Officer.objects.get(username="head-of-service")
    with transaction.atomic():
        client.force_login(head)
        page = client.get(reverse("unallocated-reports"))
        assert page.status_code == 200
        lines = [line for _, _, found in page.context["periods"] for line in found if line.sent]
        assert len(lines) >= 6
        assert all(line.url for line in lines)
        kept = client.get(lines[0].url).content.decode()
        published = {one.get_absolute_url(): one for one in PublishedReport.objects.filter(name="unallocated")}
        transaction.set_rollback(True)
    for line in lines:  # each its own: a Sunday can end a month
        assert published[line.url].as_at == line.as_at
        assert published[line.url].published_at == line.sent.occurred_at
    waiting = waiting_at(night(lines[0].as_at))
    assert "Case files without a worker" in kept
    of_team = Counter(wait.team_id for wait in waiting)
    for name in Team.objects.filter(pk__in=of_team).values_list("name", flat=True):
        assert name in kept
