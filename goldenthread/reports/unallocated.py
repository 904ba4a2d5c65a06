"""The report on case files without a worker: how many, whose, and for how many child-days. It names no child.

Small numbers: see `small_numbers`. Child-days are printed only of counts that are: they would give a small one away.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings

from goldenthread.core.clock import end_of
from goldenthread.core.templatetags.words import day, month
from goldenthread.core.timescales import add_months
from goldenthread.people.models import Team
from goldenthread.reports.small_numbers import count_in_words, is_hidden, is_small
from goldenthread.reports.tree import Block, Cell, Column, Document, Heading, Note, Paragraph, SummaryList, Table
from goldenthread.standards.allocation.allocating.figures import Month, by_month, open_files, waiting_at
from goldenthread.standards.allocation.allocating.waiting import Wait, child_days

NAME = "unallocated"
MONTHS_SHOWN = 12
NOT_PRINTED = "not printed"
WHY_NOT = "Not printed: it would give a small number away"
BANDS = (
    ("up to 1 day", timedelta(days=1)), ("over 1 and up to 3 days", timedelta(days=3)),
    ("over 3 and up to 7 days", timedelta(days=7)), ("over 7 and up to 28 days", timedelta(days=28)),
    ("over 28 days", timedelta.max),
)  # fmt: skip
ABOUT = (
    "An open case file counts from the minute that nobody is named on it as its worker until the minute that somebody is, or "
    "it is closed. A child-day is one child on such a file for 24 hours; a child who came onto it later counts from then on. A "
    "file that went from team to team with nobody named counts as one that waited all the time; its child-days count for the "
    "team that held it then. Figures are what was known by the end of the day that the report is as at: what was recorded "
    "later is not in them. Counts from 1 to 4 are given as “fewer than 5”, and what would give one away is not printed."
)


def unallocated_report(as_at: date) -> Document:
    """Case files without a worker at the end of a day, and in the twelve months up to it. For group managers and above, and
    the executive member. Nineteen queries."""
    instant = end_of(as_at)
    first = add_months(as_at.replace(day=1), 1 - MONTHS_SHOWN)
    waiting = waiting_at(instant)
    held = open_files(instant)
    names = dict(Team.objects.values_list("pk", "name"))
    lengths, total = _printed(waiting)
    blocks: list[Block] = [
        SummaryList(_whole(waiting, held, total)),
        Heading("By team"),
        _by_team(waiting, held, names) if held else Paragraph("No case file was open."),
    ]
    if waiting:
        blocks += [Heading("How long they had waited"), _by_length(waiting) if lengths else Paragraph(WHY_NOT)]
    blocks += [Heading("The last twelve months"), _by_month(by_month(first, instant), first), Note(ABOUT)]
    title = f"Case files without a worker, {day(as_at)}"
    return Document(title, as_at, settings.AUTHORITY, f"As at the end of {day(as_at)}", tuple(blocks))


def _of_teams(waiting: Sequence[Wait]) -> dict[int, list[Wait]]:
    found: dict[int, list[Wait]] = {}
    for wait in waiting:
        found.setdefault(wait.team_id, []).append(wait)
    return found


def _length(wait: Wait) -> str:
    return next(words for words, most in BANDS if wait.lasted <= most)


def _days(waiting: Sequence[Wait]) -> str:
    """Their child-days, to the tenth; where they are so few that it would tell of them, nothing."""
    if is_small(len(waiting)):
        return NOT_PRINTED
    return f"{child_days(sum((wait.child_time for wait in waiting), timedelta())):,.1f}"


def _printed(waiting: Sequence[Wait]) -> tuple[bool, bool]:
    """What is printed of those that wait, beside their teams, so that no small number can be worked out: how long, how many."""
    by_team = [len(found) for found in _of_teams(waiting).values()]
    by_length = [sum(_length(wait) == words for wait in waiting) for words, _ in BANDS]
    if not waiting or is_hidden(by_team, by_length, with_total=True):
        return True, True
    if is_hidden(by_team, with_total=True):
        return False, True
    return is_hidden(by_team, by_length, with_total=False), False


def _open_in_words(waiting: Sequence[Wait], held: dict[int, int]) -> dict[int, str]:
    """How many files each team held: not printed where it would tell, beside those that wait, of a few that do not."""
    by_team = _of_teams(waiting)
    if is_small(sum(held.values()) - len(waiting)):
        return dict.fromkeys(held, NOT_PRINTED)

    def words(number: int, without: int) -> str:
        tells = not is_small(number) and not is_small(without) and is_small(number - without)
        return NOT_PRINTED if tells else count_in_words(number)

    return {team: words(number, len(by_team.get(team, ()))) for team, number in held.items()}


def _all_open(waiting: Sequence[Wait], held: dict[int, int]) -> str:
    """All of them together, where that gives none of those away."""
    if NOT_PRINTED in _open_in_words(waiting, held).values():
        return WHY_NOT
    numbers = list(held.values())
    return count_in_words(sum(numbers)) if not numbers or is_hidden(numbers, with_total=True) else WHY_NOT


def _whole(waiting: Sequence[Wait], held: dict[int, int], total: bool) -> tuple[tuple[str, str], ...]:
    """All teams together, where that gives no team's small number away."""
    by_team = [len(found) for found in _of_teams(waiting).values()]
    rows = [
        ("Open case files", _all_open(waiting, held)),
        ("Without a worker", count_in_words(len(waiting)) if total else WHY_NOT),
    ]
    if waiting and not any(map(is_small, by_team)):
        rows.append(("Child-days so far", _days(waiting)))
    return tuple(rows)


