"""The content of an improvement plan, away from any database: what importers make, the plan keeps and exports write.

Every piece of text carries the numbers of the source lines that it came from, so that nothing can be lost unseen:
`PlanContent.conservation` says whether every non-blank line of the source is in exactly one field.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class Words:
    """A piece of text, as its author wrote it, and the source lines that it came from (none for what a person added)."""

    text: str
    lines: tuple[int, ...] = ()


@dataclass(slots=True)
class Line:
    """One non-blank line of the source. number: 1, 2, 3… in reading order; place: “line 17”, “table 2, row 3, column 4”."""

    number: int
    text: str
    place: str


@dataclass(slots=True)
class Timescale:
    """When something is to be done. words: as written (“End Oct 03”, “As above”); due: the last day that is in time;
    starts: the first day, where the words give a start (“From Oct 03”)."""

    words: Words
    due: date | None = None
    starts: date | None = None


@dataclass(slots=True)
class ActionContent:
    """One action, with the leads and the timescale that its row pairs with it.

    stands_for: where the words are “As above”, the texts of what they stand for; likewise for leads.
    """

    text: Words
    leads: list[Words] = field(default_factory=list)
    timescale: Timescale | None = None
    stands_for: list[str] = field(default_factory=list)
    leads_stand_for: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RecommendationContent:
    """One recommendation. leads and timescales hold only what could not be paired with an action; to_settle says, in
    words for a person, what is left to decide. number is “1.1”: standard, then place in it."""

    number: str
    title: Words
    criterion: Words | None = None
    monitoring: list[Words] = field(default_factory=list)
    rating: list[Words] = field(default_factory=list)
    actions: list[ActionContent] = field(default_factory=list)
    leads: list[Words] = field(default_factory=list)
    timescales: list[Timescale] = field(default_factory=list)
    progress: list[Words] = field(default_factory=list)
    next_steps: list[Words] = field(default_factory=list)
    to_settle: list[str] = field(default_factory=list)


@dataclass(slots=True)
class StandardContent:
    """One standard: its number, title, the column headings of its table, and its recommendations."""

    number: int
    title: Words
    headings: list[Words] = field(default_factory=list)
    recommendations: list[RecommendationContent] = field(default_factory=list)


@dataclass(slots=True)
class Conservation:
    """Whether every source line is in exactly one field."""

    lines: int
    placed: int
    missing: list[Line]
    doubled: list[Line]

    @property
    def holds(self) -> bool:
        """Nothing missing and nothing twice."""
        return not self.missing and not self.doubled


@dataclass(slots=True)
class PlanContent:
    """A whole plan. front: what stands before the first standard (dates, the heading line); notes: how the reader
    understood what the layout left open, in words for the person who confirms."""

    title: str
    as_at: date | None
    front: list[Words] = field(default_factory=list)
    standards: list[StandardContent] = field(default_factory=list)
    source: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def recommendations(self) -> Iterator[RecommendationContent]:
        """All recommendations, in order."""
        for standard in self.standards:
            yield from standard.recommendations

    def all_words(self) -> Iterator[tuple[str, Words]]:
        """Every piece of text with the name of the field that holds it (“1.2 action 1 lead”)."""
        for words in self.front:
            yield "front", words
        for standard in self.standards:
            yield f"standard {standard.number} title", standard.title
            for words in standard.headings:
                yield f"standard {standard.number} heading", words
            for rec in standard.recommendations:
                yield f"{rec.number} title", rec.title
                if rec.criterion:
                    yield f"{rec.number} criterion", rec.criterion
                for position, action in enumerate(rec.actions, start=1):
                    yield f"{rec.number} action {position}", action.text
                    for words in action.leads:
                        yield f"{rec.number} action {position} lead", words
                    if action.timescale:
                        yield f"{rec.number} action {position} timescale", action.timescale.words
                for name, many in (
                    ("monitoring", rec.monitoring),
                    ("rating", rec.rating),
                    ("lead", rec.leads),
                    ("timescale", [timescale.words for timescale in rec.timescales]),
                    ("progress", rec.progress),
                    ("next step", rec.next_steps),
                ):
                    for words in many:
                        yield f"{rec.number} {name}", words

    def conservation(self) -> Conservation:
        """Count the source lines that are in exactly one field."""
        held = Counter(number for _, words in self.all_words() for number in words.lines)
        return Conservation(
            lines=len(self.source),
            placed=sum(held[line.number] == 1 for line in self.source),
            missing=[line for line in self.source if held[line.number] == 0],
            doubled=[line for line in self.source if held[line.number] > 1],
        )
