"""Who is in which row of a team's board, and what it says where there is nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.core.clock import now
from goldenthread.core.models import TrailEntry
from goldenthread.obligations.handover import hand_over
from goldenthread.pages.board import Board, WorkerRow
from goldenthread.people.models import Officer, Team
from tests.conftest import Cast
from tests.pages.made_up_work import Clock, set_clock, take


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Eleven on Wednesday 15 October 2003."""
    return set_clock(monkeypatch)


def _board(client: Client, officer: Officer, team: Team) -> Board:
    client.force_login(officer)
    found: Board = client.get(reverse("team-board", args=[team.key])).context["board"]
    return found


def _row(board: Board, officer: Officer) -> WorkerRow:
    return next(row for row in board.rows if row.load.worker == officer)


def test_whoever_left_the_team_with_files_stays_in_sight(cast: Cast, hand: Clock, client: Client) -> None:
    take(hand, cast, before=timedelta(days=2), nth=0)
    take(hand, cast, before=timedelta(days=2), nth=1, worker=cast.colleague)
    cast.worker.team = cast.west
    cast.worker.save()
    east = _board(client, cast.manager, cast.east)
    assert (east.files, east.held, [row.load.worker for row in east.rows][-1]) == (2, 2, cast.worker)
    row = _row(east, cast.worker)
    assert (row.left, row.load.files, row.elsewhere) == (True, 1, 0)
    west = _board(client, cast.head, cast.west)
    assert west.files == 0
    row = _row(west, cast.worker)
    assert (row.left, row.load.files, row.elsewhere) == (False, 1, 1)


def test_nothing_is_not_everything_in_order(cast: Cast, hand: Clock, client: Client) -> None:
    board = _board(client, cast.manager, cast.east)
    assert (board.files, board.waiting.longest, board.overdue) == (0, None, 0)
    assert board.unsupervised == 3
    page = client.get(reverse("team-board", args=["ra-east"])).content.decode()
    assert "3 have no supervisor" in page
    assert "Nobody supervises them" in page
    client.force_login(cast.worker)
    page = client.get(reverse("team-board", args=["ra-east"])).content.decode()
    assert "supervis" not in page.replace("in supervision in time", ""), (
        "how colleagues are supervised is not theirs to see"
    )


def test_children_without_a_worker_are_not_named_above_the_group_manager(
    cast: Cast, hand: Clock, client: Client
) -> None:
    file = take(hand, cast, before=timedelta(minutes=30)).case_file
    hand_over(case_file=file, team=cast.east, worker=None, since_at=now(), by=cast.manager)
    hand.now += timedelta(minutes=10)
    for officer, named in ((cast.manager, True), (cast.group_manager, True), (cast.head, False), (cast.quality, False)):
        client.force_login(officer)
        before = TrailEntry.objects.filter(deed="see list").count()
        answer = client.get(reverse("team-board", args=["ra-east"]))
        assert len(answer.context["board"].waiting.files) == 1, officer
        assert ("Juno Aldergate-0" in answer.content.decode()) is named, officer
        opens = officer != cast.quality
        assert answer.context["waiting"].all == opens, officer
        assert TrailEntry.objects.filter(deed="see list").count() == before + opens, officer
        if opens:
            seen = TrailEntry.objects.filter(deed="see list").latest("pk").detail["records"]
            assert f"cases.casefile:{file.pk}" in seen, officer