def _by_team(waiting: Sequence[Wait], held: dict[int, int], names: dict[int, str]) -> Table:
    by_team, open_files_of = _of_teams(waiting), _open_in_words(waiting, held)
    lines = tuple(
        (
            (
                Cell((names[team],), header=True),
                Cell((open_files_of.get(team, "0"),), number=True),
                Cell((count_in_words(len(by_team.get(team, ()))),), number=True),
                Cell((_days(by_team.get(team, ())),), number=True),
            ),
        )
        for team in sorted({*held, *by_team}, key=lambda team: (names[team], team))
    )
    columns = (
        Column("Team", 2.4), Column("Open case files", 1, number=True), Column("Without a worker", 1, number=True),
        Column("Child-days so far", 1, number=True),
    )  # fmt: skip
    return Table("Case files without a worker, by team", columns, lines)


def _by_length(waiting: Sequence[Wait]) -> Table:
    lines = tuple(
        (
            (
                Cell((words,), header=True),
                Cell((count_in_words(sum(_length(w) == words for w in waiting)),), number=True),
            ),
        )
        for words, _ in BANDS
    )
    return Table(
        "Case files without a worker, by how long",
        (Column("Had waited", 2), Column("Case files", 1, number=True)),
        lines,
    )


def _by_month(counted: dict[tuple[date, int], Month], first: date) -> Table:
    lines = []
    for step in range(MONTHS_SHOWN):
        at = add_months(first, step)
        months = [found for (when, _), found in counted.items() if when == at]
        files = len(set().union(*(found.files for found in months)))
        time = sum((found.child_time for found in months), timedelta())
        days = NOT_PRINTED if is_small(files) else f"{child_days(time):,.1f}"
        lines.append(
            (
                (
                    Cell((month(at),), header=True),
                    Cell((count_in_words(files),), number=True),
                    Cell((days,), number=True),
                ),
            )
        )
    columns = (
        Column("Month", 1.6),
        Column("Case files that waited", 1, number=True),
        Column("Child-days", 1, number=True),
    )
    return Table("Case files that had no worker at some minute of the month", columns, tuple(lines))
