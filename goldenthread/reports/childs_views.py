"""How children were seen and heard in assessments, for members: a report that leaves the service.

Shares follow `small_numbers`. Disabled children are counted apart, and only where that gives away nothing about the
others: the whole and its two parts are printed together or the parts not at all. By month, only where no small number
can be worked out from the twelve months together.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from django.conf import settings

from goldenthread.core.templatetags.words import day, month
from goldenthread.core.timescales import add_months
from goldenthread.reports.referrals import ABOUT_SMALL
from goldenthread.reports.small_numbers import is_hidden, is_small, share_in_words
from goldenthread.reports.tree import Block, Cell, Column, Content, Document, Heading, Note, Paragraph, Table
from goldenthread.standards.assessment.assessing.figures import Counts, HeardRow, heard, total

MONTHS_SHOWN = 12
APART_NOT_PRINTED = "Not printed: with the figure for all children it would give a small number away"
_MEASURES: tuple[tuple[str, str, Callable[[Counts], int]], ...] = (
    ("Seen", "seen", lambda counts: counts.seen),
    ("Seen alone", "seen alone", lambda counts: counts.alone),
    ("Own views on file", "with their own views on file", lambda counts: counts.heard),
    ("No views, and it is said why", "without, with the reason", lambda counts: counts.told_why),
)


def childs_views_report(as_at: date) -> Document:
    """Children on assessments that began in the twelve months up to the month of a day: how many were seen, seen alone
    and heard; disabled children apart; and by month. One query."""
    first = add_months(as_at.replace(day=1), 1 - MONTHS_SHOWN)
    rows = heard(first, as_at)
    everyone, disabled, others = total(rows), total(rows, disabled=True), total(rows, disabled=False)
    blocks: list[Block] = [
        Paragraph(
            f"Each child on each assessment that began from {day(first)} to {day(as_at)}. A child’s own views are words, "
            "signs, drawings or what a baby was seen to do, kept apart from what the worker makes of them. The reason why "
            "there are none is recorded instead where there are none; it is no view. Assessments that began lately may "
            "still go on."
        ),
    ]
    if not everyone.children:
        blocks.append(Paragraph("No assessment began in this time."))
    else:
        blocks += [Heading("Disabled children and all children"), _apart(everyone, disabled, others)]
        blocks += [Heading("Own views on file, by month"), _by_month(rows)]
    blocks.append(Note(ABOUT_SMALL))
    title = f"How children were seen and heard, {month(first)} to {month(as_at)}"
    return Document(title, as_at, settings.AUTHORITY, f"As at {day(as_at)}", tuple(blocks))


def _told(counts: Counts, of: Callable[[Counts], int], done: str) -> tuple[Content, ...]:
    share = share_in_words(of(counts), counts.children, done=done)
    return (share.words, Note(share.interval_in_words)) if share.interval_in_words else (share.words,)


def may_print_apart(disabled: Counts, others: Counts, of: Callable[[Counts], int]) -> bool:
    """Whether a measure of disabled children can stand beside that of all, and nothing small about either part be worked
    out: by taking the one from the other, a reader has the rest."""
    parts = [n for counts in (disabled, others) for n in (of(counts), counts.children - of(counts))]
    return not any(map(is_small, [*parts, disabled.children, others.children]))


def _apart(everyone: Counts, disabled: Counts, others: Counts) -> Table:
    lines = []
    for title, done, of in _MEASURES:
        apart: tuple[Content, ...] = (APART_NOT_PRINTED,)
        if not disabled.children:
            apart = ("None was said to be disabled",)
        elif may_print_apart(disabled, others, of):
            apart = _told(disabled, of, done)
        lines.append(((Cell((title,), header=True), Cell(_told(everyone, of, done)), Cell(apart)),))
    columns = (Column("Of the children assessed", 1.3), Column("All children", 2), Column("Disabled children", 2))
    return Table("How children were seen and heard", columns, tuple(lines))


def _by_month(rows: list[HeardRow]) -> Block:
    months: dict[date, Counts] = defaultdict(Counts)
    for row in rows:
        months[row.month] += row.counts
    ordered = sorted(months.items())
    heard_in = [counts.heard for _, counts in ordered]
    unheard = [counts.children - counts.heard for _, counts in ordered]
    # The twelve months together are printed above, so a month may only be hidden where others are hidden with it.
    if not (is_hidden(heard_in, with_total=True) and is_hidden(unheard, with_total=True)):
        return Paragraph("Not printed by month: with the figure for the year it would give a small number away.")
    lines = tuple(
        (
            (
                Cell((month(at),), header=True),
                Cell((share_in_words(counts.heard, counts.children, done="with their own views on file").words,)),
            ),
        )
        for at, counts in ordered
    )
    return Table(
        "Own views on file, by month in which the assessment began", (Column("Month", 1), Column("Children", 3)), lines
    )
