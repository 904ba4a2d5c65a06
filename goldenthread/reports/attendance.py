"""The report on who comes to child protection conferences, to the area committee: by agency, how often it was asked, came, sent
apologies, sent its report in time, and did neither.

Small numbers: see `small_numbers`. Agencies that were asked fewer than five times stand together. No number is printed that
another one printed beside it would give away: those who stayed away are what is left of those who were asked.
"""

from collections.abc import Sequence
from datetime import date

from django.conf import settings

from goldenthread.core.statistics import TOO_FEW
from goldenthread.core.templatetags.words import day
from goldenthread.core.timescales import add_months
from goldenthread.reports.small_numbers import SMALL, count_in_words, is_small, share_in_words
from goldenthread.reports.tree import Block, Cell, Column, Document, Heading, Note, Paragraph, SummaryList, Table
from goldenthread.standards.allocation.conferring.choices import MeetingKind
from goldenthread.standards.allocation.conferring.figures import (
    NAMES,
    Conference,
    Line,
    by_agency,
    conferences,
    put_off,
)

MONTHS = 6
"""How many months it goes back where nothing else is asked: it goes out twice a year."""
NOT_PRINTED = "not printed"
ABOUT = (
    "An agency counts once at a conference, however many of it were asked. Asked: how often it was asked and it is recorded whether "
    "it came; all else in its line is of those times. By phone, late, or by somebody else counts as coming. Not recorded: how often "
    "besides it was asked, and nobody has written down whether it came. Neither: nobody of it came and no report came. A report is in time two "
    "working days before an initial conference, five before a review, by the council's own standard. Conferences that were put off "
    "or cancelled are not counted. Figures are what was known by the end of the last day: what was recorded later is not in them. Counts from 1 to 4 are given as “fewer than 5”, and what would give one away is not printed. Of "
    f"fewer than {TOO_FEW}, no share is given."
)


def attendance_report(as_at: date) -> Document:
    """The six months up to a day."""
    return attendance_between(add_months(as_at.replace(day=1), 1 - MONTHS), as_at)


def attendance_between(first: date, last: date) -> Document:
    """Conferences held between two days, both included, as known by the end of the last: ten queries."""
    found = conferences(first, last)
    away = put_off(first, last)
    blocks: list[Block] = [
        SummaryList(
            (
                ("Period", f"{day(first)} to {day(last)}"),
                ("Put off because too few agencies came", count_in_words(away)),
            )
        )
    ]
    for kind in (MeetingKind.INITIAL, MeetingKind.REVIEW):
        of_kind = [one for one in found if one.meeting.kind == kind]
        lines = _known(of_kind)
        blocks.append(Heading(f"{kind.label}s"))
        if not of_kind:
            blocks.append(Paragraph("None was held in this time."))
            continue
        blocks.append(SummaryList(_whole(of_kind, lines)))
        together = _together(lines)
        blocks.append(
            _table(f"{kind.label}s: who came, by agency", together)
            if together
            else Paragraph("No agency was asked to them, as far as is recorded.")
        )
    blocks.append(Note(ABOUT))
    title = f"Who comes to conferences, {day(first)} to {day(last)}"
    return Document(title, last, settings.AUTHORITY, f"As at the end of {day(last)}", tuple(blocks))


def _known(found: Sequence[Conference]) -> list[Line]:
    """The agencies at those conferences of which it is recorded whether they came, each with how often it is not. The two are
    never added up: a few that are not recorded would be what one leaves of the other."""
    unknown = {line.key: line.unknown for line in by_agency(found)}
    told = [
        Conference(one.meeting, one.quorate, {key: its for key, its in one.agencies.items() if its.came is not None})
        for one in found
    ]
    lines = {line.key: line for line in by_agency(told)}
    for key, number in unknown.items():
        lines.setdefault(key, Line(key, NAMES[key])).unknown = number
    return list(lines.values())


def _whole(found: Sequence[Conference], lines: Sequence[Line]) -> tuple[tuple[str, str], ...]:
    """How many were held. Where an agency was asked to nearly all, the number would tell how seldom it was not: then only
    between which numbers it lies."""
    number = len(found)
    if any(is_small(number - line.asked) for line in lines if line.asked >= SMALL):
        low = number // SMALL * SMALL
        return (("Held", f"between {low} and {low + SMALL - 1}"),)
    quorate = share_in_words(sum(one.quorate for one in found), number, done="had a quorum")
    words = f"{quorate.words}. {quorate.interval_in_words or ''}".strip()
    return (("Held", count_in_words(number)), ("With a quorum", words))


def _together(lines: Sequence[Line]) -> list[Line]:
    """Those that were seldom asked in one line, at the end."""
    kept = [line for line in lines if line.asked >= SMALL]
    rest = Line("", "Other agencies")
    for line in lines:
        if line.asked < SMALL:
            rest.take(line)
    return [*kept, rest] if rest.asked or rest.unknown else kept


def _of(number: int, whole: int) -> str:
    """A part of those who stayed away, unless what is left of them would be a small number."""
    if is_small(number):
        return count_in_words(number)
    return NOT_PRINTED if is_small(whole - number) else f"{number:,}"


def _share(part: int, whole: int, asked: int, done: str) -> tuple[str, ...]:
    """A share and its interval. Not printed where the number that it is of would tell, beside how often it was asked, of a few."""
    if is_small(asked - whole):
        return (NOT_PRINTED,)
    share = share_in_words(part, whole, done=done)
    return (share.words, share.interval_in_words) if share.interval_in_words else (share.words,)


def _cells(line: Line) -> tuple[Cell, ...]:
    return (
        Cell((line.name,), header=True),
        Cell((count_in_words(line.asked),), number=True),
        Cell(_share(line.came, line.asked, line.asked, "came")),
        Cell((_of(line.apologies, line.absent),), number=True),
        Cell(_share(line.in_time, line.of_reports, line.asked, "in time")),
        Cell((_of(line.neither, line.absent),), number=True),
        Cell((count_in_words(line.unknown),), number=True),
    )


def _table(caption: str, lines: Sequence[Line]) -> Table:
    columns = (
        Column("Agency", 1.4),
        Column("Asked", 0.7, number=True),
        Column("Came", 2),
        Column("Apologies", 0.9, number=True),
        Column("Report", 2),
        Column("Neither came nor reported", 1, number=True),
        Column("Not recorded", 0.8, number=True),
    )
    return Table(caption, columns, tuple((_cells(line),) for line in lines))
