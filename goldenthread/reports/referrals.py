"""Reports on referrals that leave the service: unmet need each month, and what agencies confirmed in writing.

Counts and wording of small numbers: see `small_numbers`. No total, by row, column or month, is printed where a hidden
cell could be worked out from it and its neighbours.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings

from goldenthread.core.templatetags.words import day, month
from goldenthread.core.timescales import add_months
from goldenthread.reports.small_numbers import SMALL, count_in_words, is_hidden, is_small, share_in_words
from goldenthread.reports.tree import Block, Cell, Column, Document, Heading, Note, Paragraph, SummaryList, Table
from goldenthread.standards.referrals.figures import AgencyRow, NeedRow, capture_rate, unmet_need, written_by_agency

MONTHS_SHOWN = 12
MONTHS_OF_AGENCIES = 3
ROUGHLY_FROM = 100
"""A share to the nearest 5% of this many fits at least five counts: as many as a small number can be, and one more."""
NOT_PRINTED = "not printed: it would give a small number away"
ABOUT_SMALL = (
    "Counts from 1 to 4 are given as “fewer than 5”. What would give one away is not printed. Figures are what "
    "was known by the end of the day that the report is as at."
)


def unmet_need_report(as_at: date) -> Document:
    """Unmet need in the month that a day falls in, up to that day: by need and area, with reasons; and the twelve months.

    For the chief executive and the executive member. Four queries.
    """
    first = as_at.replace(day=1)
    earliest = add_months(first, 1 - MONTHS_SHOWN)
    needs = unmet_need(earliest, as_at)
    answered: Counter[date] = Counter()
    decisions: Counter[date] = Counter()
    for row in capture_rate(earliest, as_at):
        answered[row.month] += row.answered
        decisions[row.month] += row.decisions
    now = [row for row in needs if row.month == first]
    share = share_in_words(answered[first], decisions[first], done="decisions had the question answered")
    blocks: list[Block] = [
        SummaryList(
            (
                ("Needs that were not met", _total(now)),
                ("Asked", f"{share.words}. {share.interval_in_words or ''}".strip()),
            )
        ),
        Paragraph(
            "At every decision on a referral, staff answer what was needed and could not be provided, and why. “Nothing "
            "unmet” is an answer too, so a missing answer is never counted as nothing."
        ),
        Heading("By need and area"),
    ]
    blocks.append(_by_need_and_area(now) if now else Paragraph("No unmet need was recorded in this month."))
    if now:
        reasons: Block = _reasons(now) if _printed(now)[0] else Paragraph(f"{NOT_PRINTED[0].upper()}{NOT_PRINTED[1:]}.")
        blocks += [Heading("Why it was not provided"), reasons]
    blocks += [Heading("The last twelve months"), _by_month(needs, answered, decisions, earliest), Note(ABOUT_SMALL)]
    title = f"Unmet need in {month(first)}"
    return Document(title, as_at, settings.AUTHORITY, f"As at {day(as_at)}", tuple(blocks))


def _counted(rows: Iterable[NeedRow], *names: str) -> Counter[tuple[str, ...]]:
    counts: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        counts[tuple(getattr(row, name) for name in names)] += row.count
    return counts


def _area(row: NeedRow) -> str:
    return row.area or row.team


def _printed(rows: list[NeedRow]) -> tuple[bool, bool]:
    """What of a month is printed beside its needs by area, so that no small number can be worked out: reasons, total."""
    by_area: Counter[tuple[str, str]] = Counter()
    for row in rows:
        by_area[row.need, _area(row)] += row.count
    needs, reasons = list(by_area.values()), list(_counted(rows, "why").values())
    if not rows or is_hidden(needs, reasons, with_total=True):
        return True, True
    if is_hidden(needs, with_total=True):
        return False, True
    return is_hidden(needs, reasons, with_total=False), False


def _total(rows: list[NeedRow]) -> str:
    return count_in_words(sum(row.count for row in rows)) if _printed(rows)[1] else NOT_PRINTED


def _by_need_and_area(rows: list[NeedRow]) -> Table:
    counts: Counter[tuple[str, str]] = Counter()
    met: Counter[tuple[str, str]] = Counter()
    much: dict[tuple[str, str], dict[str, Decimal]] = {}
    for row in rows:
        key = (row.need_in_words, _area(row))
        counts[key] += row.count
        met[key] += row.met
        if row.quantity is not None:
            units = much.setdefault(key, {})
            units[row.unit_in_words] = units.get(row.unit_in_words, Decimal()) + row.quantity
    lines = tuple(
        (
            (
                Cell((need,), header=True),
                Cell((area,)),
                Cell((count_in_words(count),), number=True),
                Cell(_quantities(count, much.get((need, area), {}))),
                Cell((_part(met[need, area], count),), number=True),
            ),
        )
        for (need, area), count in sorted(counts.items())
    )
    columns = (Column("Need", 2.2), Column("Area", 1.6), Column("Times", 1, number=True), Column("How much", 1.6), Column("Met since", 1, number=True))  # fmt: skip
    return Table("What was needed and could not be provided, by need and area", columns, lines)


def _quantities(count: int, units: dict[str, Decimal]) -> tuple[str, ...]:
    if is_small(count):
        return ("not printed",) if units else ()
    return tuple(f"{amount.normalize():f} {unit.lower()}".strip() for unit, amount in sorted(units.items()))


def _part(part: int, whole: int) -> str:
    """A part of a count, where neither side of it is small."""
    return "not printed" if is_small(part) or is_small(whole - part) or is_small(whole) else f"{part:,}"


def _reasons(rows: list[NeedRow]) -> Table:
    counts = _counted(rows, "why_in_words")
    lines = tuple(
        ((Cell((why,), header=True), Cell((count_in_words(count),), number=True)),)
        for (why,), count in sorted(counts.items(), key=lambda item: (-max(item[1], SMALL - 1), item[0]))
    )
    return Table("Why it could not be provided", (Column("Reason", 3), Column("Times", 1, number=True)), lines)


def _by_month(rows: list[NeedRow], answered: Counter[date], decisions: Counter[date], earliest: date) -> Table:
    lines = []
    for step in range(MONTHS_SHOWN):
        at = add_months(earliest, step)
        share = share_in_words(answered[at], decisions[at], done="answered")
        lines.append(
            (
                (
                    Cell((month(at),), header=True),
                    Cell((_total([row for row in rows if row.month == at]),), number=True),
                    Cell((share.words,)),
                ),
            )
        )
    columns = (
        Column("Month", 1),
        Column("Times a need was not met", 1.4, number=True),
        Column("Decisions at which it was asked", 2),
    )
    return Table("Unmet need by month", columns, tuple(lines))  # fmt: skip


def written_report(as_at: date) -> Document:
    """What agencies put in writing, over three months up to the month of a day. For the area child protection committee.

    Agencies with fewer than 5 referrals stand together. One query.
    """
    first = add_months(as_at.replace(day=1), 1 - MONTHS_OF_AGENCIES)
    rows = written_by_agency(first, as_at)
    shown = [row for row in rows if not is_small(row.referrals)]
    others = [row for row in rows if is_small(row.referrals)]
    lines = [_agency(row.agency, row.kind, row.referrals, row.spoken, row.confirmed) for row in shown]
    if others:
        lines.append(_others(others))
    spoken = sum(row.spoken for row in rows)
    table = Table(
        "Referrals by agency, and what is in writing",
        (Column("Agency", 2), Column("Referrals", 0.8, number=True), Column("Came in writing", 1.8), Column("Told by word of mouth", 1.8)),
        tuple((line,) for line in lines),
    )  # fmt: skip
    blocks: list[Block] = [
        Paragraph(
            "An agency that tells us of a child by word of mouth is asked to confirm it in writing. This is what was "
            "received, by agency, those with most to confirm first."
        ),
        SummaryList((("Period", f"{day(first)} to {day(as_at)}"), *_whole(spoken, rows))),
        table if lines else Paragraph("No agency made a referral in this time."),
        Note(ABOUT_SMALL),
    ]
    until = as_at + timedelta(days=1)
    when = month(first) if until.month == first.month else f"{month(first)} to {month(as_at)}"
    return Document(
        f"Referrals confirmed in writing, {when}", as_at, settings.AUTHORITY, f"As at {day(as_at)}", tuple(blocks)
    )


def _whole(spoken: int, rows: list[AgencyRow]) -> tuple[tuple[str, str], ...]:
    """All agencies together: exactly where no agency's part is hidden; roughly where there are so many that a hidden
    part cannot be worked out; else not at all."""
    confirmed = sum(row.confirmed for row in rows)
    hidden = any(is_small(n) for row in rows for n in (row.spoken, row.in_writing, row.confirmed, row.unwritten))
    if not hidden:
        return (("Told by word of mouth", _confirmed(confirmed, spoken)),)
    if spoken < ROUGHLY_FROM:
        return ()
    return (("Told by word of mouth", f"About {round(20 * confirmed / spoken) * 5}% were confirmed in writing since"),)


def _confirmed(confirmed: int, spoken: int) -> str:
    share = share_in_words(confirmed, spoken, done="confirmed in writing since")
    return f"{share.words}. {share.interval_in_words}" if share.interval_in_words else share.words


def _agency(name: str, kind: str, referrals: int, spoken: int, confirmed: int) -> tuple[Cell, ...]:
    written = share_in_words(referrals - spoken, referrals, done="in writing from the start").words
    # Where one way of coming is rare, how many came the other way would give it away.
    rare = is_small(spoken) or is_small(referrals - spoken)
    told = "Too few to say" if rare else _confirmed(confirmed, spoken) if spoken else "None"
    head = (name,) if name == kind else (name, Note(kind))
    return Cell(head, header=True), Cell((count_in_words(referrals),), number=True), Cell((written,)), Cell((told,))


def _others(rows: list[AgencyRow]) -> tuple[Cell, ...]:
    return _agency(
        "Other agencies, each with fewer than 5 referrals",
        "Other agencies, each with fewer than 5 referrals",
        sum(row.referrals for row in rows),
        sum(row.spoken for row in rows),
        sum(row.confirmed for row in rows),
    )
