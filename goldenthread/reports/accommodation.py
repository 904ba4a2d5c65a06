"""The monthly report on children in temporary accommodation, for senior managers: figures, and what a person recommends."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import transaction

from goldenthread.core.clock import day_of, end_of, now
from goldenthread.core.errors import Refused
from goldenthread.core.templatetags.words import day, month
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.reports.actions import publish
from goldenthread.reports.models import PublishedReport
from goldenthread.reports.small_numbers import SMALL, count_in_words, is_hidden, is_small, share_in_words
from goldenthread.reports.tree import Block, Cell, Column, Document, Heading, Note, Paragraph, SummaryList, Table
from goldenthread.standards.assessment.housing.figures import Whole, children_placed, whole
from goldenthread.standards.assessment.housing.models import HousingProposal
from goldenthread.standards.assessment.housing.recommending import recommendation_for

NAME = "temporary-accommodation"
NOT_PRINTED = "Not printed: with so few children it would give a small number away."
ABOUT = (
    "Counts from 1 to 4 are given as “fewer than 5”, and what would give one away is not printed. Figures are what was "
    "known by the end of the day that the report is as at."
)


def accommodation_report(as_at: date) -> Document:
    """Children in temporary accommodation at the end of a day: assessed or not, what falls short, who was told, how long;
    and what was recommended for the month. Seven queries. It names nobody.
    """
    found = whole(children_placed(end_of(as_at)))
    # Each share says of how many it is, which is a part of the one before: where that split is hidden, the rest is too.
    seen = _split(found.assessed, found.children)
    short = seen and _split(found.shortfall, found.assessed)
    told = short and _split(found.told, found.shortfall)
    blocks: list[Block] = [
        SummaryList(
            (
                ("Children", count_in_words(found.children)),
                ("Assessed", _share(found.assessed, found.children, "assessed")),
                ("Together with Housing", _share(found.joint, found.assessed, "assessed together with Housing", seen)),
                ("Falling short", _share(found.shortfall, found.assessed, "with at least one shortfall", seen)),
                ("Senior manager told", _share(found.told, found.shortfall, "told", short)),
                ("Senior manager answered", _share(found.answered, found.told, "answered", told)),
                ("Outside our area", count_in_words(found.out_of_area)),
                ("Bed and breakfast for over six weeks", count_in_words(found.over_limit)),
            )
        ),
        Paragraph(
            "A worker sees the place for each child, with somebody from Housing. A child counts as falling short where the "
            "latest assessment found a shortfall under any heading. Bed and breakfast may last six weeks at most where there "
            "are children (by law since 1 April 2004: S.I. 2003/3326)."
        ),
        Heading("What falls short"),
        _headings(found, known=seen and not is_small(found.assessed - found.shortfall)),
        Heading("Where they are"),
        _parts("Children by kind of accommodation", "Kind", found.kinds, found.children),
        Heading("How long they have been there"),
        _parts("Children by how long they have been there", "Time", found.bands, found.children),
        Heading("Recommendations for improvement"),
        *_recommended(recommendation_for(as_at), as_at),
        Note(ABOUT),
    ]
    title = f"Temporary accommodation in {month(as_at)}"
    return Document(title, as_at, settings.AUTHORITY, f"As at {day(as_at)}", tuple(blocks))


def _split(part: int, whole: int) -> bool:
    """Whether a part of a count may be known exactly: neither it nor what it leaves is small."""
    return not is_small(part) and not is_small(whole - part)


def _share(part: int, whole: int, done: str, known: bool = True) -> str:
    """A share, where it may be known of how many it is."""
    if not known:
        return NOT_PRINTED
    found = share_in_words(part, whole, done=done)
    return f"{found.words}. {found.interval_in_words or ''}".strip()


def _counts(caption: str, head: str, counts: Sequence[tuple[str, int]]) -> Table:
    lines = tuple(
        ((Cell((words,), header=True), Cell((count_in_words(number),), number=True)),) for words, number in counts
    )
    return Table(caption, (Column(head, 3), Column("Children", 1, number=True)), lines)


def _headings(found: Whole, *, known: bool) -> Block:
    """What falls short; not where one heading's count would say how few have no shortfall, or are not assessed."""
    if not found.assessed:
        return Paragraph("No assessment has been recorded.")
    if not known and any(number >= SMALL for _, number in found.headings):
        return Paragraph(NOT_PRINTED)
    return _counts("Children for whom it falls short, by heading", "Heading", found.headings)


def _parts(caption: str, head: str, counts: Sequence[tuple[str, int]], total: int) -> Block:
    """A table of parts of the total, which stands above it; nothing where a hidden part could be worked out."""
    if not total:
        return Paragraph("None.")
    if not is_hidden([number for _, number in counts], with_total=True):
        return Paragraph(NOT_PRINTED)
    return _counts(caption, head, counts)


def _recommended(found: HousingProposal | None, as_at: date) -> list[Block]:
    if found is None:
        return [Paragraph(f"None are written for {month(as_at)} yet.")]
    return [Paragraph(found.words), Note(f"{found.by.name}, {found.by.role_data.title}, {day(found.recorded_at)}")]


@transaction.atomic
def hold_recommended(as_at: date) -> list[int]:
    """Hold what was recommended for a day's month until the transaction ends: whoever publishes its report, or recommends
    something else, waits there for each other. Returns the rows' numbers; where there are none, nothing is published."""
    rows = HousingProposal.objects.select_for_update().filter(month=as_at.replace(day=1))
    return list(rows.values_list("pk", flat=True))


def publish_accommodation_report(*, as_at: date, by: Officer) -> PublishedReport:
    """Publish the report as at the end of a day, with what was recommended for its month: it prints the same for ever.

    Raises NotAllowed; Refused where the day lies ahead, or nobody has written recommendations.
    """
    require(by, Permission.PUBLISH_REPORT)
    if as_at > day_of(now()):
        raise Refused(f"As at {day(as_at)}: that lies ahead. Publish it once the day has come.")
    # One publisher at a time, so that editions count up.
    if not hold_recommended(as_at) or recommendation_for(as_at) is None:
        raise Refused(f"Write the recommendations for {month(as_at)} first: where nothing is to be changed, say why.")
    return publish(NAME, accommodation_report(as_at), plan=None, by=by)
