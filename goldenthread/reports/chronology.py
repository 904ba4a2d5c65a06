"""A case file's chronology as a document: for a conference, a court, the next worker, or the family.

It names the children, and so is made for one reader at a time and published nowhere. Neither a confidential address nor
legal advice is in it: the events that it is made of do not hold them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings

from goldenthread.cases.events import Event, Significance, Source
from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.clock import day_of
from goldenthread.core.templatetags.words import day, moment
from goldenthread.reports.tree import (
    Block,
    Cell,
    Column,
    Content,
    Document,
    Heading,
    Note,
    Paragraph,
    SummaryList,
    Table,
)
from goldenthread.standards.allocation.chronology.reading import GoneThrough

_LONGEST = 600
_ABOUT = (
    "Made from the records as they stood at the time above. What was corrected is here as it stands now; what was taken back "
    "is not here. Confidential addresses and legal advice are never in it. “Known late” means that it was recorded more than a "
    "week after it happened."
)


def chronology_document(
    case_file: CaseFile,
    *,
    children: Sequence[Child],
    people: Mapping[int, str],
    events: Sequence[Event],
    reviews: Sequence[GoneThrough],
    narrowed: Sequence[tuple[str, str]],
    at: datetime,
    by: str,
) -> Document:
    """The chronology of a file, the earliest event first. people: those around the children, by number; narrowed: to what it
    was narrowed; by: who prints it, at what time. Its title names nobody."""
    names = {child.pk: child.name for child in children}
    blocks: list[Block] = [
        SummaryList(
            (
                *(("Child", _child(child)) for child in children),
                ("Case file", f"{case_file}, opened {day(case_file.opened_at)}"),
                ("Held by", f"{case_file.worker.name}, {case_file.team}" if case_file.worker else str(case_file.team)),
                ("Printed", f"{moment(at)}, by {by}"),
                ("Gone through last", _last(reviews)),
            )
        ),
    ]
    if narrowed:
        only = "; ".join(f"{name.lower()}: {words}" for name, words in narrowed)
        blocks.append(Note(f"This is a part of the chronology. It is narrowed to {only}."))
    blocks += [Heading("What happened"), _table(events, names, people)]
    if reviews:
        blocks += [Heading("Who went through it"), _reviews(reviews)]
    blocks.append(Note(_ABOUT))
    title = f"Chronology of case file {case_file}"
    return Document(title, day_of(at), settings.AUTHORITY, f"As at {moment(at)}. Confidential", tuple(blocks))


def _child(child: Child) -> str:
    born = f", born {day(child.date_of_birth)}" if child.date_of_birth else ""
    return f"{child.name}{born}{' (a guess)' if born and child.birth_date_is_estimate else ''}"


def _last(reviews: Sequence[GoneThrough]) -> str:
    if not reviews:
        return "Nobody has gone through it yet"
    last = reviews[0].review
    return f"{moment(last.occurred_at)}, by {last.by.name}"


def _table(events: Sequence[Event], names: Mapping[int, str], people: Mapping[int, str]) -> Block:
    if not events:
        return Paragraph("There are no such events.")
    columns = (
        Column("When", 1.3), Column("What happened", 3.2), Column("Why it matters", 2.2), Column("From", 1.5),
        Column("Known", 1.2),
    )  # fmt: skip
    rows = tuple((_row(event, names, people),) for event in events)
    return Table("Events of the children's lives, the earliest first", columns, rows)


def _row(event: Event, names: Mapping[int, str], people: Mapping[int, str]) -> tuple[Cell, ...]:
    whose = [names[pk] for pk in sorted(event.children) if pk in names] if len(names) > 1 else []
    about = [people[event.person]] if event.person is not None and event.person in people else []
    what: list[Content] = [event.what, *(_short(word) for word in event.words)]
    if whose or about:
        what.append(Note(f"About {', '.join([*whose, *about])}"))
    matters: list[Content] = [Note(Significance(event.significance).label)] if event.is_significant else []
    if event.why:
        matters.append(event.why)
    known: list[Content] = [day(event.known)]
    if event.late:
        known.append(Note(f"Known late: {event.late_in_words} after"))
    if event.corrected:
        known.append(Note("Corrected since"))
    source: list[Content] = [str(Source(event.source).label)]
    if event.by:
        source.append(Note(f"Recorded by {event.by}"))
    return (
        Cell((event.when,), header=True), Cell(tuple(what)), Cell(tuple(matters)), Cell(tuple(source)), Cell(tuple(known)),
    )  # fmt: skip


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}… (the rest is in the record)"


def _reviews(reviews: Sequence[GoneThrough]) -> Table:
    columns = (Column("When", 1.3), Column("What it told", 3), Column("What a manager thought", 3))
    rows = []
    for one in reversed(reviews):
        read = [f"{seen.by.name}, {moment(seen.occurred_at)}: {seen.words}" for seen in one.read] or ["Not read yet"]
        told = (one.review.words, Note(one.review.by.name))
        rows.append(((Cell((moment(one.review.occurred_at),), header=True), Cell(told), Cell(tuple(read))),))
    return Table("Reviews of the chronology, the earliest first", columns, tuple(rows))
