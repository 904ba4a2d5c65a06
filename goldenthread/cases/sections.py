"""A section of a case file's page: what one room has to show there, in one shape."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is (the link's words), where it leads, a sentence about it, and a word of how it stands."""

    title: str
    url: str
    about: str = ""
    tag: str = ""
    tag_colour: str = "grey"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its rows, newest first; links to what can be done (words and address); and what to say where there
    are no rows. more: where the rest is, when not all are shown."""

    title: str
    rows: list[Row] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    empty: str = ""
    more: str = ""
