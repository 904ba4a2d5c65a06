"""One content tree for every document: each format is drawn from it, so that all formats say the same.

All text in it is only text. No format reads markup, formulas or code out of it; see `clean`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

LANGUAGE = "en-GB"
WIDE_FROM = 5  # a table with this many columns wants a page on its side


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. level: 2 for a part of the document, 3 for a part of that; the title alone is level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences. A line break in the text stays one."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A quiet remark of the system's own, set apart from what people wrote."""

    text: str

    def text_in_full(self) -> str:
        """All its words, as one line."""
        return self.text


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the records show. title: what good practice demands; words: the figures; interval and trend: in words, or
    None where there is nothing to say; source and as_at: where the figures come from and at which day they stand."""

    title: str
    words: str
    source: str
    as_at: str
    interval: str | None = None
    trend: str | None = None

    def sentences(self) -> str:
        """Everything after the title, as one line."""
        parts = [self.words, self.interval, self.trend, f"Source: {self.source}, as at {self.as_at}"]
        return " ".join(part.rstrip(".") + "." for part in parts if part)

    def text_in_full(self) -> str:
        """All its words, as one line."""
        return f"{self.title} {self.sentences()}"


Content = str | Evidence | Note


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell: short paragraphs. header: it heads its row; rows and columns: how many it stands across."""

    content: tuple[Content, ...] = ()
    header: bool = False
    rows: int = 1
    columns: int = 1
    number: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column. width: its share of the table's width."""

    heading: str
    width: float = 1
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and one row of column headings, repeated on every page that it runs over.

    groups: rows that belong together (one recommendation's), kept together where a page allows it.
    """

    caption: str
    columns: tuple[Column, ...]
    groups: tuple[tuple[tuple[Cell, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of numbers. alt: what it shows, in words. A table of the numbers stands beside it: see `charts`."""

    title: str
    alt: str
    svg: str


@dataclass(frozen=True, slots=True)
class SummaryList:
    """Terms and what they are: “Plan — Improvement plan 2003”."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Bullets | Note | Evidence | Table | Chart | SummaryList | PageBreak
BLOCKS: dict[str, type[Any]] = {
    block.__name__: block
    for block in (Heading, Paragraph, Bullets, Note, Evidence, Table, Chart, SummaryList, PageBreak)
}


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its title, subtitle, the day that it tells of, whose it is, and its blocks in order."""

    title: str
    as_at: date
    authority: str
    subtitle: str = ""
    blocks: tuple[Block, ...] = ()
    language: str = field(default=LANGUAGE)

    @property
    def wide(self) -> bool:
        """Whether a table in it wants the page on its side."""
        return any(isinstance(block, Table) and len(block.columns) >= WIDE_FROM for block in self.blocks)

    def words(self) -> Iterator[str]:
        """Every piece of text that a reader sees, in order."""
        yield from (self.title, self.subtitle, self.authority)
        for block in self.blocks:
            yield from _strings(block)


_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")
_T = TypeVar("_T")
RUNNING = 120


def shortened(title: str) -> str:
    """A title on one line, short enough to stand at the head of every page."""
    line = " ".join(title.split())
    return line if len(line) <= RUNNING else line[: RUNNING - 1].rstrip() + "…"


def clean_text(text: str) -> str:
    """The text as every format can carry it: line ends alike, and a � in place of each character that XML cannot hold."""
    return _ILLEGAL.sub("�", _LINE_ENDS.sub("\n", text))


def clean(value: _T) -> _T:
    """The same tree with every text cleaned. Every renderer begins with this; a second time changes nothing."""
    cleaned: Any = value
    if isinstance(value, str):
        cleaned = clean_text(value)
    elif isinstance(value, tuple):
        cleaned = tuple(clean(item) for item in value)
    elif is_dataclass(value) and not isinstance(value, type):
        cleaned = replace(value, **{f.name: clean(getattr(value, f.name)) for f in fields(value)})
    return cleaned  # type: ignore[no-any-return]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Evidence):
        yield value.text_in_full()
    elif isinstance(value, Chart):
        yield from (value.title, value.alt)
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)
    elif is_dataclass(value):
        for f in fields(value):
            yield from _strings(getattr(value, f.name))
