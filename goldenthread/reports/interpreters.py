"""The report on interpreters: how many were needed, came, and came in time, by language and by provider.

Small numbers: see `small_numbers`. Languages and providers with fewer than five requests stand together, and the
numbers by provider are left out where they would give those by language away.
"""

from collections.abc import Sequence
from datetime import date

from django.conf import settings

from goldenthread.core.statistics import TOO_FEW
from goldenthread.core.templatetags.words import day
from goldenthread.core.timescales import add_months
from goldenthread.reports.small_numbers import SMALL, count_in_words, is_hidden, is_small, share_in_words
from goldenthread.reports.tree import Block, Cell, Column, Document, Heading, Note, Paragraph, SummaryList, Table
from goldenthread.standards.assessment.interpreting.figures import Line, by_provider, lines, requests_needed, whole

MONTHS = 3
"""How many months it goes back where nothing else is asked."""
ABOUT = (
    "Counts from 1 to 4 are given as “fewer than 5”, and what would give one away is not printed. What was cancelled before "
    "its time is not counted. Somebody else: a relative, a friend or a colleague who is no interpreter. Hours: the median "
    f"from asking until a provider confirmed, where at least {TOO_FEW} were confirmed."
)


def interpreters_report(as_at: date) -> Document:
    """The three months up to a day."""
    return interpreters_between(add_months(as_at.replace(day=1), 1 - MONTHS), as_at)


def interpreters_between(first: date, last: date) -> Document:
    """Interpreters needed between two days, both included, as known by the end of the last: seven queries."""
    found = requests_needed(first, last)
    languages = _together(lines(found, lambda one: one.language), "Other languages")
    providers = _together(by_provider(found), "Other providers")
    total = whole(found)
    # Both add up to the same: one hidden number must not be what the other table leaves over.
    counts = [line.requests for line in languages]
    shown = is_hidden(counts, [line.requests for line in providers], with_total=False) if found else False
    blocks: list[Block] = [
        SummaryList((("Period", f"{day(first)} to {day(last)}"), *_whole(total, languages, found=bool(found)))),
        Heading("By language or way of communicating"),
        _table("Interpreters that were needed, by language", "Language", languages)
        if languages
        else Paragraph("No interpreter was needed in this time."),
    ]
    if languages:
        blocks += [
            Heading("By provider"),
            _table("Interpreters that were needed, by provider", "Provider", providers)
            if shown
            else Paragraph("Not printed: beside the numbers by language it would give a small number away."),
        ]
    blocks.append(Note(ABOUT))
    title = f"Interpreters, {day(first)} to {day(last)}"
    return Document(title, last, settings.AUTHORITY, f"As at {day(last)}", tuple(blocks))


def _whole(total: Line, languages: Sequence[Line], *, found: bool) -> tuple[tuple[str, str], ...]:
    """All together, where that gives no small number away."""
    if not found or not is_hidden([line.requests for line in languages], with_total=True):
        return ()
    hidden = any(is_small(line.in_time) or is_small(line.requests - line.in_time) for line in languages)
    rows = [("Needed", count_in_words(total.requests))]
    if not hidden:
        share = share_in_words(total.in_time, total.requests, done="came in time")
        rows.append(("Came in time", f"{share.words}. {share.interval_in_words or ''}".strip()))
    if not is_small(total.asked) and not is_small(total.requests - total.asked):
        rows.append(("Families asked whether they understood", f"{total.asked:,}"))
    return tuple(rows)


def _together(found: Sequence[Line], name: str) -> list[Line]:
    """Those with few requests in one line, at the end."""
    kept = [line for line in found if line.requests >= SMALL]
    rest = Line(name)
    for line in found:
        if line.requests < SMALL:
            rest.requests += line.requests
            rest.in_time += line.in_time
            rest.late += line.late
            rest.none += line.none
            rest.stood_in += line.stood_in
            rest.declined += line.declined
            rest.waits += line.waits
    return [*kept, rest] if rest.requests else kept


def _cells(line: Line) -> tuple[Cell, ...]:
    share = share_in_words(line.in_time, line.requests, done="came in time")
    # Late and nobody add up to what was not in time: both are printed, or neither.
    plain = line.requests >= TOO_FEW and not any(
        is_small(n) for n in (line.in_time, line.requests - line.in_time, line.late, line.none)
    )
    hours = f"{line.median:.0f}" if line.median is not None and len(line.waits) >= TOO_FEW else "too few to say"
    return (
        Cell((line.name,), header=True),
        Cell((count_in_words(line.requests),), number=True),
        Cell((share.words,)),
        Cell((f"{line.late:,}" if plain else "not printed",), number=True),
        Cell((f"{line.none:,}" if plain else "not printed",), number=True),
        Cell((count_in_words(line.stood_in),), number=True),
        Cell((hours,), number=True),
    )


def _table(caption: str, head: str, found: Sequence[Line]) -> Table:
    columns = (
        Column(head, 1.6),
        Column("Needed", 0.8, number=True),
        Column("Came in time", 2),
        Column("Came late", 0.8, number=True),
        Column("Nobody came", 0.8, number=True),
        Column("Somebody else interpreted", 1, number=True),
        Column("Hours until confirmed", 1, number=True),
    )
    return Table(caption, columns, tuple((_cells(line),) for line in found))
