"""A team's board: one glance, one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sight import Sight, sight_of
from goldenthread.core.clock import day_of, now
from goldenthread.obligations.models import seen_by
from goldenthread.pages.board import SOON, Board, board_of, in_line, not_talked_over, overdue_in
from goldenthread.pages.reading import names_on, soonest
from goldenthread.pages.teams import reached_by, team_of
from goldenthread.pages.work import files_of, note_seen, rows_of, work_list
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer, Team
from goldenthread.standards.allocation.allocating.caseload import ABOUT
from goldenthread.standards.allocation.allocating.views.lists import NAMED_FOR
from goldenthread.standards.allocation.allocating.waiting import Wait, child_days
from goldenthread.standards.allocation.transferring.choices import Stage
from goldenthread.standards.allocation.transferring.models import Transfer

SHOWN = 10


@dataclass(frozen=True, slots=True)
class WaitLine:
    """One file without a worker. names: of the children, or how many there are."""

    file: CaseFile
    wait: Wait
    names: str

    @property
    def child_days(self) -> float:
        """So far."""
        return child_days(self.wait.child_time)


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One transfer. names: of the children."""

    transfer: Transfer
    stage: Stage
    names: str


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One case that was not talked over. missed: the day by which it was to be, the first that was missed."""

    file: CaseFile
    missed: datetime
    names: str


@dataclass(frozen=True, slots=True)
class Short:
    """The first of a list that the officer may open; all: how many of it they may."""

    rows: Sequence[Any] | SafeString
    all: int


@require_safe
@transaction.atomic
def team_board(request: HttpRequest, team: str) -> HttpResponse:
    """How a team stands now: figures, who carries what, and what has waited longest."""
    officer, at = officer_of(request), now()
    shown = team_of(officer, team)
    sight = sight_of(officer)
    board = board_of(shown, sight, at)
    context = {
        "team": shown,
        "others": [one for one in reached_by(officer) if one.pk != shown.pk],
        "board": board,
        "in_line": in_line(sight, shown),
        "soon_day": day_of(at) + SOON,
        "about_weight": ABOUT,
        "now": at,
        **_lists(shown, officer, sight, board, at),
    }
    return render(request, "pages/team_board.html", context)


def _lists(team: Team, officer: Officer, sight: Sight, board: Board, at: datetime) -> dict[str, Short]:
    """The four short lists, those of them that the officer may open, and one entry on the trail."""
    waiting = [(file, wait) for file, wait in board.waiting.files if sight.why(file)]
    moving = [one for one in board.out.found + board.coming.found if one.opens]
    moving.sort(key=lambda one: (one.asked_at, one.pk))
    transfers = Transfer.objects.select_related("from_team", "to_team").in_bulk(
        [one.pk for one in moving[:SHOWN]] or [0]
    )
    talks = not_talked_over(team, sight, at)
    files = CaseFile.objects.select_related("worker").in_bulk([pk for pk, _ in talks[:SHOWN]] or [0])
    seen = seen_by(sight)
    owed = overdue_in(team, sight, at)
    soon = soonest(owed if seen is None else owed.filter(seen), SHOWN)
    named = {file.pk for file, _ in waiting[:SHOWN]} if officer.role in NAMED_FOR else set()
    moved = {one.case_file_id for one in moving[:SHOWN]}
    # Asked also where nothing is to be named: the page's number of statements is always the same.
    names = names_on(named | moved | set(files) | files_of(soon) or {0})
    overdue = rows_of(soon, officer, names)
    note_seen(
        f"team-board:{team.key}", overdue, by=officer,
        also=[
            *(f"cases.casefile:{file.pk}" for file, _ in waiting[:SHOWN]),
            *(f"transferring.transfer:{one.pk}" for one in moving[:SHOWN]),
            *(f"cases.casefile:{pk}" for pk in files),
        ],
    )  # fmt: skip
    return {
        "waiting": Short(
            [
                WaitLine(
                    file, wait, names.get(file.pk) or f"{wait.children} child{'' if wait.children == 1 else 'ren'}"
                )
                for file, wait in waiting[:SHOWN]
            ],
            len(waiting),
        ),
        "moving": Short(
            [MoveLine(transfers[one.pk], one.stage, names.get(one.case_file_id, "")) for one in moving[:SHOWN]],
            len(moving),
        ),
        "overdue": Short(work_list(overdue, at, owners=True), board.overdue_seen),
        "talks": Short(
            [TalkLine(files[pk], missed, names.get(pk, "")) for pk, missed in talks[:SHOWN] if pk in files], len(talks)
        ),
    }
