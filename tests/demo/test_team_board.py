"""The boards of the demonstration's teams, held against the rows themselves and against the lists to which they lead."""

import re
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.cases.models import CaseFile, Holding
from goldenthread.cases.sight import sight_of
from goldenthread.core import clock
from goldenthread.demo.load import DemoSummary
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer, Team
from goldenthread.standards.allocation.supervising.figures import due
from goldenthread.standards.allocation.supervising.models import SupervisionPair
from goldenthread.standards.allocation.supervising.views.lists import line_of
from goldenthread.standards.allocation.transferring.course import RELATED, course_of
from goldenthread.standards.allocation.transferring.figures import moving
from goldenthread.standards.allocation.transferring.models import Transfer
from goldenthread.standards.assessment.register.choices import State
from goldenthread.standards.assessment.register.models import RegisterEntry
from tests.demo.conftest import NOW

AT = NOW + timedelta(hours=9)
MOST_OF_A_FILE = 47
MOST_OF_A_BOARD = 33


@pytest.fixture
def at(authority: DemoSummary, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Nine in the morning of the demonstration's last day."""
    monkeypatch.setattr(clock.timezone, "now", lambda: AT)
    return AT


def _client(username: str) -> Client:
    client = Client()
    client.force_login(Officer.objects.get(username=username))
    return client


def _open(client: Client, team: Team) -> Any:
    answer = client.get(reverse("team-board", args=[team.key]))
    assert answer.status_code == 200
    return answer.context


def _since(file: CaseFile) -> datetime:
    """Since when a file without a worker has had none: the first after the last that had one."""
    since = file.opened_at
    for place, held in enumerate(Holding.objects.filter(case_file=file).order_by("since_at", "pk")):
        if held.worker_id is not None:
            since = None
        elif since is None and place:
            since = held.since_at
    assert since is not None
    return since


def test_figures_are_those_of_the_rows(at: datetime) -> None:
    head = Officer.objects.get(username="head-of-service")
    shut, client = sight_of(head).shut, _client("head-of-service")
    files = [
        one for one in CaseFile.objects.prefetch_related("children") if one.closed_at is None and one.pk not in shut
    ]
    on_register = {
        one.child_id
        for one in RegisterEntry.objects.prefetch_related("listings", "removals")
        if one.state_at(at) == State.ON
    }
    open_ones = [
        one for one in Obligation.objects.filter(due_at__lt=at)
        if one.done_at is None and one.excused_at is None and one.since_at <= at and one.case_file_id not in shut
    ]  # fmt: skip
    courses = [course_of(one) for one in Transfer.objects.exclude(case_file__in=shut).prefetch_related(*RELATED)]
    teams = list(Team.objects.all())
    by_figures = moving([one.pk for one in teams], at, shut)
    missed = due(None, at, without=shut)
    waited = moved = talked = registered = 0
    for team in teams:
        context = _open(client, team)
        board = context["board"]
        mine = [one for one in files if one.team_id == team.pk]
        assert board.files == len(mine)
        assert board.children == len({child.pk for one in mine for child in one.children.all()})
        nobody = {one.pk: _since(one) for one in mine if one.worker_id is None}
        assert {file.pk: wait.since for file, wait in board.waiting.files} == nobody
        days = [
            (at - since) / timedelta(days=1) * len(CaseFile.objects.get(pk=pk).children.all())
            for pk, since in nobody.items()
        ]
        assert board.waiting.child_days == pytest.approx(sum(days))
        assert board.held == len(mine) - len(nobody)

        going = [
            one for one in courses if one.under_way and team.pk in {one.transfer.from_team_id, one.transfer.to_team_id}
        ]
        assert {one.pk: one.stage for one in board.out.found + board.coming.found} == {
            one.transfer.pk: one.stage for one in going
        }
        found = by_figures[team.pk]
        assert (len(board.out), len(board.coming)) == (found.going_out, found.coming_in)

        late = [one for one in open_ones if one.team_id == team.pk]
        assert board.overdue == context["overdue"].all == len(late)
        owners = Counter(one.owner_id for one in late)
        assert board.others_overdue == sum(owners.values()) - sum(row.overdue for row in board.rows)
        kinds = defaultdict(set)
        for one in late:
            kinds[one.requirement].add(one.subject_id)
        over = board.supervision.over
        assert over.workers == len(kinds["allocation.worker-supervised"])
        assert over.cases == context["talks"].all == len(kinds["allocation.case-discussed"])
        assert over == missed.get(team.pk, type(over)())

        for row in board.rows:
            theirs = [one for one in files if one.worker_id == row.load.worker.pk and (one in mine or not row.left)]
            children = [child.pk for one in theirs for child in one.children.all()]
            on = sum(pk in on_register for pk in children)
            new = sum(one.opened_at > at - timedelta(weeks=4) for one in theirs)
            assert (row.load.files, row.load.children, row.load.registered, row.load.new) == (
                len(theirs), len(children), on, new,
            )  # fmt: skip
            assert row.load.weight == len(children) + 2 * on + new
            assert row.overdue == owners[row.load.worker.pk]
            pairs = SupervisionPair.objects.running_at(at).filter(worker=row.load.worker, worker__team=team)
            said = {one.pk: line_of(one, at) for one in pairs.prefetch_related("sessions")}
            assert (row.meets is None) is (not said)
            if row.meets:
                assert row.meets == said[row.meets.pair.pk]
            registered += on
        in_team = {one.worker_id for one in mine if one.worker_id}
        assert in_team <= {row.load.worker.pk for row in board.rows}
        waited, moved, talked = waited + len(nobody), moved + len(going), talked + over.cases
    assert min(waited, moved, talked, registered) > 0, "the demonstration has to show each of them"


@pytest.mark.parametrize("username", ["head-of-service", "team-manager", "group-manager", "worker", "quality-officer"])
def test_numbers_agree_with_the_lists_to_which_they_lead(at: datetime, username: str) -> None:
    officer, client = Officer.objects.get(username=username), _client(username)
    reached = officer.team_ids_reached()
    teams = Team.objects.all() if reached is None else Team.objects.filter(pk__in=reached)
    for team in teams:
        context, asked = _open(client, team), {"team": team.key}
        waiting = client.get(reverse("unallocated"), asked).context
        assert context["waiting"].all == waiting["number"]
        assert [line.file.pk for line in context["waiting"].rows] == [line.file.pk for line in waiting["page"]][:10]
        assert context["moving"].all == client.get(reverse("transfers"), asked).context["number"]
        talks = client.get(reverse("supervision"), asked).context["missed"]
        assert [line.file.pk for line in context["talks"].rows] == [file.pk for file, _ in talks][:10]
        assert context["talks"].all == len(talks)
        owed = client.get(reverse("team-work", args=[team.key]), {"overdue": "1"}).context
        assert context["overdue"].all == owed["page"].paginator.count
        assert context["board"].overdue == owed["total"].overdue
        if officer.role_data.line:
            assert context["in_line"]
        else:
            assert not any(row.meets for row in context["board"].rows), (
                "how colleagues are supervised is not theirs to see"
            )


def _statements(client: Client, address: str) -> list[str]:
    """What a page asks of the database, without the values."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [re.sub(r"\d+|'[^']*'|(%s|\?)(, (%s|\?))*|\([\s,]*\)", "", each["sql"]) for each in asked]


def test_a_case_file_asks_once_for_each_kind_of_thing_however_much_is_on_it(at: datetime) -> None:
    """The same statement twice would be one for each row."""
    client, shut = _client("head-of-service"), sight_of(Officer.objects.get(username="head-of-service")).shut
    files = list(CaseFile.objects.exclude(pk__in=shut).annotate(n=Count("obligations")).order_by("n", "pk"))
    chosen = [*files[:: len(files) // 6], *files[-4:]]
    most = 0
    for file in chosen:
        asked = _statements(client, file.get_absolute_url())
        # What opens and closes files to the officer is asked anew at each door: that is no row of the file.
        repeated = {
            sql: number for sql, number in Counter(asked).items() if number > 1 and "FROM cases_breakglass" not in sql
        }
        assert repeated == {}, file
        most = max(most, len(asked))
    assert most <= MOST_OF_A_FILE


def test_a_board_asks_the_same_of_every_team(at: datetime) -> None:
    """Each team has another size, and something of each kind or nothing."""
    client = _client("head-of-service")
    numbers = {
        team.key: len(_statements(client, reverse("team-board", args=[team.key]))) for team in Team.objects.all()
    }
    # At most one statement for each kind of record that is on no case file and among the ten that are overdue longest.
    assert max(numbers.values()) - min(numbers.values()) <= 2, numbers
    assert max(numbers.values()) <= MOST_OF_A_BOARD


SMALL = {"c", "known", "r", "i", "cases_breakglass", "shown", "core_traillink", "ever", "cases_merge"}
"""What opens and closes files to the officer (`cases.sight`), the ten that were found, the children of the files that wait and the
merges of them (SQLite reads the whole of a table of three; of thousands it looks up theirs), and the end of the
trail."""


def _read_whole(sql: str, values: Any) -> set[str]:
    """The tables, by the names that a statement gives them, of which the database would read every row."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
            return {name for row in cursor.fetchall() for name in re.findall(r"^SCAN (\w+)", row[3])}
        # A small table is read whole because that is quicker: asked not to, the planner shows whether it has to.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", values)
        found = {
            name for row in cursor.fetchall() for name in re.findall(r"Seq Scan on \w+ (\w+)|Seq Scan on (\w+)", row[0])
        }
        cursor.execute("SET LOCAL enable_seqscan = on")
        return {one or other for one, other in found}


@pytest.mark.parametrize("page", ["team-board", "case-file"])
def test_no_statement_reads_a_whole_table(at: datetime, page: str) -> None:
    client = _client("team-manager")
    file = (
        CaseFile.objects.visible_to(Officer.objects.get(username="team-manager"))
        .annotate(n=Count("obligations"))
        .latest("n")
    )
    address = reverse("team-board", args=["ra-east"]) if page == "team-board" else file.get_absolute_url()
    asked: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        asked.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(keep):
        assert client.get(address).status_code == 200
    with transaction.atomic():
        whole = {sql[:200]: found for sql, values in asked
                 if sql.lstrip().startswith("SELECT") and (found := _read_whole(sql, values) - SMALL)}  # fmt: skip
    assert whole == {}
